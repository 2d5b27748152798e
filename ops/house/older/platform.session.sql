-- Sessions, and what keeps a stolen or repeated request useless. Nothing here has a foreign key to or from a clinic's table.
create table identity.session (
  sid_hash bytea primary key, id uuid not null unique default uuidv7(), person_id uuid not null, kind text not null check (kind in ('staff', 'portal')),
  jwk jsonb not null, jkt text not null, gen int not null default 0, issued_at timestamptz not null default now(), confirmed boolean not null default false,
  grace_until timestamptz, rid text, state text not null default 'open' check (state in ('open', 'locked', 'ended')),
  started_at timestamptz not null default now(), last_seen timestamptz not null default now(), idle_minutes int not null, ends_at timestamptz not null,
  device_id uuid, agent text not null default '', network text not null default '', stepped jsonb, demo_as uuid);
create index session_person on identity.session (person_id, started_at);
alter table identity.session enable row level security;
alter table identity.session force row level security;
create policy person on identity.session using (person_id = app.person_id()) with check (person_id = app.person_id());
grant select, insert, update on identity.session to qms_app;

-- A counter that every revocation raises; each process polls it, so a lost notification delays nothing by more than a second.
create table identity.revocation (one boolean primary key default true check (one), version bigint not null default 0);
insert into identity.revocation default values;
grant select, update on identity.revocation to qms_app, qms_worker;
grant select on identity.revocation to qms_keeper;

-- Tokens of another epoch are good for a refresh alone. A counter, not a time: second-grained times leave a second open.
create table identity.epoch (epoch bigint primary key, at timestamptz not null default now(), why text not null);
grant select, insert on identity.epoch to qms_keeper;

create table identity.throttle (key bytea primary key, count int not null, until timestamptz not null, since timestamptz not null default now());
grant select, insert, update, delete on identity.throttle to qms_app;

-- Links without a clinic: sign-up, invitation, recovery.
create table identity.link_token (
  id uuid primary key default gen_random_uuid(), hash bytea not null unique, purpose text not null check (purpose in ('sign-up', 'invitation', 'recovery')),
  person_id uuid not null, detail bytea, expires_at timestamptz not null, used_on date);
alter table identity.link_token enable row level security;
alter table identity.link_token force row level security;
create policy person on identity.link_token using (person_id = app.person_id()) with check (person_id = app.person_id());
grant select, insert, update, delete on identity.link_token to qms_app;
