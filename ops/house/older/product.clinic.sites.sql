create table clinic.site (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), name text not null, address text not null default '', zone text,
  phone text not null default '', active boolean not null default true, source_key text, created_at timestamptz not null default now(), created_by uuid,
  version int not null default 1, primary key (clinic_id, id), unique (clinic_id, source_key));
create table clinic.department (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), site_id uuid, name text not null, head_member_id uuid, source_key text,
  created_at timestamptz not null default now(), created_by uuid, version int not null default 1,
  primary key (clinic_id, id), unique (clinic_id, source_key), foreign key (clinic_id, site_id) references clinic.site (clinic_id, id));
create index department_site on clinic.department (clinic_id, site_id);
select app_private.protect(t::regclass) from unnest(array['clinic.site', 'clinic.department']) t;
grant select, insert, update, delete on clinic.site, clinic.department to qms_app, qms_worker;
create view clinic.fact_site with (security_invoker = true) as select clinic_id, id, name from clinic.site;
create view clinic.fact_department with (security_invoker = true) as select clinic_id, id, site_id, name, head_member_id from clinic.department;
grant select on clinic.fact_site, clinic.fact_department to qms_app, qms_worker;
