import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { connection } from "#platform/database/bootstrap.ts";
import { testServer } from "./server.ts";

test("each fresh database has the product's tables and none of another's rows", async () => {
  const { freshDatabase } = await testServer();
  const [first, second] = [await freshDatabase(), await freshDatabase()];
  assert.notEqual(first.database, second.database);
  const ask = async (database: string, text: string) => {
    const client = new pg.Client(connection(first, "postgres", "qms tests", database));
    await client.connect();
    const { rows } = await client.query<{ count: number }>(text);
    await client.end();
    return rows[0]?.count;
  };
  await ask(first.database, "insert into platform.migration (name, sha256) values ('planted', '')");
  const count = "select count(*)::int count from platform.migration where name = 'planted'";
  assert.deepEqual([await ask(first.database, count), await ask(second.database, count)], [1, 0]);
});

test("the server is found once a process", async () => {
  assert.equal(await testServer(), await testServer());
});
