import { sql } from "kysely";
import type { Page } from "#core/contract/shapes.ts";
import type { Db } from "#platform/database/db.ts";
import { afterKey } from "#platform/database/keyset.ts";

const columns = [
  "id",
  "rule",
  "severity",
  "key",
  "subject_type",
  "subject_id",
  "state",
  "raised_at",
  "case_type",
  "case_id",
] as const;

/** Raises a signal once a rule and key; null when it stands already. Index: signal_key. */
export const insertSignal = (
  db: Db,
  row: {
    rule: string;
    severity: "green" | "amber" | "red";
    key: string;
    subjectType: string;
    subjectId: string | null;
  },
) =>
  db.maybe(
    db
      .insert("control.signal")
      .values({
        clinic_id: db.clinicId ?? "",
        rule: row.rule,
        severity: row.severity,
        key: row.key,
        subject_type: row.subjectType,
        subject_id: row.subjectId,
      })
      .onConflict((conflict) => conflict.columns(["clinic_id", "rule", "key"]).doNothing())
      .returning("id"),
  );

export const signalRow = (db: Db, id: string) =>
  db.one("signal.unknown", db.from("control.signal").select(columns).where("id", "=", id));

export const signalsByTime = (db: Db, { after, limit }: Page) =>
  db.many(
    db
      .from("control.signal")
      .select(columns)
      .where(afterKey({ raised_at: "instant", id: "id" }, after, "desc"))
      .orderBy("raised_at", "desc")
      .orderBy("id", "desc")
      .limit(limit + 1),
  );

/** Ties the signal to the case it opened. */
export const setCase = (db: Db, id: string, caseType: string, caseId: string) =>
  db.run(
    db
      .update("control.signal")
      .set({ state: "case", case_type: caseType, case_id: caseId, settled_at: sql`now()` })
      .where("id", "=", id)
      .where("state", "in", ["raised", "seen"]),
  );

export const settle = (db: Db, id: string, o: { as: "explained" | "false"; by: string | null; reason: Buffer }) =>
  db.run(
    db
      .update("control.signal")
      .set({ state: o.as, settled_at: sql`now()`, settled_by: o.by, reason: o.reason })
      .where("id", "=", id)
      .where("state", "in", ["raised", "seen"]),
  );
