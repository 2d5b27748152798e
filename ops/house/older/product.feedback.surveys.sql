-- Surveys, invitations and answers. An answer to an anonymous survey has a random id and a day: no invitation, visit, minute,
-- author, address or device. The link's token is deleted on use, so nothing joins the two tables.
create table feedback.survey (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), instrument text not null check (instrument in ('FFT')), title_uk text not null, title_en text not null,
  state text not null default 'draft' check (state in ('draft', 'live', 'paused', 'closed')), mode text not null default 'anonymous' check (mode in ('anonymous', 'confidential', 'named')),
  delay_minutes int not null default 120 check (delay_minutes between 0 and 20160), cap_days int not null default 30 check (cap_days between 0 and 365), quiet_from_hour int not null default 20, quiet_until_hour int not null default 9,
  expires_days int not null default 14, created_at timestamptz not null default now(), created_by uuid, version int not null default 1, primary key (clinic_id, id));
create table feedback.invitation (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default gen_random_uuid(), survey_id uuid not null, visit_id uuid, patient_id uuid,
  state text not null check (state in ('queued', 'sent', 'opened', 'answered', 'expired', 'suppressed', 'bounced', 'closed')), why text, queued_on date not null, send_after timestamptz,
  sent_on date, expires_at timestamptz, site_id uuid, department_id uuid, service_id uuid, primary key (clinic_id, id),
  foreign key (clinic_id, survey_id) references feedback.survey (clinic_id, id), foreign key (clinic_id, visit_id) references clinic.visit (clinic_id, id) on delete cascade,
  foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id));
create unique index invitation_once on feedback.invitation (clinic_id, survey_id, visit_id);
create index invitation_visit on feedback.invitation (clinic_id, visit_id);
create index invitation_patient on feedback.invitation (clinic_id, patient_id, queued_on);
create index invitation_node on feedback.invitation (clinic_id, department_id, queued_on);
create index invitation_sent on feedback.invitation (clinic_id, id) where state = 'sent';
create index invitation_sent_day on feedback.invitation (clinic_id, survey_id, sent_on);
create index invitation_due on feedback.invitation (clinic_id, send_after) where state = 'queued';
create table feedback.response (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default gen_random_uuid(), survey_id uuid not null, on_date date not null, score int not null check (score between 1 and 7),
  comment bytea, wanted_answer boolean not null default false, contact bytea, tracking_hash bytea, language text not null default 'uk', site_id uuid, department_id uuid, service_id uuid,
  state text not null default 'new' check (state in ('new', 'thanked', 'action', 'complaint', 'hidden')), hidden_why text, source text not null default 'link' check (source in ('link', 'qr', 'desk', 'import')),
  import_run_id uuid, import_key bytea, primary key (clinic_id, id), unique (clinic_id, import_key),
  foreign key (clinic_id, survey_id) references feedback.survey (clinic_id, id));
create index response_day on feedback.response (clinic_id, survey_id, on_date, department_id, score);
create index response_comments on feedback.response (clinic_id, on_date desc, id) where comment is not null;
create index response_run on feedback.response (clinic_id, import_run_id) where import_run_id is not null;
select app_private.protect(t::regclass) from unnest(array['feedback.survey', 'feedback.invitation', 'feedback.response']) t;
grant select, insert, update, delete on feedback.survey, feedback.invitation, feedback.response to qms_app, qms_worker;
create view feedback.fact_response with (security_invoker = true) as
  select r.clinic_id, r.id, r.survey_id, s.instrument, r.on_date, r.score, r.site_id, r.department_id, r.service_id, r.state, r.source, r.comment is not null as has_comment, r.wanted_answer
  from feedback.response r join feedback.survey s on s.clinic_id = r.clinic_id and s.id = r.survey_id;
create view feedback.fact_invitation with (security_invoker = true) as
  select clinic_id, id, survey_id, visit_id, state, queued_on, sent_on, site_id, department_id, service_id from feedback.invitation;
grant select on feedback.fact_response, feedback.fact_invitation to qms_app, qms_worker;
