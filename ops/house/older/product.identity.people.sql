-- A person may belong to several clinics; nothing here points at a clinic's table or is pointed at by one.
create table identity.person (
  id uuid primary key, login_bidx bytea not null unique, login bytea not null, name bytea not null, language text not null check (language in ('uk', 'en')),
  created_at timestamptz not null default now(), closed_at timestamptz);
create table identity.credential (
  person_id uuid not null, kind text not null check (kind in ('password', 'pin')), secret text not null, changed_at timestamptz not null default now(),
  failures int not null default 0, wait_until timestamptz, primary key (person_id, kind));
alter table identity.person enable row level security;
alter table identity.person force row level security;
create policy person on identity.person using (id = app.person_id()) with check (id = app.person_id());
alter table identity.credential enable row level security;
alter table identity.credential force row level security;
create policy person on identity.credential using (person_id = app.person_id()) with check (person_id = app.person_id());
grant select, insert, update on identity.person, identity.credential to qms_app;
