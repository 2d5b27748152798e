-- Incidents. Free text about people is sealed; codes, dates, states and levels stay plain, since quality statistics need them.
create table control.incident (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), code text not null,
  state text not null default 'reported' check (state in ('reported', 'triaged', 'investigating', 'actions', 'answered', 'closed', 'merged', 'rejected')),
  class text not null default 'normal' check (class in ('normal', 'restricted')), title bytea not null, story bytea, done_at_once bytea, place text, site_id uuid, department_id uuid,
  occurred_at timestamptz, day_only boolean not null default false, type text, subtype text, near_miss boolean not null default false,
  actual_harm text check (actual_harm in ('none', 'low', 'moderate', 'severe', 'death')), potential_harm text check (potential_harm in ('none', 'low', 'moderate', 'severe', 'death')),
  likelihood text check (likelihood in ('rare', 'possible', 'likely')), level text check (level in ('green', 'amber', 'red')),
  tell_patient text check (tell_patient in ('yes', 'no', 'n/a')), tell_patient_why bytea, patient_told_at timestamptz, lead_id uuid,
  reporter_mode text not null check (reporter_mode in ('named', 'confidential', 'anonymous')), reporter_id uuid, source_type text not null default 'report' check (source_type in ('report', 'response', 'signal', 'audit', 'complaint')), source_id uuid,
  signal_id uuid, reported_at timestamptz not null default now(), triaged_at timestamptz, analysed_at timestamptz, answered_at timestamptz, closed_at timestamptz,
  no_analysis_why bytea, no_action_why bytea, conclusion bytea, reject_reason text, lesson bytea, merged_into uuid, created_by uuid, version int not null default 1,
  primary key (clinic_id, id), unique (clinic_id, code), foreign key (clinic_id, site_id) references clinic.site (clinic_id, id),
  foreign key (clinic_id, department_id) references clinic.department (clinic_id, id), foreign key (clinic_id, lead_id) references clinic.member (clinic_id, id),
  foreign key (clinic_id, signal_id) references control.signal (clinic_id, id), foreign key (clinic_id, merged_into) references control.incident (clinic_id, id),
  constraint lesson_when_closed check (state <> 'closed' or lesson is not null), constraint answered_before_closed check (state <> 'closed' or answered_at is not null));
create index incident_open on control.incident (clinic_id, reported_at, id) where state not in ('closed', 'merged', 'rejected');
create index incident_time on control.incident (clinic_id, reported_at desc, id desc);
create unique index incident_signal on control.incident (clinic_id, signal_id);
create index incident_source on control.incident (clinic_id, source_type, source_id);
create index incident_lead on control.incident (clinic_id, lead_id);
create index incident_merged on control.incident (clinic_id, merged_into) where merged_into is not null;
create index incident_site on control.incident (clinic_id, site_id);
create index incident_department on control.incident (clinic_id, department_id);
create table control.incident_move (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), incident_id uuid not null, at timestamptz not null default now(), member_id uuid, name text not null,
  from_state text, to_state text not null, reason bytea, undo_of uuid, primary key (clinic_id, id), foreign key (clinic_id, incident_id) references control.incident (clinic_id, id));
create index incident_move_incident on control.incident_move (clinic_id, incident_id, at);
create table control.incident_factor (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), incident_id uuid not null, parent_id uuid, position int not null, text bytea not null,
  factor text check (factor in ('patient', 'task', 'individual', 'team', 'environment', 'equipment', 'organisation', 'external')), at timestamptz not null default now(), member_id uuid, removed_at timestamptz,
  primary key (clinic_id, id), foreign key (clinic_id, incident_id) references control.incident (clinic_id, id), foreign key (clinic_id, parent_id) references control.incident_factor (clinic_id, id));
create index incident_factor_incident on control.incident_factor (clinic_id, incident_id, position);
create index incident_factor_parent on control.incident_factor (clinic_id, parent_id);
create table control.incident_line (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), incident_id uuid not null, happened_at timestamptz not null, text bytea not null,
  at timestamptz not null default now(), member_id uuid, primary key (clinic_id, id), foreign key (clinic_id, incident_id) references control.incident (clinic_id, id));
create index incident_line_incident on control.incident_line (clinic_id, incident_id, happened_at);
create table control.incident_answer (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), incident_id uuid not null, text bytea not null, to_whom text not null, at timestamptz not null default now(),
  member_id uuid, primary key (clinic_id, id), foreign key (clinic_id, incident_id) references control.incident (clinic_id, id));
create index incident_answer_incident on control.incident_answer (clinic_id, incident_id, at);
create table control.incident_person (
  clinic_id uuid not null default app.clinic_id(), incident_id uuid not null, member_id uuid not null, role text not null check (role in ('lead', 'team', 'involved', 'named')),
  primary key (clinic_id, incident_id, member_id), foreign key (clinic_id, incident_id) references control.incident (clinic_id, id),
  foreign key (clinic_id, member_id) references clinic.member (clinic_id, id));
create index incident_person_member on control.incident_person (clinic_id, member_id);
select app_private.protect(t::regclass) from unnest(array['control.incident', 'control.incident_move', 'control.incident_factor', 'control.incident_line', 'control.incident_answer', 'control.incident_person']) t;
grant select, insert, update on control.incident, control.incident_factor to qms_app, qms_worker;
grant select, insert on control.incident_move, control.incident_line, control.incident_answer to qms_app, qms_worker;
grant select, insert, delete on control.incident_person to qms_app, qms_worker;
create view control.fact_incident with (security_invoker = true) as
  select clinic_id, id, code, state, class, type, subtype, actual_harm, level, near_miss, site_id, department_id, source_type, source_id, signal_id, lead_id, reporter_id,
    reported_at, triaged_at, analysed_at, answered_at, closed_at from control.incident;
grant select on control.fact_incident to qms_app, qms_worker;
