-- What happened (ids only), who has handled it, and what could not be handled after five tries.
create table platform.event (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), name text not null, payload jsonb not null,
  at timestamptz not null default clock_timestamp(), member_id uuid, primary key (clinic_id, id));
create index event_time on platform.event (clinic_id, at);
create table platform.handled (
  clinic_id uuid not null default app.clinic_id(), event_id uuid not null, reaction text not null, at timestamptz not null default now(),
  primary key (clinic_id, event_id, reaction));
create table platform.dead_job (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), task text not null, event_id uuid, reaction text, payload jsonb not null,
  error_code text not null, tries int not null, at timestamptz not null default now(), retried_at timestamptz, primary key (clinic_id, id));
create index dead_job_open on platform.dead_job (clinic_id, at) where retried_at is null;
select app_private.protect(t::regclass) from unnest(array['platform.event', 'platform.handled', 'platform.dead_job']) t;
grant select, insert, delete on platform.event to qms_app, qms_worker;
grant select, insert, delete on platform.handled to qms_worker;
grant select, insert, update on platform.dead_job to qms_app, qms_worker;
