// Method: databases beside the test run's own, led by made-up folders of a schema and its migrations.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { schemaFolders } from "#product/contents.ts";
import { StartProblem } from "#platform/config/settings.ts";
import { connection, createDatabase, migrate, prepareDatabase } from "#platform/database/bootstrap.ts";
import { catalogueFaults } from "#platform/database/checks.ts";
import type { Server } from "#platform/database/embedded.ts";
import { atEnd, testServer } from "#testing/server.ts";
import { catalogueDifferences, catalogueLines } from "./compare.ts";

const root = join(import.meta.dirname, "..", "..");
let server: Server;
before(async () => ({ server } = await testServer()));

async function asSuperuser<T>(work: (client: pg.Client) => Promise<T>, database = "postgres"): Promise<T> {
  const client = new pg.Client(connection(server, "postgres", "qms tests", database));
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
let count = 0;
/** Name of a database that goes when the file's tests are over. */
function database(): Server {
  const name = `boot_${process.pid}_${++count}`;
  atEnd(() => asSuperuser((client) => client.query(`drop database if exists ${name} with (force)`)));
  return { ...server, database: name };
}
const scratch = mkdtempSync(join(tmpdir(), "qms-migrations-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A capability's folder as the repository would have it at some day. */
function capability(schema: string, steps: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(scratch, "c-"));
  writeFileSync(join(folder, "schema.sql"), schema);
  mkdirSync(join(folder, "migrations"));
  for (const [name, sql] of Object.entries(steps)) writeFileSync(join(folder, "migrations", name), sql);
  return relative(root, folder);
}
const table = (columns: string, more = "") => `
  create table clinic.room (clinic_id uuid not null default app.clinic_id(), id uuid not null default uuidv7(), ${columns}, primary key (clinic_id, id));
  select app_private.protect('clinic.room'); grant select on clinic.room to qms_app; ${more}`;
const first = table("name text not null");
const second = table(
  "name text not null, floor int not null default 0 check (floor > -5)",
  "create index room_floor on clinic.room (clinic_id, floor);",
);
const steps = {
  "20270114T0910-room-floor.sql": "alter table clinic.room add column floor int not null default 0 check (floor > -5);",
  "20270115T0910-room-floor-index.sql": "create index room_floor on clinic.room (clinic_id, floor);",
};
const linesOf = (of: Server) => asSuperuser((client) => catalogueLines(client), of.database);

test("migrations lead an older database to the catalogue of a new one, once and in order", async () => {
  const [old, fresh] = [database(), database()];
  await createDatabase(old, [...schemaFolders, capability(first)]);
  const today = [...schemaFolders, capability(second, steps)];
  assert.notDeepEqual(await linesOf(old), []);
  assert.equal(await prepareDatabase(old, today), "migrated");
  assert.equal(await prepareDatabase(fresh, today), "made");
  assert.deepEqual(catalogueDifferences(await linesOf(old), await linesOf(fresh)), []);
  assert.deepEqual([await migrate(old, today), await migrate(fresh, today)], [[], []]);
  assert.equal(await prepareDatabase(old, today), "current");
  assert.deepEqual(await catalogueFaults(old), []);
});

test("a step that fails is undone, those before it stand, and a changed or newer history is refused", async () => {
  const old = database();
  await createDatabase(old, [...schemaFolders, capability(first)]);
  const broken = { ...steps, "20270115T0910-room-floor-index.sql": "create table clinic.half (a int); select 1 / 0;" };
  await assert.rejects(migrate(old, [...schemaFolders, capability(second, broken)]), /20270115T0910-room-floor-index/);
  const half = await asSuperuser((client) => client.query("select to_regclass('clinic.half') as it"), old.database);
  assert.equal(half.rows[0].it, null);
  assert.deepEqual(await migrate(old, [...schemaFolders, capability(second, steps)]), [
    "20270115T0910-room-floor-index.sql",
  ]);
  const changed = { ...steps, "20270114T0910-room-floor.sql": "select 1" };
  const isSaid = (pattern: RegExp) => (error: unknown) => error instanceof StartProblem && pattern.test(error.message);
  await assert.rejects(
    migrate(old, [...schemaFolders, capability(second, changed)]),
    isSaid(/was changed after it had run/),
  );
  await assert.rejects(migrate(old, schemaFolders), isSaid(/comes from a newer QMS/));
  const twice = { "20270114T0910-a.sql": "select 1", "20270114T0910-b.sql": "select 1" };
  await assert.rejects(migrate(old, [...schemaFolders, capability(first, twice)]), /same minute/);
});
