import { sql } from "kysely";
import type { Db } from "#platform/database/db.ts";

export type IncidentTask = {
  id: string;
  code: string;
  state: string;
  level: string | null;
  lead_id: string | null;
  reporter_id: string | null;
  answered_at: string | null;
  due_at: string | null;
  kind: string | null;
};
/** Open cases with the clock that ends first. Index: fact rows of open incidents, clock_subject. */
export const incidentTasks = (db: Db) =>
  db.many(sql<IncidentTask>`select i.id, i.code, i.state, i.level, i.lead_id, i.reporter_id, i.answered_at, k.due_at, k.kind from control.fact_incident i
    left join lateral (select k.due_at, k.kind from platform.fact_clock k where k.clinic_id = i.clinic_id and k.subject_type = 'incident' and k.subject_id = i.id and k.stopped_at is null order by k.due_at limit 1) k on true
    where i.clinic_id = ${db.clinicId} and i.class = 'normal' and i.state in ('reported', 'triaged', 'investigating', 'actions', 'answered') order by k.due_at nulls last limit 200`);

export type ActionTask = {
  id: string;
  code: string;
  state: string;
  owner_id: string | null;
  due_on: string | null;
  check_on: string | null;
};
export const actionTasks = (db: Db) =>
  db.many(
    sql<ActionTask>`select id, code, state, owner_id, due_on, check_on from control.fact_action where clinic_id = ${db.clinicId} and state in ('new', 'planned', 'doing', 'checking') order by due_on nulls last limit 300`,
  );

export const commentTasks = (db: Db) =>
  db.many(
    sql<{
      id: string;
      on_date: string;
      score: number;
    }>`select id, on_date, score from feedback.fact_response where clinic_id = ${db.clinicId} and has_comment and state = 'new' and source <> 'import' order by on_date limit 100`,
  );
