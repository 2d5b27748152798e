import { createHash } from "node:crypto";
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Compilable,
  type DeleteQueryBuilder,
  type DeleteResult,
  type InsertQueryBuilder,
  type InsertResult,
  type RawBuilder,
  type SelectQueryBuilder,
  type UpdateQueryBuilder,
  type UpdateResult,
} from "kysely";
import type pg from "pg";
import { problem } from "#core/contract/problem.ts";
import { inOneFlight } from "./flight.ts";
import { newId } from "./ids.ts";
import type { DB } from "./types.ts";

/** Builds SQL and never connects: what runs it is our own executor, which sends named statements in one flight. */
export const builder = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The same builder without the schema's types: Kysely's conditional types cannot follow a generic table name. */
const untyped = builder as unknown as Kysely<Record<string, Record<string, unknown>>>;

export type Table = keyof DB;
/** A built query or an `sql` fragment. */
export type Query<O> = Compilable<O> | RawBuilder<O>;

/** The database as one transaction of one clinic sees it. */
export type Db = {
  /** `select … from table where clinic_id = $1` */
  from: <T extends Table>(table: T) => SelectQueryBuilder<DB, T, object>;
  insert: <T extends Table>(table: T) => InsertQueryBuilder<DB, T, InsertResult>;
  update: <T extends Table>(table: T) => UpdateQueryBuilder<DB, T, T, UpdateResult>;
  delete: <T extends Table>(table: T) => DeleteQueryBuilder<DB, T, DeleteResult>;
  /** The only row, or the problem with this code. */
  one: <O>(code: string, query: Query<O>) => Promise<O>;
  maybe: <O>(query: Query<O>) => Promise<O | null>;
  many: <O>(query: Query<O>) => Promise<O[]>;
  /** How many rows it touched. */
  run: (query: Query<unknown>) => Promise<number>;
  newId: () => string;
  clinicId: string | undefined;
};

const clinicSchemas =
  /"(?:clinic|knowledge|education|control|feedback|motivation|ledger)"\."|"platform"\."(?!installation)/;
const names = new Map<string, string>();

/** Name of a prepared statement: parsed once a connection. Checks once that a statement on clinic tables names the clinic. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  if (clinicSchemas.test(text) && !text.includes("clinic_id") && !text.includes('"clinic"."clinic"'))
    throw new Error(`a query on a clinic's table that does not name the clinic: ${text}`);
  const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
  names.set(text, name);
  return name;
}

/** Every statement this process has sent so far. */
export const statementsSent = (): string[] => [...names.keys()];

/** The clinic's own row is keyed by `id`, all others by `clinic_id`. */
const clinicColumn = (table: string): string => (table === "clinic.clinic" ? `${table}.id` : `${table}.clinic_id`);

/** The builders bound to one borrowed connection and one clinic. */
export function bindDb(client: pg.PoolClient, clinicId: string | undefined): Db {
  async function rows<O>(query: Query<O>): Promise<{ rows: O[]; rowCount: number | null }> {
    // built queries ignore the argument, fragments need it
    const compiled = (query as RawBuilder<O>).compile(builder);
    const result = await inOneFlight(client).query({
      name: nameOf(compiled.sql),
      text: compiled.sql,
      values: [...compiled.parameters],
    });
    return { rows: result.rows, rowCount: result.rowCount };
  }
  const own = (table: Table) => sql<boolean>`${sql.ref(clinicColumn(table))} = ${clinicId}`;
  const ofClinic = (): string => {
    if (clinicId === undefined) throw new Error("no clinic in this transaction");
    return clinicId;
  };
  return {
    from: (table: Table) => {
      ofClinic();
      // the row type is DB[T] all the same, see `untyped`
      return untyped.selectFrom<string>(table).where(own(table));
    },
    insert: <T extends Table>(table: T) => builder.insertInto(table),
    update: <T extends Table>(table: T) => {
      ofClinic();
      return untyped.updateTable<string>(table).where(own(table)) as unknown as UpdateQueryBuilder<
        DB,
        T,
        T,
        UpdateResult
      >; // as above
    },
    delete: <T extends Table>(table: T) => {
      ofClinic();
      return untyped.deleteFrom<string>(table).where(own(table)) as unknown as DeleteQueryBuilder<DB, T, DeleteResult>; // as above
    },
    one: async (code, query) => {
      const found = await rows(query);
      const first = found.rows[0];
      if (first === undefined) throw problem(code);
      return first;
    },
    maybe: async (query) => (await rows(query)).rows[0] ?? null,
    many: async (query) => (await rows(query)).rows,
    run: async (query) => (await rows(query)).rowCount ?? 0,
    newId,
    clinicId,
  };
}
