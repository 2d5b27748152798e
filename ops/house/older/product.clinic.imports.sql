-- One run of an import, and what each of its lines became: that makes a run repeatable and undoable.
create table clinic.import_run (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), kind text not null check (kind in ('fhir', 'feedback')), source_system text not null,
  file_name text not null, dry_run boolean not null default false, state text not null check (state in ('running', 'done', 'undoing', 'undone', 'failed')), counts jsonb not null default '{}',
  problems jsonb not null default '[]', started_at timestamptz not null default now(), finished_at timestamptz, undo_until timestamptz, undone_at timestamptz, created_by uuid,
  primary key (clinic_id, id));
create unique index import_run_one on clinic.import_run (clinic_id) where state in ('running', 'undoing');
create index import_run_time on clinic.import_run (clinic_id, started_at desc);
-- no: order of making, undone from the last. before: the row as it stood before a change, sealed. undone: what undoing did to it.
create table clinic.import_row (
  clinic_id uuid not null default app.clinic_id(), run_id uuid not null, no int not null, source_key text not null, action text not null check (action in ('create', 'update')),
  target text not null, target_id uuid not null, target_version int not null, before bytea,
  undone text check (undone in ('removed', 'restored', 'changed-since', 'in-use')),
  primary key (clinic_id, run_id, no), foreign key (clinic_id, run_id) references clinic.import_run (clinic_id, id));
create index import_row_left on clinic.import_row (clinic_id, run_id, no) where undone is null;
create index import_row_kept on clinic.import_row (clinic_id, run_id, no) where undone in ('changed-since', 'in-use');
-- By which key of which source a row of ours is known: HMAC of source and key, since keys of other systems may name a person.
-- Aliases (identifiers) have no digest. facts: what later lines must know of it. dry: of a dry run, which made no row.
create table clinic.import_key (
  clinic_id uuid not null default app.clinic_id(), key bytea not null, target text not null, target_id uuid not null, version int not null default 1, digest bytea,
  facts jsonb not null default '{}', seen_run uuid not null, dry boolean not null default false, primary key (clinic_id, key));
create index import_key_target on clinic.import_key (clinic_id, target_id);
create index import_key_dry on clinic.import_key (clinic_id, seen_run) where dry;
select app_private.protect(t::regclass) from unnest(array['clinic.import_run', 'clinic.import_row', 'clinic.import_key']) t;
grant select, insert, update, delete on clinic.import_run, clinic.import_row, clinic.import_key to qms_app, qms_worker;
