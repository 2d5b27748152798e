import { sql } from "kysely";
import type { Db } from "./db.ts";

/** A row by its columns; bytes as Buffer, instants and days as ISO text. Members that are no column are passed over. */
export type BulkRow = { readonly id: string; readonly [column: string]: unknown };
/** A row as it stood: id, version and the columns as PostgreSQL writes them in JSON. */
export type RowImage = { id: string; version: number; row: Record<string, unknown> };

/** Many rows of one table in one statement each: what imports write by, whatever the number of rows. Every function works in the
 *  transaction's clinic alone and on the columns that the table's owner listed. */
export type BulkTable = {
  table: string;
  insert: (db: Db, rows: readonly BulkRow[]) => Promise<void>;
  /** Changes rows whose version is still the one given, and raises it by one. Returns the ids it changed. */
  update: (db: Db, rows: readonly (BulkRow & { readonly version: number })[]) => Promise<Set<string>>;
  /** Puts rows back as an image had them, version included, if they stand at `from`. Returns the ids it put back. */
  restore: (db: Db, images: readonly (RowImage & { from: number })[]) => Promise<Set<string>>;
  /** Removes rows that still have this version. Returns the ids it removed. */
  remove: (db: Db, rows: readonly { id: string; version: number }[]) => Promise<Set<string>>;
  images: (db: Db, ids: readonly string[]) => Promise<Map<string, RowImage>>;
};

/** Rows as one JSON parameter; bytes in PostgreSQL's hexadecimal form. */
export const rowsText = (rows: readonly Record<string, unknown>[]): string =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value,
        ]),
      ),
    ),
  );

/** Names a table's columns for bulk work; `columns`: name → SQL type. The table must have clinic_id, id and version. */
export function bulkTable(table: string, columns: Readonly<Record<string, string>>): BulkTable {
  const names = Object.keys(columns);
  const list = (prefix = "") => sql.raw(names.map((name) => `${prefix}"${name}"`).join(", "));
  const shape = sql.raw(
    `(id uuid, version int, "from" int, ${names.map((name) => `"${name}" ${columns[name]}`).join(", ")})`,
  );
  const sets = sql.raw(names.map((name) => `"${name}" = r."${name}"`).join(", "));
  const own = sql.table(table);
  const ids = (rows: { id: string }[]): Set<string> => new Set(rows.map(({ id }) => id));
  return {
    table,
    insert: async (db, rows) => {
      if (rows.length === 0) return;
      await db.run(sql`insert into ${own} (clinic_id, id, ${list()})
        select ${db.clinicId}, r.id, ${list("r.")} from jsonb_to_recordset(${rowsText(rows)}::jsonb) as r${shape}`);
    },
    update: async (db, rows) =>
      rows.length === 0
        ? new Set()
        : ids(
            await db.many(sql<{ id: string }>`update ${own} t set ${sets}, version = t.version + 1
              from jsonb_to_recordset(${rowsText(rows)}::jsonb) as r${shape}
              where t.clinic_id = ${db.clinicId} and t.id = r.id and t.version = r.version returning t.id`),
          ),
    restore: async (db, images) =>
      images.length === 0
        ? new Set()
        : ids(
            await db.many(sql<{ id: string }>`update ${own} t set ${sets}, version = r.version
              from jsonb_to_recordset(${rowsText(images.map(({ id, version, from, row }) => ({ ...row, id, version, from })))}::jsonb) as r${shape}
              where t.clinic_id = ${db.clinicId} and t.id = r.id and t.version = r."from" returning t.id`),
          ),
    remove: async (db, rows) =>
      rows.length === 0
        ? new Set()
        : ids(
            await db.many(sql<{ id: string }>`delete from ${own} t
              using unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ version }) => version)}::int[]) as r(id, version)
              where t.clinic_id = ${db.clinicId} and t.id = r.id and t.version = r.version returning t.id`),
          ),
    images: async (db, wanted) => {
      if (wanted.length === 0) return new Map();
      const rows = await db.many(sql<RowImage>`select id, version, to_jsonb(r) as row
        from (select id, version, ${list()} from ${own} where clinic_id = ${db.clinicId} and id = any(${[...wanted]}::uuid[])) r`);
      return new Map(rows.map((row) => [row.id, row]));
    },
  };
}
