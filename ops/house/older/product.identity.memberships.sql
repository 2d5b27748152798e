-- Which clinic has which address, who belongs to it and as what. Grants are ended, never deleted.
create table identity.clinic_route (
  clinic_id uuid primary key, slug text not null unique, state text not null default 'open' check (state in ('open', 'suspended', 'closing', 'closed')),
  shard text);
create table identity.membership (
  clinic_id uuid not null default app.clinic_id(), member_id uuid not null default uuidv7(), person_id uuid not null,
  state text not null check (state in ('invited', 'active', 'suspended', 'left')), version int not null default 1,
  primary key (clinic_id, member_id), unique (clinic_id, person_id));
create index membership_person on identity.membership (person_id);
create table identity.member_type (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), member_id uuid not null, user_type text not null, department_id uuid,
  starts_at timestamptz not null default now(), ends_at timestamptz, granted_by uuid, approved_by uuid, ended_by uuid,
  primary key (clinic_id, id), foreign key (clinic_id, member_id) references identity.membership (clinic_id, member_id));
create index member_type_member on identity.member_type (clinic_id, member_id);
select app_private.protect('identity.clinic_route');
alter table identity.membership enable row level security;
alter table identity.membership force row level security;
create policy clinic_or_own on identity.membership using (clinic_id = app.clinic_id() or person_id = app.person_id()) with check (clinic_id = app.clinic_id());
alter table identity.member_type enable row level security;
alter table identity.member_type force row level security;
create policy clinic on identity.member_type using (clinic_id = app.clinic_id()) with check (clinic_id = app.clinic_id());
grant select, insert, update on identity.clinic_route, identity.membership, identity.member_type to qms_app;
grant select on identity.clinic_route, identity.membership, identity.member_type to qms_worker, qms_audit;
