import { sql } from "kysely";
import type { Db } from "#platform/database/db.ts";

export type ImportKind = "fhir" | "feedback";
export const runColumns = [
  "id",
  "kind",
  "state",
  "dry_run",
  "source_system",
  "file_name",
  "counts",
  "problems",
  "started_at",
  "finished_at",
  "undo_until",
] as const;

/** Ends runs whose program went away; 0…1 rows. */
export const endForgottenRuns = (db: Db, kind: ImportKind, before: string) =>
  db.run(
    db
      .update("clinic.import_run")
      .set({ state: "failed", finished_at: sql`now()` })
      .where("kind", "=", kind)
      .where("state", "=", "running")
      .where("started_at", "<", before),
  );

/** 0 when another import of the clinic runs. */
export const insertRun = (
  db: Db,
  row: {
    id: string;
    kind: ImportKind;
    source: string;
    fileName: string;
    dryRun: boolean;
    counts: object;
    by: string | null;
  },
) =>
  db.run(
    db
      .insert("clinic.import_run")
      .values({
        clinic_id: db.clinicId ?? "",
        id: row.id,
        kind: row.kind,
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

/** One run of a kind, locked to the end of the transaction; `unknown` is the problem when there is none. */
export const lockRun = (db: Db, id: string, { kind, unknown }: { kind: ImportKind; unknown: string }) =>
  db.one(
    unknown,
    db.from("clinic.import_run").select(runColumns).where("id", "=", id).where("kind", "=", kind).forUpdate(),
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
