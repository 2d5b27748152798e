-- A visit can be opened again: who opened, finished or reopened it, when and why. Visits of before have no moves, which is what is known.
create table clinic.visit_move (
  clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), visit_id uuid not null, at timestamptz not null default now(), member_id uuid,
  name text not null check (name in ('open', 'finish', 'reopen', 'undo-open')), reason bytea, primary key (clinic_id, id),
  foreign key (clinic_id, visit_id) references clinic.visit (clinic_id, id) on delete cascade);
create index visit_move_visit on clinic.visit_move (clinic_id, visit_id, at);
select app_private.protect('clinic.visit_move');
grant select, insert on clinic.visit_move to qms_app, qms_worker;
