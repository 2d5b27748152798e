import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { machine } from "#core/contract/machine.ts";
import { connection } from "#platform/database/bootstrap.ts";
import { testServer } from "#testing/server.ts";
import { makeDocuments, makeQueries } from "./documents.ts";
import { pictureOf } from "./pages/picture.ts";
import { queriesPage, queriesPath, queryCatalogue } from "./pages/queries.ts";
import { folder } from "./product.ts";

const root = join(import.meta.dirname, "..", "..");
const { server, freshDatabase } = await testServer();

test("the committed documents are what the code gives (npm run generate writes them)", async () => {
  const pages = await makeDocuments(server);
  const committed = globSync(`${folder}/**/*.{md,svg,json}`, { cwd: root }).map((path) => path.replaceAll("\\", "/"));
  const expected = [...pages.keys(), queriesPath].filter((path) => path.startsWith(folder));
  assert.deepEqual(committed.toSorted(), expected.toSorted());
  for (const [path, text] of pages) assert.equal(readFileSync(join(root, path), "utf8"), text, path);
});

/** Tables of one row or none to speak of, which are read whole. */
const readWhole = ["revocation"];

test("every statement of the tour stands in the catalogue, and none reads a table whole that grows", async () => {
  const { plans, pages } = await makeQueries(await freshDatabase());
  const statementsOf = (text: string) =>
    [...text.matchAll(/```sql\n([\s\S]*?)\n```/g)].map(([, statement]) => statement);
  const committed = readFileSync(join(root, queriesPath), "utf8");
  // which of two equal indexes a plan takes may change with the day's rows; that there is one may not
  assert.deepEqual(statementsOf(committed), statementsOf(pages.get(queriesPath) ?? ""));
  assert.deepEqual(new Set(plans.flatMap(({ scans }) => scans)), new Set(readWhole));
  assert(plans.length > 100 && plans.some(({ indexes }) => indexes.includes("incident_time")));
});

test("making them twice gives the same", async () => {
  assert.deepEqual(await makeDocuments(server), await makeDocuments(server));
});

test("a picture shows every state and every move once, and no two labels stand on one another", () => {
  const light = machine("light", {
    red: { go: { to: "green", right: "system" }, break: { to: "dark", right: "system" } },
    green: { stop: { to: "red", right: "system" }, break: { to: "dark", right: "system" } },
    dark: {},
  });
  const svg = pictureOf(light);
  const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]+)</g)];
  assert.deepEqual(texts.map((found) => found[3] ?? "").toSorted(), [
    "break",
    "break",
    "dark",
    "go",
    "green",
    "red",
    "stop",
  ]);
  assert.equal(new Set(texts.map(([, x, y]) => `${x} ${y}`)).size, texts.length);
  assert.equal([...svg.matchAll(/class="move"/g)].length, 4);
});

test("a statement's plan names the index it can use, and the table it must read whole", async () => {
  const { database } = await freshDatabase();
  const client = new pg.Client(connection(server, "postgres", "qms tests", database));
  await client.connect();
  // on an empty table all indexes cost the same, so the plan says something only where there are rows
  await client.query(`insert into platform.event (clinic_id, name, payload)
    select '01890000-0000-7000-8000-000000000001', 'incident.closed', '{}' from generate_series(1, 3000); analyze platform.event`);
  const plans = await queryCatalogue(
    ["select at from platform.event where clinic_id = $1 and id = $2", "select at from platform.event where name = $1"],
    client,
  );
  await client.end();
  assert.deepEqual(
    plans.map(({ indexes, scans }) => [indexes, scans]),
    [
      [["event_pkey"], []],
      [[], ["event"]],
    ],
  );
  const page = queriesPage(plans).get(`${folder}/queries.md`) ?? "";
  assert.match(page, /By `event_pkey`\.[\s\S]*Reads the whole of `event`/);
});
