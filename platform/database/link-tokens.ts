import { sql } from "kysely";
import type { Db } from "./db.ts";

/** One-use links of a clinic. Only the SHA-256 of a link is kept; used ones are deleted, so nothing joins what was done to whom it
 *  was sent. */
type Purpose = "survey";

export const insertLink = (
  db: Db,
  row: { hash: Buffer; purpose: Purpose; subjectType: string; subjectId: string; expiresAt: string },
) =>
  db.run(
    db.insert("platform.link_token").values({
      clinic_id: db.clinicId ?? "",
      hash: row.hash,
      purpose: row.purpose,
      subject_type: row.subjectType,
      subject_id: row.subjectId,
      expires_at: row.expiresAt,
    }),
  );

/** What a living link leads to; null for a wrong, used or expired one alike. Index: link_token_clinic_id_hash_key. */
export const linkSubject = async (db: Db, o: { hash: Buffer; purpose: Purpose; now: string }): Promise<string | null> =>
  (
    await db.maybe(
      db
        .from("platform.link_token")
        .select("subject_id")
        .where("hash", "=", o.hash)
        .where("purpose", "=", o.purpose)
        .where("expires_at", ">", o.now),
    )
  )?.subject_id ?? null;

/** Deletes a living link and says what it led to. Of many at once exactly one gets it: the others find it gone. */
export const takeLink = async (db: Db, o: { hash: Buffer; purpose: Purpose; now: string }): Promise<string | null> =>
  (
    await db.maybe(
      db
        .delete("platform.link_token")
        .where("hash", "=", o.hash)
        .where("purpose", "=", o.purpose)
        .where("expires_at", ">", o.now)
        .returning("subject_id"),
    )
  )?.subject_id ?? null;

/** Which of these subjects still have a link. Index: link_token_subject. */
export const subjectsWithLink = async (db: Db, subjectType: string, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await db.many(
        sql<{ id: string }>`select distinct subject_id as id from platform.link_token where clinic_id = ${db.clinicId}
          and subject_type = ${subjectType} and subject_id = any(${[...ids]}::uuid[])`,
      )
    ).map(({ id }) => id),
  );

/** Removes links past their time. */
export const dropExpiredLinks = (db: Db, purpose: Purpose, now: string) =>
  db.run(db.delete("platform.link_token").where("purpose", "=", purpose).where("expires_at", "<=", now));
