-- The access ledger: entries arrive in the outbox with their fact, the sequencer moves them into the clinic's Merkle log.
create table ledger.outbox (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), at timestamptz not null default clock_timestamp(),
  member_id uuid default app.member_id(), what jsonb not null, detail bytea, primary key (clinic_id, id));
alter table ledger.outbox enable row level security;
alter table ledger.outbox force row level security;
create policy clinic_insert on ledger.outbox for insert
  with check (clinic_id = app.clinic_id() and member_id is not distinct from app.member_id());
create policy clinic_read on ledger.outbox for select using (clinic_id = app.clinic_id());
create policy clinic_delete on ledger.outbox for delete using (clinic_id = app.clinic_id());
-- `at` has no grant: nobody chooses when something happened.
grant insert (clinic_id, id, member_id, what, detail) on ledger.outbox to qms_app, qms_worker;
grant select, delete on ledger.outbox to qms_audit;

create table ledger.entry (
  clinic_id uuid not null default app.clinic_id(), seq bigint not null, id uuid not null, at timestamptz not null, body bytea not null, leaf bytea not null,
  primary key (clinic_id, seq), unique (clinic_id, id));
create table ledger.tile (
  clinic_id uuid not null default app.clinic_id(), lvl int not null, n bigint not null, w int not null, data bytea not null,
  primary key (clinic_id, lvl, n, w));
create table ledger.checkpoint (
  clinic_id uuid not null default app.clinic_id(), size bigint not null, root bytea not null, note text not null, at timestamptz not null default clock_timestamp(),
  primary key (clinic_id, size));
-- Who saw my record: the patient's id as the clinic's pseudonym, and the entry.
create table ledger.subject (
  clinic_id uuid not null default app.clinic_id(), patient bytea not null, seq bigint not null, at timestamptz not null,
  primary key (clinic_id, patient, seq));
create table ledger.detail (
  clinic_id uuid not null default app.clinic_id(), seq bigint not null, salt bytea, enc bytea, primary key (clinic_id, seq));

select app_private.protect(t::regclass) from unnest(array[
  'ledger.entry', 'ledger.tile', 'ledger.checkpoint', 'ledger.subject', 'ledger.detail']) t;
grant select, insert on ledger.entry, ledger.tile, ledger.checkpoint, ledger.subject, ledger.detail to qms_audit;
grant select on ledger.entry, ledger.tile, ledger.checkpoint, ledger.subject, ledger.detail to qms_app, qms_worker;

-- Grants stop the roles; this stops everybody else who is not the superuser.
create function ledger.refuse() returns trigger language plpgsql set search_path = '' as $$
begin raise exception 'the ledger is written once' using errcode = '42501'; end $$;
create trigger written_once before update or delete on ledger.entry for each row execute function ledger.refuse();
create trigger written_once before update or delete on ledger.checkpoint for each row execute function ledger.refuse();
create trigger written_once before update or delete on ledger.subject for each row execute function ledger.refuse();
