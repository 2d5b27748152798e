import { sql } from "kysely";
import type { Db } from "#platform/database/db.ts";

const runColumns = ["id", "kind", "state", "dry_run", "source_system", "counts", "problems", "undo_until"] as const;

/** Ends runs whose program went away; 0…1 rows. */
export const endForgottenRuns = (db: Db, before: string) =>
  db.run(
    db
      .update("clinic.import_run")
      .set({ state: "failed", finished_at: sql`now()` })
      .where("kind", "=", "feedback")
      .where("state", "=", "running")
      .where("started_at", "<", before),
  );

/** 0 when another import of the clinic runs. */
export const insertRun = (
  db: Db,
  row: { id: string; source: string; fileName: string; dryRun: boolean; counts: object; by: string | null },
) =>
  db.run(
    db
      .insert("clinic.import_run")
      .values({
        clinic_id: db.clinicId ?? "",
        id: row.id,
        kind: "feedback",
        source_system: row.source,
        file_name: row.fileName,
        dry_run: row.dryRun,
        state: "running",
        counts: JSON.stringify(row.counts),
        problems: "[]",
        created_by: row.by,
      })
      .onConflict((conflict) => conflict.doNothing()),
  );

export const lockRun = (db: Db, id: string) =>
  db.one(
    "feedback-import.unknown",
    db.from("clinic.import_run").select(runColumns).where("id", "=", id).where("kind", "=", "feedback").forUpdate(),
  );

export const setRun = (
  db: Db,
  id: string,
  o: { state?: string; counts?: object; problems?: object; finished?: true; undone?: true; undoUntil?: string },
) =>
  db.run(
    db
      .update("clinic.import_run")
      .set({
        ...(o.state ? { state: o.state } : {}),
        ...(o.counts ? { counts: JSON.stringify(o.counts) } : {}),
        ...(o.problems ? { problems: JSON.stringify(o.problems) } : {}),
        ...(o.finished ? { finished_at: sql`now()` } : {}),
        ...(o.undone ? { undone_at: sql`now()` } : {}),
        ...(o.undoUntil ? { undo_until: o.undoUntil } : {}),
      })
      .where("id", "=", id),
  );

export type NewResponse = {
  id: string;
  key: Buffer;
  day: string;
  score: number;
  comment: Buffer | null;
  serviceId: string;
  departmentId: string | null;
  siteId: string | null;
};

/** Inserts answers of a table in one statement; rows whose key stands already are passed over. Gives how many were new. */
export const insertImported = (db: Db, o: { surveyId: string; runId: string; rows: readonly NewResponse[] }) => {
  const column = <T>(pick: (row: NewResponse) => T): T[] => o.rows.map(pick);
  return db.run(sql`insert into feedback.response (clinic_id, survey_id, source, import_run_id, id, import_key, on_date, score, comment, service_id, department_id, site_id)
    select ${db.clinicId}::uuid, ${o.surveyId}::uuid, 'import', ${o.runId}::uuid, r.* from unnest(${column(({ id }) => id)}::uuid[], ${column(({ key }) => key)}::bytea[],
      ${column(({ day }) => day)}::date[], ${column(({ score }) => score)}::int[], ${column(({ comment }) => comment)}::bytea[],
      ${column(({ serviceId }) => serviceId)}::uuid[], ${column(({ departmentId }) => departmentId)}::uuid[], ${column(({ siteId }) => siteId)}::uuid[]) as r
    on conflict (clinic_id, import_key) do nothing`);
};

/** How many of these keys stand already. */
export const knownKeys = async (db: Db, keys: readonly Buffer[]): Promise<number> =>
  (
    await db.one(
      "service.unexpected",
      sql<{
        n: number;
      }>`select count(*) as n from feedback.response where clinic_id = ${db.clinicId} and import_key = any(${[...keys]}::bytea[])`,
    )
  ).n;

/** Index: response_run. */
export const deleteOfRun = (db: Db, runId: string) =>
  db.run(db.delete("feedback.response").where("import_run_id", "=", runId));
