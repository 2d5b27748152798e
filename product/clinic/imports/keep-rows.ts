import { sql } from "kysely";
import { rowsText } from "#platform/database/bulk.ts";
import type { Db } from "#platform/database/db.ts";
import type { Target } from "./fhir-values.ts";

export type MadeRow = {
  no: number;
  key: string;
  action: "create" | "update";
  target: Target;
  id: string;
  version: number;
  before: Buffer | null;
};

/** Notes what a run made, in order: undoing goes backwards. */
export async function insertMade(db: Db, runId: string, rows: readonly MadeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.run(sql`insert into clinic.import_row (clinic_id, run_id, no, source_key, action, target, target_id, target_version, before)
    select ${db.clinicId}, ${runId}, r.no, r.key, r.action, r.target, r.id, r.version, r.before
    from jsonb_to_recordset(${rowsText(rows)}::jsonb) as r(no int, key text, action text, target text, id uuid, version int, before bytea)`);
}

/** What undoing has still to do, last made first. Index: import_row_left. */
export const rowsLeft = (db: Db, runId: string, limit: number) =>
  db.many(
    db
      .from("clinic.import_row")
      .select(["no", "source_key", "action", "target", "target_id", "target_version", "before"])
      .where("run_id", "=", runId)
      .where("undone", "is", null)
      .orderBy("no", "desc")
      .limit(limit),
  );

export type Undone = "removed" | "restored" | "changed-since" | "in-use";

export const markUndone = (db: Db, runId: string, rows: readonly { no: number; undone: Undone }[]) =>
  db.run(sql`update clinic.import_row t set undone = r.undone
    from unnest(${rows.map(({ no }) => no)}::int[], ${rows.map(({ undone }) => undone)}::text[]) as r(no, undone)
    where t.clinic_id = ${db.clinicId} and t.run_id = ${runId} and t.no = r.no`);

export const undoneCounts = (db: Db, runId: string) =>
  db.many(
    sql<{ undone: Undone | null; n: number }>`select undone, count(*) as n from clinic.import_row
      where clinic_id = ${db.clinicId} and run_id = ${runId} group by undone`,
  );

/** Rows that undoing left alone, as they were made. Index: import_row_kept. */
export const rowsKept = (db: Db, runId: string, limit: number) =>
  db.many(
    db
      .from("clinic.import_row")
      .select(["target", "target_id", "undone"])
      .where("run_id", "=", runId)
      .where("undone", "in", ["changed-since", "in-use"])
      .orderBy("no")
      .limit(limit),
  );
