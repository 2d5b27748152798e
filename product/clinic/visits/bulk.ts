import { sql } from "kysely";
import { bulkTable } from "#platform/database/bulk.ts";
import type { Db } from "#platform/database/db.ts";

/** Past visits of another system, with their diagnoses and procedures, as imports write them. */
export const visitTable = bulkTable("clinic.visit", {
  code: "text",
  patient_id: "uuid",
  member_id: "uuid",
  service_id: "uuid",
  site_id: "uuid",
  department_id: "uuid",
  kind: "text",
  started_at: "timestamptz",
  ended_at: "timestamptz",
  state: "text",
  never_survey: "boolean",
  source: "text",
  source_key: "text",
});
export const diagnosisTable = bulkTable("clinic.diagnosis", {
  visit_id: "uuid",
  patient_id: "uuid",
  system: "text",
  code: "text",
  title: "text",
  kind: "text",
  category: "text",
  certainty: "text",
  onset: "timestamptz",
  resolved_on: "date",
  outside_visit: "boolean",
  source_key: "text",
});
export const procedureTable = bulkTable("clinic.procedure", {
  patient_id: "uuid",
  visit_id: "uuid",
  member_id: "uuid",
  system: "text",
  code: "text",
  title: "text",
  started_at: "timestamptz",
  ended_at: "timestamptz",
  status: "text",
  outside_visit: "boolean",
  source: "text",
  source_key: "text",
});

/** Visits of these that hold diagnoses: removing such a visit would take them along unseen. */
export async function visitsWithDiagnoses(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.many(
    sql<{ visit_id: string }>`select distinct visit_id from clinic.diagnosis
      where clinic_id = ${db.clinicId} and visit_id = any(${[...ids]}::uuid[])`,
  );
  return new Set(rows.map(({ visit_id }) => visit_id));
}
