import { sql } from "kysely";
import { bulkTable, rowsText, type BulkRow, type BulkTable, type RowImage } from "#platform/database/bulk.ts";
import type { Db } from "#platform/database/db.ts";

const own = bulkTable("clinic.patient", {
  code: "text",
  family: "bytea",
  given: "bytea",
  patronymic: "bytea",
  alias: "bytea",
  birth_date: "date",
  birth_date_accuracy: "text",
  sex: "text",
  address: "bytea",
  language: "text",
  deceased_on: "date",
  never_survey: "boolean",
  registered_via: "text",
  source_key: "text",
  extensions: "bytea",
});

const asRows = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : [];
const asTexts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
/** The rows that hang on patients, each with its patient's id. */
const hanging = (rows: readonly BulkRow[], name: "identifiers" | "contacts") =>
  rows.flatMap((row) => asRows(row[name]).map((one) => ({ ...one, patient_id: row.id })));

async function insertHanging(db: Db, rows: readonly BulkRow[]): Promise<void> {
  const tokens = rows.flatMap((row) => asTexts(row["tokens"]).map((tok) => ({ tok, patient: row.id })));
  if (tokens.length > 0)
    await db.run(sql`insert into clinic.patient_token (clinic_id, tok, patient_id)
      select ${db.clinicId}, t.* from unnest(${tokens.map(({ tok }) => tok)}::bigint[], ${tokens.map(({ patient }) => patient)}::uuid[]) as t
      on conflict do nothing`);
  const identifiers = hanging(rows, "identifiers");
  if (identifiers.length > 0)
    await db.run(sql`insert into clinic.patient_identifier (clinic_id, id, patient_id, kind, value, bidx, system, "check")
      select ${db.clinicId}, r.* from jsonb_to_recordset(${rowsText(identifiers)}::jsonb)
        as r(id uuid, patient_id uuid, kind text, value bytea, bidx bytea, system text, "check" text)`);
  const contacts = hanging(rows, "contacts");
  if (contacts.length > 0)
    await db.run(sql`insert into clinic.patient_contact (clinic_id, id, patient_id, kind, value, bidx, rank, owner, verified_at, dead_at)
      select ${db.clinicId}, r.id, r.patient_id, r.kind, r.value, r.bidx, coalesce(r.rank, 1), coalesce(r.owner, 'self'), r.verified_at, r.dead_at
      from jsonb_to_recordset(${rowsText(contacts)}::jsonb)
        as r(id uuid, patient_id uuid, kind text, value bytea, bidx bytea, rank int, owner text, verified_at timestamptz, dead_at timestamptz)`);
}

async function removeHanging(db: Db, ids: readonly string[]): Promise<void> {
  for (const table of ["clinic.patient_token", "clinic.patient_identifier", "clinic.patient_contact"])
    await db.run(
      sql`delete from ${sql.table(table)} where clinic_id = ${db.clinicId} and patient_id = any(${[...ids]}::uuid[])`,
    );
}

type Hanging = { patient_id: string; rows: unknown };

async function hangingOf(db: Db, ids: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>();
  const put = (name: string, rows: readonly Hanging[]) => {
    for (const { patient_id, rows: of } of rows) found.set(patient_id, { ...found.get(patient_id), [name]: of });
  };
  put(
    "tokens",
    await db.many(sql<Hanging>`select patient_id, jsonb_agg(tok::text order by tok) as rows from clinic.patient_token
      where clinic_id = ${db.clinicId} and patient_id = any(${[...ids]}::uuid[]) group by patient_id`),
  );
  for (const name of ["identifier", "contact"])
    put(
      `${name}s`,
      await db.many(
        sql<Hanging>`select patient_id, jsonb_agg(to_jsonb(t) - 'clinic_id' - 'patient_id' order by id) as rows
        from ${sql.table(`clinic.patient_${name}`)} t where clinic_id = ${db.clinicId} and patient_id = any(${[...ids]}::uuid[]) group by patient_id`,
      ),
    );
  return found;
}

/** Patients with their search tokens, identifiers and contacts: the members `tokens`, `identifiers` and `contacts` of a row. */
export const patientTable: BulkTable = {
  ...own,
  insert: async (db, rows) => {
    await own.insert(db, rows);
    await insertHanging(db, rows);
  },
  update: async (db, rows) => {
    const changed = await own.update(db, rows);
    await removeHanging(db, [...changed]);
    await insertHanging(
      db,
      rows.filter(({ id }) => changed.has(id)),
    );
    return changed;
  },
  restore: async (db, images) => {
    const restored = await own.restore(db, images);
    await removeHanging(db, [...restored]);
    await insertHanging(
      db,
      images.filter(({ id }) => restored.has(id)).map(({ id, row }) => ({ ...row, id })),
    );
    return restored;
  },
  images: async (db, ids) => {
    const rows = await own.images(db, ids);
    const more = await hangingOf(db, [...rows.keys()]);
    return new Map<string, RowImage>(
      [...rows].map(([id, image]) => [id, { ...image, row: { ...image.row, ...more.get(id) } }]),
    );
  },
};
