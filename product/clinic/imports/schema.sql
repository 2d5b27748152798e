-- One run of an import, and what each of its lines became: that makes a run repeatable and undoable.
create table clinic.import_run (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), kind text not null check (kind in ('fhir', 'feedback')), source_system text not null,
  file_name text not null, dry_run boolean not null default false, state text not null check (state in ('running', 'done', 'undone', 'failed')), counts jsonb not null default '{}',
  problems jsonb not null default '[]', started_at timestamptz not null default now(), finished_at timestamptz, undo_until timestamptz, undone_at timestamptz, created_by uuid,
  primary key (clinic_id, id));
create unique index import_run_one on clinic.import_run (clinic_id) where state = 'running';
create index import_run_time on clinic.import_run (clinic_id, started_at desc);
create table clinic.import_row (
  clinic_id uuid not null default app.clinic_id(), run_id uuid not null, no int not null, source_key text not null, digest bytea, action text not null check (action in ('create', 'update', 'skip', 'merge', 'error')),
  target_table text, target_id uuid, target_version int, before bytea, error_code text, field text,
  primary key (clinic_id, run_id, no), foreign key (clinic_id, run_id) references clinic.import_run (clinic_id, id));
create index import_row_key on clinic.import_row (clinic_id, source_key);
select app_private.protect(t::regclass) from unnest(array['clinic.import_run', 'clinic.import_row']) t;
grant select, insert, update, delete on clinic.import_run, clinic.import_row to qms_app, qms_worker;
