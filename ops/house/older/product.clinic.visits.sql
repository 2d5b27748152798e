-- Visits with their diagnoses and procedures. Codes, dates and states stay plain under row security: quality statistics need them.
create table clinic.visit (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), code text not null, patient_id uuid not null, member_id uuid not null,
  service_id uuid not null, site_id uuid not null, department_id uuid, kind text not null default 'repeat' check (kind in ('first', 'repeat', 'remote', 'home', 'procedure')),
  planned_at timestamptz, arrived_at timestamptz, started_at timestamptz not null, ended_at timestamptz,
  state text not null default 'open' check (state in ('open', 'draft', 'signed', 'amended', 'voided')),
  never_survey boolean not null default false, signed_at timestamptz, signed_by uuid, outcome text, source text not null default 'native' check (source in ('native', 'import')),
  source_key text, created_at timestamptz not null default now(), created_by uuid, version int not null default 1,
  primary key (clinic_id, id), unique (clinic_id, code), unique (clinic_id, source_key), check (ended_at is null or ended_at >= started_at),
  foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id), foreign key (clinic_id, member_id) references clinic.member (clinic_id, id),
  foreign key (clinic_id, service_id) references clinic.service (clinic_id, id), foreign key (clinic_id, site_id) references clinic.site (clinic_id, id),
  foreign key (clinic_id, department_id) references clinic.department (clinic_id, id));
create index visit_patient on clinic.visit (clinic_id, patient_id, started_at desc);
create index visit_member on clinic.visit (clinic_id, member_id, started_at);
create index visit_started on clinic.visit (clinic_id, started_at desc, id desc);
create index visit_service on clinic.visit (clinic_id, service_id);
create index visit_site on clinic.visit (clinic_id, site_id);
create index visit_department on clinic.visit (clinic_id, department_id);
create table clinic.diagnosis (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), visit_id uuid, patient_id uuid not null, system text not null, edition text not null default '',
  code text not null, title text not null, kind text not null default 'main' check (kind in ('main', 'complication', 'concomitant')), category text not null default 'diagnosis' check (category in ('diagnosis', 'finding', 'social')),
  certainty text not null default 'confirmed' check (certainty in ('suspected', 'confirmed', 'refuted')), onset timestamptz, resolved_on date, outside_visit boolean not null default false,
  source_key text, created_at timestamptz not null default now(), created_by uuid, version int not null default 1,
  primary key (clinic_id, id), unique (clinic_id, source_key), foreign key (clinic_id, visit_id) references clinic.visit (clinic_id, id) on delete cascade,
  foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id));
create index diagnosis_visit on clinic.diagnosis (clinic_id, visit_id);
create index diagnosis_patient on clinic.diagnosis (clinic_id, patient_id, code);
create index diagnosis_code on clinic.diagnosis (clinic_id, code, created_at);
create table clinic.procedure (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), patient_id uuid not null, visit_id uuid, member_id uuid, system text not null,
  code text not null, title text not null, started_at timestamptz not null, ended_at timestamptz, status text not null, outside_visit boolean not null default false,
  source text not null default 'native' check (source in ('native', 'import')), source_key text, created_at timestamptz not null default now(), created_by uuid,
  version int not null default 1, primary key (clinic_id, id), unique (clinic_id, source_key), foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id),
  foreign key (clinic_id, visit_id) references clinic.visit (clinic_id, id), foreign key (clinic_id, member_id) references clinic.member (clinic_id, id));
create index procedure_patient on clinic.procedure (clinic_id, patient_id, started_at desc);
create index procedure_visit on clinic.procedure (clinic_id, visit_id);
create index procedure_member on clinic.procedure (clinic_id, member_id);
select app_private.protect(t::regclass) from unnest(array['clinic.visit', 'clinic.diagnosis', 'clinic.procedure']) t;
grant select, insert, update, delete on clinic.visit, clinic.diagnosis, clinic.procedure to qms_app, qms_worker;
create view clinic.fact_visit with (security_invoker = true) as
  select clinic_id, id, code, patient_id, member_id, service_id, site_id, department_id, kind, planned_at, arrived_at, started_at, ended_at, never_survey, state, source from clinic.visit;
grant select on clinic.fact_visit to qms_app, qms_worker;
