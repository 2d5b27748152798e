import { sql } from "kysely";
import { z } from "zod";
import { rowsText } from "#platform/database/bulk.ts";
import type { Db } from "#platform/database/db.ts";
import type { KeyFacts, Target } from "./fhir-values.ts";

const facts = z.object({
  start: z.string().optional(),
  end: z.string().nullable().optional(),
  dead: z.union([z.string(), z.literal(true)]).optional(),
});
const targets = ["site", "department", "member", "service", "patient", "visit", "diagnosis", "procedure"] as const;
const known = z.object({
  key: z.string(),
  target: z.enum(targets),
  target_id: z.string(),
  version: z.number(),
  digest: z.string().nullable(),
  facts,
  seen_run: z.string(),
});

/** What is known by a key: the row of ours, the version we left it at, and the digest of the line it came from (base64url). */
export type KnownKey = z.output<typeof known>;

export type NewKey = {
  key: string;
  target: Target;
  id: string;
  version: number;
  digest: string | null;
  facts: KeyFacts;
};

const bytes = (text: string): Buffer => Buffer.from(text, "base64url");

/** What these keys name. A dry run's own keys count in that run alone. Index: import_key_pkey. */
export async function keysAt(db: Db, keys: readonly string[], runId: string): Promise<Map<string, KnownKey>> {
  const rows = await db.many(
    sql<
      Record<string, unknown>
    >`select translate(rtrim(encode(key, 'base64'), '='), '+/', '-_') as key, target, target_id, version,
        translate(rtrim(encode(digest, 'base64'), '='), '+/', '-_') as digest, facts, seen_run
      from clinic.import_key where clinic_id = ${db.clinicId} and key = any(${[...new Set(keys)].map(bytes)}::bytea[])
        and (not dry or seen_run = ${runId})`,
  );
  return new Map(rows.map((row) => known.parse(row)).map((row) => [row.key, row]));
}

/** Keeps keys of rows just made; an alias that another row has already stays with that one. */
export async function insertKeys(
  db: Db,
  keys: readonly NewKey[],
  { runId, dry }: { runId: string; dry: boolean },
): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map((one) => ({
    ...one,
    key: bytes(one.key),
    digest: one.digest === null ? null : bytes(one.digest),
  }));
  await db.run(sql`insert into clinic.import_key (clinic_id, key, target, target_id, version, digest, facts, seen_run, dry)
    select ${db.clinicId}, r.key, r.target, r.id, r.version, r.digest, r.facts, ${runId}, ${dry}
    from jsonb_to_recordset(${rowsText(rows)}::jsonb) as r(key bytea, target text, id uuid, version int, digest bytea, facts jsonb)
    on conflict (clinic_id, key) do nothing`);
}

/** A line that came again: its digest, and that this run has seen it. */
export async function renewKeys(
  db: Db,
  keys: readonly { key: string; digest: string | null; facts: KeyFacts }[],
  runId: string,
): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map((one) => ({ ...one, key: bytes(one.key), digest: one.digest ? bytes(one.digest) : null }));
  await db.run(sql`update clinic.import_key k set digest = r.digest, facts = r.facts, seen_run = ${runId}
    from jsonb_to_recordset(${rowsText(rows)}::jsonb) as r(key bytea, digest bytea, facts jsonb)
    where k.clinic_id = ${db.clinicId} and k.key = r.key`);
}

export async function markSeen(db: Db, keys: readonly string[], runId: string): Promise<void> {
  if (keys.length === 0) return;
  await db.run(sql`update clinic.import_key set seen_run = ${runId}
    where clinic_id = ${db.clinicId} and key = any(${keys.map(bytes)}::bytea[])`);
}

/** All keys of a row follow its version: what an import itself changed is not "changed here". Index: import_key_target. */
export async function setKeyVersions(db: Db, rows: readonly { id: string; version: number }[]): Promise<void> {
  if (rows.length === 0) return;
  await db.run(sql`update clinic.import_key k set version = r.version
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::int[]) as r(id, version)
    where k.clinic_id = ${db.clinicId} and k.target_id = r.id`);
}

export const deleteKeysOf = (db: Db, targetIds: readonly string[]) =>
  db.run(
    sql`delete from clinic.import_key where clinic_id = ${db.clinicId} and target_id = any(${[...targetIds]}::uuid[])`,
  );

export const deleteKeys = (db: Db, keys: readonly string[]) =>
  db.run(
    sql`delete from clinic.import_key where clinic_id = ${db.clinicId} and key = any(${keys.map(bytes)}::bytea[])`,
  );

/** What dry runs left, whichever way they ended. Index: import_key_dry. */
export const deleteDryKeys = (db: Db) =>
  db.run(sql`delete from clinic.import_key where clinic_id = ${db.clinicId} and dry`);
