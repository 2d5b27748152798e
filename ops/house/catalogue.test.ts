import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import pg from "pg";
import { schemaFolders } from "#product/contents.ts";
import { connection, createDatabase, prepareDatabase } from "#platform/database/bootstrap.ts";
import { testServer } from "#testing/server.ts";
import { databaseTypes } from "../generate/types.ts";
import { catalogueFaults, ruleNames } from "./catalogue.ts";
import { catalogueDifferences, catalogueLines } from "./compare.ts";
import { listOf, root } from "./sources.ts";

const { server, freshDatabase } = await testServer();

/** Runs `work` as superuser in a transaction that is taken back. */
async function inside<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection(server, "postgres", "qms tests", database));
  await client.connect();
  try {
    await client.query("begin");
    return await work(client);
  } finally {
    await client.query("rollback");
    await client.end();
  }
}

/** A table of a clinic as it should be; what follows in a test spoils one thing. */
const good = `create table control.planted (clinic_id uuid not null, id uuid not null, other uuid, period tstzrange, primary key (clinic_id, id));
  select app_private.protect('control.planted');`;

const planted: [rule: string, spoils: string][] = [
  ["a table of a clinic has clinic_id uuid not null", "create table control.bare (id uuid primary key);"],
  ["clinic_id stands first in every primary and unique key", "create unique index on control.planted (other);"],
  ["a table has a primary key", "alter table control.planted drop constraint planted_pkey;"],
  [
    "a foreign key of a clinic's table is composite and begins with clinic_id on both sides",
    "alter table control.planted add unique (id); alter table control.planted add foreign key (other) references control.planted (id);",
  ],
  [
    "every foreign key has an index that begins with its columns",
    "alter table control.planted add foreign key (clinic_id, other) references control.planted (clinic_id, id);",
  ],
  ["row-level security is enabled and forced", "alter table control.planted no force row level security;"],
  [
    "one policy, clinic_id = app.clinic_id(), for reading and writing",
    "create policy more on control.planted using (other is null);",
  ],
  [
    "a table without clinic_id is closed by the id of its person or clinic",
    "alter policy person on identity.credential using (true);",
  ],
  [
    "no policy holds a sub-select",
    "create policy more on control.planted using (other in (select id from clinic.member));",
  ],
  ["no sequences: ids are UUIDs, codes come from a counter row", "create sequence control.numbers;"],
  ["no materialised views", "create materialized view control.monthly as select 1 as a;"],
  [
    "a view reads as its reader (security_invoker)",
    "create view control.fact_planted as select * from control.planted;",
  ],
  [
    "an exclusion constraint compares clinic_id with =",
    "alter table control.planted add exclude using gist (period with &&);",
  ],
  [
    "a definer function sets its search_path and is not open to public",
    "create function app.peek() returns int language sql security definer as 'select 1'; revoke all on function app.peek() from public;",
  ],
  ["roles that serve people cannot pass row security or make roles", "alter role qms_app bypassrls;"],
  ["who may pass row security logs in nowhere and has no members", "grant qms_lookup to qms_app;"],
  ["roles that serve people own nothing", "alter table control.planted owner to qms_app;"],
  ["roles that serve people may not truncate", "grant truncate on control.planted to qms_worker;"],
  ["roles that serve people may make nothing", "grant create on schema control to qms_app;"],
];

describe("the catalogue", () => {
  test("keeps every rule that walls between clinics and spreading by clinic stand on", async () => {
    assert.equal(listOf(await inside(server.database, catalogueFaults)), "");
  });

  test("each rule has a planted violation", () => {
    assert.deepEqual(
      planted.map(([rule]) => rule),
      ruleNames,
    );
  });

  for (const [rule, spoils] of planted)
    test(`planted: ${rule}`, async () => {
      const { before, after } = await inside(server.database, async (client) => {
        await client.query(good);
        const faultless = await catalogueFaults(client);
        await client.query(spoils);
        return { before: faultless, after: await catalogueFaults(client) };
      });
      assert.equal(listOf(before.filter(({ path }) => path.includes("planted"))), "");
      assert.ok(
        after.length > before.length && after.some(({ what }) => what === rule),
        `not caught; found: ${listOf(after)}`,
      );
    });
});

async function drop(database: string): Promise<void> {
  const client = new pg.Client(connection(server, "postgres", "qms tests", "postgres"));
  await client.connect();
  await client.query(`drop database ${database} with (force)`);
  await client.end();
}

describe("two routes to one schema", () => {
  test("a database made anew has the catalogue of the one that was copied", async () => {
    const copied = await freshDatabase();
    const made = `made_${process.pid}`;
    await createDatabase(server, schemaFolders, { database: made });
    try {
      const lines = [await inside(copied.database, catalogueLines), await inside(made, catalogueLines)] as const;
      assert.ok(lines[0].length > 500, "a comparison of nothing would always agree");
      assert.deepEqual(catalogueDifferences(...lines), []);
    } finally {
      await drop(made);
    }
  });

  test("migrations lead the database of an older release to the catalogue of a new one", async () => {
    const old = { ...server, database: `older_${process.pid}` };
    await createDatabase(old, schemaFolders, {
      schema: (folder) => {
        const file = join(root, "ops", "house", "older", `${folder.replaceAll("/", ".")}.sql`);
        return existsSync(file) ? readFileSync(file, "utf8") : "";
      },
    });
    try {
      const before = await inside(old.database, catalogueLines);
      const today = await inside(server.database, catalogueLines);
      assert.notDeepEqual(catalogueDifferences(before, today), [], "an older release that is no older proves nothing");
      assert.equal(await prepareDatabase(old, schemaFolders), "migrated");
      assert.deepEqual(catalogueDifferences(await inside(old.database, catalogueLines), today), []);
      assert.equal(await prepareDatabase(old, schemaFolders), "current");
    } finally {
      await drop(old.database);
    }
  });

  const differences: [what: string, sql: string][] = [
    ["a column", "alter table control.incident add column planted text"],
    ["a default", "alter table control.incident alter state drop default"],
    ["a check", "alter table control.incident drop constraint lesson_when_closed"],
    ["an index", "drop index control.incident_open"],
    ["a policy", "alter policy clinic on control.incident using (true)"],
    ["forced security", "alter table control.incident no force row level security"],
    ["a grant on a table", "grant delete on control.incident to qms_app"],
    ["a grant on a column", "grant update (code) on control.incident to qms_audit"],
    [
      "a view",
      "create or replace view clinic.fact_clinic with (security_invoker = true) as select id as clinic_id, slug, name, zone, 'uk'::text as locale from clinic.clinic",
    ],
    [
      "a function",
      "create or replace function app.drop_key(k text) returns void language sql security definer set search_path = '' as 'select null::void'",
    ],
    ["a trigger", "drop trigger written_once on ledger.entry"],
  ];
  for (const [what, sql] of differences)
    test(`planted: ${what} that differs is seen`, async () => {
      const before = await inside(server.database, catalogueLines);
      const after = await inside(server.database, async (client) => {
        await client.query(sql);
        return catalogueLines(client);
      });
      assert.notDeepEqual(catalogueDifferences(before, after), []);
    });
});

test("platform/database/types.ts is what the catalogue gives (npm run generate writes it)", async () => {
  const file = readFileSync(join(root, "platform/database/types.ts"), "utf8");
  assert.equal(file, await databaseTypes(server, server.database));
});
