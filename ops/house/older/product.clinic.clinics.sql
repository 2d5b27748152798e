-- The clinic itself: its name, zone, languages and settings. Policy on its own id.
create table clinic.clinic (
  id uuid primary key, slug text not null unique, name text not null, legal_name text not null, edrpou text, zone text not null default 'Europe/Kyiv',
  locale text not null default 'uk' check (locale in ('uk', 'en')), country text not null default 'UA', currency text not null default 'UAH',
  vat_payer boolean not null default false, holiday_mode text not null default 'ask' check (holiday_mode in ('work', 'rest', 'ask')),
  cancel_hours int not null default 24, hold_minutes int not null default 10, settings jsonb not null default '{}', closed_at timestamptz,
  created_at timestamptz not null default now(), version int not null default 1);
alter table clinic.clinic enable row level security;
alter table clinic.clinic force row level security;
create policy clinic on clinic.clinic using (id = app.clinic_id()) with check (id = app.clinic_id());
grant select, insert, update on clinic.clinic to qms_app, qms_worker;
grant select on clinic.clinic to qms_audit;
create view clinic.fact_clinic with (security_invoker = true) as select id as clinic_id, slug, name, zone, locale from clinic.clinic;
grant select on clinic.fact_clinic to qms_app, qms_worker;
