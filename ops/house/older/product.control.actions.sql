-- Corrective and preventive actions. first_due_on is kept, and is what indicators use; a cycle is one plan-do-check turn.
create table control.action (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), code text not null, title bytea not null,
  kind text not null check (kind in ('correction', 'corrective', 'preventive', 'improvement')), category text, strength text check (strength in ('strong', 'medium', 'weak')),
  state text not null default 'new' check (state in ('new', 'planned', 'doing', 'checking', 'effective', 'done', 'declined', 'withdrawn')),
  owner_id uuid, due_on date, first_due_on date, postponed int not null default 0, source_type text not null, source_id uuid, proposed_by uuid,
  effect_indicator text, effect_direction text check (effect_direction in ('increase', 'decrease')), effect_size numeric, check_on date, no_check boolean not null default false,
  done_on date, verdict text check (verdict in ('effective', 'ineffective')), verdict_at timestamptz, verdict_by uuid, verdict_note bytea, verdict_evidence jsonb,
  cycle int not null default 1, created_at timestamptz not null default now(), created_by uuid, version int not null default 1,
  primary key (clinic_id, id), unique (clinic_id, code));
create index action_open on control.action (clinic_id, due_on, id) where state in ('new', 'planned', 'doing', 'checking');
create index action_source on control.action (clinic_id, source_type, source_id);
create index action_owner on control.action (clinic_id, owner_id) where state in ('planned', 'doing', 'checking');
create index action_indicator on control.action (clinic_id, effect_indicator) where effect_indicator is not null;
create index action_time on control.action (clinic_id, created_at desc, id desc);
create table control.action_move (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), action_id uuid not null, at timestamptz not null default now(), member_id uuid, name text not null,
  from_state text, to_state text not null, reason bytea, undo_of uuid, primary key (clinic_id, id), foreign key (clinic_id, action_id) references control.action (clinic_id, id));
create index action_move_action on control.action_move (clinic_id, action_id, at);
create table control.action_evidence (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), action_id uuid not null, cycle int not null, kind text not null check (kind in ('note', 'link', 'document', 'course')),
  text bytea not null, at timestamptz not null default now(), member_id uuid, primary key (clinic_id, id), foreign key (clinic_id, action_id) references control.action (clinic_id, id));
create index action_evidence_action on control.action_evidence (clinic_id, action_id, at);
select app_private.protect(t::regclass) from unnest(array['control.action', 'control.action_move', 'control.action_evidence']) t;
grant select, insert, update on control.action to qms_app, qms_worker;
grant select, insert on control.action_move, control.action_evidence to qms_app, qms_worker;
create view control.fact_action with (security_invoker = true) as
  select clinic_id, id, code, kind, strength, state, owner_id, due_on, first_due_on, source_type, source_id, effect_indicator, check_on, done_on, verdict, verdict_at, cycle, created_at from control.action;
grant select on control.fact_action to qms_app, qms_worker;
