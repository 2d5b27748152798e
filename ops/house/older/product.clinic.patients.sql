-- Patients. What identifies or reaches a person is sealed under the patient's own key; search goes by keyed tokens.
create table clinic.patient (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), code text not null, family bytea not null, given bytea not null,
  patronymic bytea, alias bytea, birth_date date not null check (birth_date >= '1900-01-01'), birth_date_accuracy text not null default 'day' check (birth_date_accuracy in ('day', 'month', 'year')),
  sex text not null check (sex in ('f', 'm', 'u')), address bytea, language text not null default 'uk', deceased_on date, merged_into_id uuid,
  never_survey boolean not null default false, restricted boolean not null default false, registered_via text not null default 'desk', source_key text,
  extensions bytea, created_at timestamptz not null default now(), created_by uuid, version int not null default 1,
  primary key (clinic_id, id), unique (clinic_id, code), unique (clinic_id, source_key));
create index patient_birth on clinic.patient (clinic_id, birth_date);
create table clinic.patient_token (
  clinic_id uuid not null default app.clinic_id(), tok bigint not null, patient_id uuid not null, primary key (clinic_id, tok, patient_id),
  foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete cascade);
create index patient_token_patient on clinic.patient_token (clinic_id, patient_id);
create table clinic.patient_identifier (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), patient_id uuid not null,
  kind text not null check (kind in ('rnokpp', 'unzr', 'passport-book', 'passport-card', 'birth-certificate', 'foreign', 'insurer', 'other-system')),
  value bytea not null, bidx bytea not null, system text, "check" text not null default 'none' check ("check" in ('ok', 'warn', 'none')),
  primary key (clinic_id, id), foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete cascade);
create index patient_identifier_bidx on clinic.patient_identifier (clinic_id, kind, bidx);
create index patient_identifier_patient on clinic.patient_identifier (clinic_id, patient_id);
create table clinic.patient_contact (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), patient_id uuid not null, kind text not null check (kind in ('phone', 'email', 'messenger')),
  value bytea not null, bidx bytea not null, rank int not null default 1, owner text not null default 'self' check (owner in ('self', 'representative')),
  verified_at timestamptz, dead_at timestamptz, primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete cascade);
create index patient_contact_bidx on clinic.patient_contact (clinic_id, bidx);
create index patient_contact_patient on clinic.patient_contact (clinic_id, patient_id, rank);
select app_private.protect(t::regclass) from unnest(array['clinic.patient', 'clinic.patient_token', 'clinic.patient_identifier', 'clinic.patient_contact']) t;
grant select, insert, update, delete on clinic.patient, clinic.patient_token, clinic.patient_identifier, clinic.patient_contact to qms_app, qms_worker;
create view clinic.fact_patient with (security_invoker = true) as
  select clinic_id, id, birth_date, sex, language, deceased_on, never_survey, restricted, merged_into_id from clinic.patient;
grant select on clinic.fact_patient to qms_app, qms_worker;
