create table clinic.service (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), code text not null, name_uk text not null, name_en text, specialty text,
  department_id uuid, minutes int not null default 30 check (minutes between 5 and 480), price_minor bigint not null default 0, never_survey boolean not null default false,
  retired_at timestamptz, source_key text, created_at timestamptz not null default now(), created_by uuid, version int not null default 1,
  primary key (clinic_id, id), unique (clinic_id, code), unique (clinic_id, source_key),
  foreign key (clinic_id, department_id) references clinic.department (clinic_id, id));
create index service_department on clinic.service (clinic_id, department_id);
select app_private.protect('clinic.service');
grant select, insert, update, delete on clinic.service to qms_app, qms_worker;
create view clinic.fact_service with (security_invoker = true) as
  select clinic_id, id, code, name_uk, name_en, department_id, never_survey from clinic.service;
grant select on clinic.fact_service to qms_app, qms_worker;
