-- What a clinic sets for an indicator of the library: target, owner, the frozen base of its limits, rebases with their reasons.
create table control.indicator (
  clinic_id uuid not null default app.clinic_id(), code text not null, state text not null default 'active' check (state in ('draft', 'active', 'paused', 'retired')),
  target numeric, owner_id uuid, base_from date, base_to date, opens_case boolean not null default false, version int not null default 1,
  primary key (clinic_id, code), foreign key (clinic_id, owner_id) references clinic.member (clinic_id, id));
create index indicator_owner on control.indicator (clinic_id, owner_id);
create table control.indicator_rebase (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), code text not null, from_date date not null, reason text not null, at timestamptz not null default now(),
  member_id uuid, removed_at timestamptz, primary key (clinic_id, id), foreign key (clinic_id, code) references control.indicator (clinic_id, code));
create index indicator_rebase_code on control.indicator_rebase (clinic_id, code, from_date);
select app_private.protect(t::regclass) from unnest(array['control.indicator', 'control.indicator_rebase']) t;
grant select, insert, update on control.indicator, control.indicator_rebase to qms_app, qms_worker;
