-- A member's work life in the clinic: same id as the membership; person_id is null for imported staff who never sign in.
create table clinic.member (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), person_id uuid, name text not null, position text not null default '',
  specialty text, department_id uuid, languages text[] not null default '{}', public boolean not null default false, active_from date not null default current_date,
  active_to date, source_key text, created_at timestamptz not null default now(), created_by uuid, version int not null default 1,
  primary key (clinic_id, id), unique (clinic_id, person_id), unique (clinic_id, source_key),
  foreign key (clinic_id, department_id) references clinic.department (clinic_id, id));
create index member_department on clinic.member (clinic_id, department_id);
select app_private.protect('clinic.member');
grant select, insert, update, delete on clinic.member to qms_app, qms_worker;
create view clinic.fact_member with (security_invoker = true) as
  select clinic_id, id, person_id, name, position, specialty, department_id, active_to from clinic.member;
grant select on clinic.fact_member to qms_app, qms_worker;
