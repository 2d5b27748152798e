-- Quality signals: a rule met by live data. One open signal a rule and key; after it is settled "quiet" must pass before a new one.
create table control.signal (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), rule text not null, severity text not null check (severity in ('green', 'amber', 'red')),
  key text not null, subject_type text not null, subject_id uuid, state text not null default 'raised' check (state in ('raised', 'seen', 'explained', 'false', 'case')),
  raised_at timestamptz not null default now(), case_type text, case_id uuid, settled_at timestamptz, settled_by uuid, reason bytea, primary key (clinic_id, id));
create unique index signal_key on control.signal (clinic_id, rule, key);
create index signal_open on control.signal (clinic_id, raised_at) where state in ('raised', 'seen');
select app_private.protect('control.signal');
grant select, insert, update on control.signal to qms_app, qms_worker;
create view control.fact_signal with (security_invoker = true) as
  select clinic_id, id, rule, severity, key, subject_type, subject_id, state, raised_at, case_type, case_id from control.signal;
grant select on control.fact_signal to qms_app, qms_worker;
