-- Letters: written in the fact's transaction, sent by a job. Addresses and texts are sealed.
create table platform.message (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default gen_random_uuid(), kind text not null, recipient bytea not null, body bytea not null,
  about text, send_after timestamptz not null, state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dropped')),
  tries int not null default 0, provider_id text, primary key (clinic_id, id));
create index message_due on platform.message (clinic_id, send_after) where state = 'waiting';
create index message_time on platform.message (clinic_id, send_after desc);
create table platform.message_event (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default gen_random_uuid(), message_id uuid not null, what text not null,
  at timestamptz not null default now(), primary key (clinic_id, id),
  foreign key (clinic_id, message_id) references platform.message (clinic_id, id));
create index message_event_message on platform.message_event (clinic_id, message_id);
create table platform.suppression (
  clinic_id uuid not null default app.clinic_id(), address bytea not null, class text not null, why text not null, at timestamptz not null default now(),
  primary key (clinic_id, address, class));
select app_private.protect(t::regclass) from unnest(array['platform.message', 'platform.message_event', 'platform.suppression']) t;
grant select, insert, update on platform.message to qms_app, qms_worker;
grant select, insert on platform.message_event, platform.suppression to qms_app, qms_worker;

-- Letters to people who are not yet in a clinic (sign-up, recovery).
create table identity.message (
  id uuid primary key default gen_random_uuid(), person_id uuid not null, kind text not null, recipient bytea not null, body bytea not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')), tries int not null default 0, at timestamptz not null default now());
create index message_waiting on identity.message (person_id) where state = 'waiting';
alter table identity.message enable row level security;
alter table identity.message force row level security;
create policy person on identity.message using (person_id = app.person_id()) with check (person_id = app.person_id());
grant select, insert, update on identity.message to qms_app, qms_worker;
