-- The ground everything stands on: schemas, the sealed context and the installation's own row.
create schema platform;
create schema ledger;
create schema app;
create schema app_private;
create schema identity;
create schema clinic;
create schema knowledge;
create schema education;
create schema control;
create schema feedback;
create schema motivation;

grant usage on schema app, platform, ledger, identity, clinic, knowledge, education, control, feedback, motivation
  to qms_app, qms_worker, qms_audit;
grant usage on schema app, identity to qms_keeper;

-- One key a process, made at its start. Nobody but the seal's own functions may read it.
create table app_private.context_key (
  kid text primary key, key bytea not null, made_at timestamptz not null default now(), alive_at timestamptz not null default now());

-- The parts of this transaction's sealed context, checked: kid, clinic, member, person, pid, exp, mac. Unset → null.
-- 42501 on a wrong mac, another connection's seal or one past its time: an error, never silently empty.
create function app_private.context() returns text[] language plpgsql stable security definer set search_path = '' as $$
declare
  sealed text := current_setting('app.context', true);
  parts text[];
  secret bytea;
begin
  if sealed is null or sealed = '' then return null; end if;
  parts := string_to_array(sealed, ':');
  if array_length(parts, 1) is distinct from 7 then raise exception 'context malformed' using errcode = '42501'; end if;
  select k.key into secret from app_private.context_key k where k.kid = parts[1];
  if secret is null then raise exception 'context key unknown' using errcode = '42501'; end if;
  if parts[7] is distinct from translate(rtrim(encode(public.hmac(
       convert_to(left(sealed, length(sealed) - length(parts[7]) - 1), 'UTF8'), secret, 'sha256'), 'base64'), '='), '+/', '-_')
    then raise exception 'context forged' using errcode = '42501'; end if;
  if parts[5]::int is distinct from pg_backend_pid() then raise exception 'context of another connection' using errcode = '42501'; end if;
  if parts[6]::bigint < extract(epoch from clock_timestamp()) then raise exception 'context expired' using errcode = '42501'; end if;
  return parts;
end $$;

create function app.clinic_id() returns uuid language plpgsql stable security definer set search_path = '' as $$
begin return nullif((app_private.context())[2], '')::uuid; end $$;
create function app.member_id() returns uuid language plpgsql stable security definer set search_path = '' as $$
begin return nullif((app_private.context())[3], '')::uuid; end $$;
create function app.person_id() returns uuid language plpgsql stable security definer set search_path = '' as $$
begin return nullif((app_private.context())[4], '')::uuid; end $$;

-- The keeper registers a process's key, keeps it alive and removes those whose process is gone.
create function app.register_key(kid text, key bytea) returns void language sql security definer set search_path = '' as $$
  insert into app_private.context_key (kid, key) values (kid, key) $$;
create function app.keep_key(k text) returns void language sql security definer set search_path = '' as $$
  update app_private.context_key set alive_at = now() where kid = k;
  delete from app_private.context_key where alive_at < now() - interval '2 minutes' $$;
create function app.drop_key(k text) returns void language sql security definer set search_path = '' as $$
  delete from app_private.context_key where kid = k $$;

revoke all on all functions in schema app, app_private from public;
grant execute on function app.clinic_id(), app.member_id(), app.person_id() to qms_app, qms_worker, qms_audit, qms_lookup;
grant execute on function app.register_key(text, bytea), app.keep_key(text), app.drop_key(text) to qms_keeper;

create table platform.installation (
  -- secret: the installation's own data key, wrapped under root key `kek`
  one boolean primary key default true check (one), id uuid not null default gen_random_uuid(), mode text not null check (mode in ('demo', 'live')),
  origin text not null, data_version int not null, secret bytea not null, kek text not null, made_at timestamptz not null default now());
grant select on platform.installation to qms_app, qms_worker, qms_audit;
grant select on platform.installation to qms_lookup;

-- Migrations that have run; a fresh installation writes all of them at once.
create table platform.migration (name text primary key, sha256 text not null, at timestamptz not null default now());

-- Wrapped data keys: the clinic's own and one a patient. A shredded key is gone for good.
create table platform.data_key (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), owner text not null, wrapped bytea, kek text not null,
  created_at timestamptz not null default now(), shredded_at timestamptz,
  primary key (clinic_id, id), unique (clinic_id, owner), check ((wrapped is null) = (shredded_at is not null)));
-- owner: 'clinic' or the patient's id as text.

-- Human codes such as INC-0412: one row a clinic, name and year, locked in the transaction.
create table platform.counter (
  clinic_id uuid not null default app.clinic_id(), name text not null, year int not null default 0, value bigint not null,
  primary key (clinic_id, name, year));

create table platform.idempotency (
  clinic_id uuid not null default app.clinic_id(), key uuid not null, member_id uuid, digest bytea not null, status int not null, reply bytea,
  at timestamptz not null default now(), primary key (clinic_id, key));
create index idempotency_age on platform.idempotency (clinic_id, at);

-- One-use links of patients (a survey). Found before any context exists by app.find_link, which tells clinic and id only.
create table platform.link_token (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default gen_random_uuid(), hash bytea not null, purpose text not null,
  subject_type text not null, subject_id uuid, version int, expires_at timestamptz not null, used_on date,
  primary key (clinic_id, id), unique (clinic_id, hash));
create index link_token_hash on platform.link_token (hash);
create index link_token_subject on platform.link_token (clinic_id, subject_type, subject_id);

-- A clock of a case: due_at is fixed on entry; effective due = due_at + paused.
create table platform.clock (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), kind text not null, subject_type text not null,
  subject_id uuid not null, started_at timestamptz not null, due_at timestamptz not null, paused interval not null default '0', stopped_at timestamptz,
  breached_step int not null default 0,
  primary key (clinic_id, id));
create index clock_due on platform.clock (clinic_id, due_at) where stopped_at is null;
create index clock_subject on platform.clock (clinic_id, subject_type, subject_id);

-- A policy of one idiom for every table of a clinic: protect('schema.table').
create function app_private.protect(name regclass) returns void language plpgsql set search_path = '' as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format('create policy clinic on %s using (clinic_id = app.clinic_id()) with check (clinic_id = app.clinic_id())', name);
end $$;
revoke all on function app_private.protect(regclass) from public;

select app_private.protect(t::regclass) from unnest(array[
  'platform.data_key', 'platform.counter', 'platform.idempotency', 'platform.link_token', 'platform.clock']) t;
grant select, insert, update on platform.data_key, platform.counter, platform.clock to qms_app, qms_worker;
grant select, insert, delete on platform.idempotency to qms_app, qms_worker;
grant select, insert, update, delete on platform.link_token to qms_app, qms_worker;

-- Running and stopped clocks for lists and homes; the effective due time is counted here once.
create view platform.fact_clock with (security_invoker = true) as
  select clinic_id, id, kind, subject_type, subject_id, started_at, due_at + paused as due_at, stopped_at from platform.clock;
grant select on platform.fact_clock to qms_app, qms_worker;
