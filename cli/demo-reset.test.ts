// Method: the command as a person runs it, on a data folder that the product itself made.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { z } from "zod";
import { connection, dataVersion } from "#platform/database/bootstrap.ts";
import { startEmbedded } from "#platform/database/embedded.ts";
import { holdFolder } from "#platform/start/folder.ts";
import { dataFolder, startProduct } from "#testing/started.ts";

const root = join(import.meta.dirname, "..");

function reset(data: string, words: readonly string[], input = ""): { code: number | null; out: string; err: string } {
  const done = spawnSync(process.execPath, [join(root, "cli", "qms.mjs"), "demo", "reset", ...words], {
    encoding: "utf8",
    env: { ...process.env, QMS_DATA: data, QMS_TEST_SERVER: "", LC_ALL: "en_US.UTF-8" },
    input,
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}
const installation = z.object({ id: z.string() });
const idOf = (data: string): string =>
  installation.parse(JSON.parse(readFileSync(join(data, "installation.json"), "utf8"))).id;

test("a demo is removed when nobody runs it and somebody confirms, and the next start makes another", async () => {
  const data = dataFolder();
  const none = reset(data, ["--yes"]);
  assert.deepEqual([none.code, none.out], [1, ""]);
  assert.match(none.err, /There is no QMS in/);
  const first = await startProduct(data);
  await first.ready();
  const before = idOf(data);
  const running = reset(data, ["--yes", "--json"]);
  assert.deepEqual([running.code, JSON.parse(running.out).error.code], [1, "demo.running"]);
  assert.equal((await fetch(`http://127.0.0.1:${first.port}/readyz`)).status, 200);
  first.child.kill("SIGTERM");
  await first.ended;

  for (const input of ["", "\n", "yes\n", "resett\n"]) {
    const unsure = reset(data, ["--lang", "uk"], input);
    assert.deepEqual([unsure.code, unsure.out], [1, ""], input);
    assert.match(unsure.err, /demo\.not-confirmed.*Не підтверджено, нічого не змінено/, input);
  }
  assert.deepEqual([reset(data, ["now"]).code, reset(data, ["--force"]).code], [2, 2]);
  assert.equal(idOf(data), before);
  const done = reset(data, [], "reset\n");
  assert.deepEqual([done.code, done.err.includes("type reset")], [0, true]);
  assert.match(done.out, /is removed\. npm start makes it anew/);
  assert(
    !["postgres", "keys", "files", "installation.json"].some((name) => existsSync(join(data, name))),
    readdirSync(data).join(),
  );

  const second = await startProduct(data);
  await second.ready();
  assert.notEqual(idOf(data), before);
  second.child.kill("SIGTERM");
  await second.ended;

  // a database that has turned live, whatever the file beside it says
  const held = await holdFolder(data, { version: dataVersion });
  const server = await startEmbedded(held.data, held.run);
  const client = new pg.Client({ ...connection(server, "postgres", "test") });
  await client.connect();
  await client.query("update platform.installation set mode = 'live'");
  await client.end();
  await server.stop();
  held.release();
  const live = reset(data, ["--yes"]);
  assert.equal(live.code, 1);
  assert.match(live.err, /demo\.live/);
  assert(existsSync(join(data, "postgres", "PG_VERSION")));
});

test("a folder marked live, of another product or of a newer QMS is left as it is", () => {
  const files = (text: string): string => {
    const data = dataFolder();
    mkdirSync(data);
    writeFileSync(join(data, "installation.json"), text);
    return data;
  };
  const live = files(JSON.stringify({ id: "x", version: 1, mode: "live" }));
  assert.match(reset(live, ["--yes"]).err, /demo\.live/);
  for (const text of ['{"name":"photos"}', "nonsense", JSON.stringify({ id: "x", version: 999, mode: "demo" })]) {
    const data = files(text);
    assert.equal(reset(data, ["--yes"]).code, 1, text);
    assert.equal(readFileSync(join(data, "installation.json"), "utf8"), text);
  }
});
