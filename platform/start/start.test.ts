import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { createHash } from "node:crypto";
import pg from "pg";
import { freePort } from "#testing/port.ts";
import { dataFolder, removeAtEnd, startProduct } from "#testing/started.ts";

/** Processes whose command line names the folder. */
const processesOf = (data: string): string[] =>
  readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data);
    } catch {
      return false;
    }
  });

const settled = async (check: () => boolean, triesMax = 100): Promise<void> => {
  for (let tries = 0; tries < triesMax && !check(); tries++) await new Promise((done) => setTimeout(done, 50));
};

test("a first start in a path with spaces and Cyrillic letters, Ctrl-C, and a second start with everything there", async () => {
  const data = dataFolder("qms дані тут-");
  const first = await startProduct(data);
  await first.ready();
  assert.match(first.words(), /QMS is ready at http:\/\/127\.0\.0\.1:\d+ after .*sign in as/);
  assert.equal((await fetch(`http://127.0.0.1:${first.port}/readyz`)).status, 200);
  first.child.kill("SIGINT");
  assert.equal(await first.ended, 0, first.words());
  await settled(() => processesOf(data).length === 0);
  assert.deepEqual(processesOf(data), []);
  const second = await startProduct(data);
  await second.ready();
  second.child.kill("SIGTERM");
  assert.equal(await second.ended, 0, second.words());
});

test("killed hard, server or database, a new start finds everything", async () => {
  const data = dataFolder();
  const first = await startProduct(data);
  await first.ready();
  const pid = Number(readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  assert.equal(await first.ended, 1);
  assert.match(first.words(), /PostgreSQL ended by itself/);
  const second = await startProduct(data);
  await second.ready();
  killServer(data);
  await second.ended;
  const third = await startProduct(data);
  await third.ready();
  assert.equal((await fetch(`http://127.0.0.1:${third.port}/readyz`)).status, 200);
  const fourth = await startProduct(data);
  assert.equal(await fourth.ended, 1);
  assert.match(fourth.words(), /Another QMS runs on the data folder/);
  third.child.kill("SIGINT");
  await third.ended;
});

/** What the demo clinic always holds. */
const figures = { patients: 2400, visits: 9600, incidents: 211, answers: 5101, members: 46 };

/** Kills the server itself, not run.mjs: its parent passes nothing on when it dies so. */
function killServer(data: string): void {
  const [server] = processesOf("main.ts").filter(
    (one) =>
      readFileSync(`/proc/${one}/environ`, "utf8").includes(`QMS_DATA=${data}`) &&
      readFileSync(`/proc/${one}/cmdline`, "utf8").includes("disable-warning"),
  );
  process.kill(Number(server), "SIGKILL");
}

/** What the demo clinic holds, seen as superuser. */
async function figuresOf(data: string): Promise<unknown> {
  const run = createHash("sha256").update(data).digest("hex").slice(0, 8);
  const client = new pg.Client({
    host: join(tmpdir(), `qms-${process.getuid?.() ?? 0}-${run}`),
    user: "postgres",
    database: "qms",
    password: JSON.parse(readFileSync(join(data, "keys", "database.json"), "utf8")).postgres,
  });
  await client.connect();
  const { rows } = await client.query(`select (select count(*)::int from clinic.patient) as patients,
    (select count(*)::int from clinic.visit) as visits, (select count(*)::int from control.incident) as incidents,
    (select count(*)::int from feedback.response) as answers, (select count(*)::int from clinic.member) as members`);
  await client.end();
  return rows[0];
}

test("a first start killed half way begins anew, and a history cut short goes on to the same figures", async () => {
  const data = dataFolder();
  const first = await startProduct(data);
  while (!/platform \(/.test(first.words())) await new Promise((done) => setTimeout(done, 20));
  await new Promise((done) => setTimeout(done, 200));
  killServer(data);
  await first.ended;
  const second = await startProduct(data);
  await second.ready();
  assert.match(second.words(), /an earlier start was cut short/);
  await new Promise((done) => setTimeout(done, 500));
  killServer(data);
  await second.ended;
  const third = await startProduct(data);
  await settled(() => /demo history complete/.test(third.words()), 2400);
  assert.deepEqual(await figuresOf(data), figures);
  third.child.kill("SIGINT");
  assert.equal(await third.ended, 0);
});

async function refused(data: string, pattern: RegExp, more: Record<string, string> = {}): Promise<void> {
  const one = await startProduct(data, more);
  assert.equal(await one.ended, 1, one.words());
  assert.match(one.words(), pattern);
  assert.equal(
    one
      .words()
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("QMS, data in") && !line.startsWith("  ")).length,
    1,
    `one sentence: ${one.words()}`,
  );
}

test("a taken port, a foreign folder, a file, a newer version, a public address: one sentence each, nothing damaged", async () => {
  const port = await freePort();
  const holder: Server = createServer().listen(port, "127.0.0.1");
  await refused(dataFolder(), /Port \d+ is taken\. Stop what uses it, or choose another with QMS_PORT/, {
    QMS_PORT: String(port),
  });
  holder.close();
  const foreign = dataFolder();
  mkdirSync(foreign);
  writeFileSync(join(foreign, "photo.jpg"), "x");
  await refused(foreign, /holds other files \(photo\.jpg\) and no QMS installation/);
  assert.deepEqual(readdirSync(foreign), ["photo.jpg"]);
  const file = dataFolder();
  writeFileSync(file, "x");
  await refused(file, /is not a folder/);
  const newer = dataFolder();
  mkdirSync(newer);
  const text = JSON.stringify({ id: "x", version: 999, mode: "demo" });
  writeFileSync(join(newer, "installation.json"), text);
  await refused(newer, /comes from a newer QMS \(data version 999/);
  assert.equal(readFileSync(join(newer, "installation.json"), "utf8"), text);
  const demo = dataFolder();
  mkdirSync(demo);
  writeFileSync(join(demo, "installation.json"), JSON.stringify({ id: "x", version: 1, mode: "demo" }));
  await refused(demo, /is a demo installation, and QMS_MODE asks for live/, { QMS_MODE: "live" });
  await refused(dataFolder(), /listens on a loopback address or not at all/, { QMS_ADDRESS: "0.0.0.0" });
  await refused(dataFolder(), /A demo answers on a loopback address alone/, { QMS_ORIGIN: "https://demo.example" });
  await refused(dataFolder(), /QMS_PORT is "many"/, { QMS_PORT: "many" });
  await refused("/proc/qms/data", /cannot be made/);
});

test("a full disk: one sentence, nothing left behind", async (t) => {
  const mount = mkdtempSync(join(tmpdir(), "qms-full-"));
  removeAtEnd(mount);
  if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", mount]).status !== 0) {
    t.diagnostic("not run: a small disk cannot be mounted here");
    return;
  }
  try {
    await refused(join(mount, "data"), /is full\. Free some space/);
  } finally {
    spawnSync("umount", [mount]);
  }
});

test("as root below a folder that nobody may enter, it says so", { skip: process.getuid?.() !== 0 }, async () => {
  const path = mkdtempSync(join(tmpdir(), "qms-p-"));
  removeAtEnd(path);
  await refused(join(path, "data"), /nobody may not enter/);
});

test("two data folders at once", async () => {
  const both = await Promise.all([startProduct(dataFolder()), startProduct(dataFolder())]);
  await Promise.all(both.map((one) => one.ready()));
  for (const one of both) one.child.kill("SIGINT");
  assert.deepEqual(await Promise.all(both.map((one) => one.ended)), [0, 0]);
});

test("a rejection that nobody handles is written down and ends nothing", async () => {
  const data = dataFolder();
  const planted = join(dirname(data), "planted.mjs");
  const trigger = join(dirname(data), "now");
  // a module of the process itself, as a forgotten promise of ours or of a package would be
  writeFileSync(
    planted,
    `import { existsSync } from "node:fs";
    const timer = setInterval(() => {
      if (!process.argv[1]?.endsWith("main.ts") || !existsSync(${JSON.stringify(trigger)})) return;
      clearInterval(timer);
      Promise.reject(new Error("planted rejection"));
    }, 50);
    timer.unref();`,
  );
  const one = await startProduct(data, { NODE_OPTIONS: `--import=${planted}` });
  await one.ready();
  writeFileSync(trigger, "");
  await settled(() => one.words().includes("planted rejection"));
  assert.match(one.words(), /"level":50,.*planted rejection.*"msg":"a rejection that nobody handled"/);
  assert.equal(one.child.exitCode, null);
  assert.equal((await fetch(`http://127.0.0.1:${one.port}/readyz`)).status, 200);
  one.child.kill("SIGTERM");
  assert.equal(await one.ended, 0, one.words());
});

test("a demo refuses whatever came through somebody else's door", async () => {
  const one = await startProduct(dataFolder());
  await one.ready();
  const status = (headers: Record<string, string>): Promise<number> =>
    new Promise((done, failed) => {
      const asked = request({ host: "127.0.0.1", port: one.port, path: "/readyz", headers }, (response) => {
        response.resume();
        done(response.statusCode ?? 0);
      });
      asked.on("error", failed);
      asked.end();
    });
  assert.equal(await status({}), 200);
  for (const name of [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "via",
    "x-real-ip",
  ])
    assert.equal(await status({ [name]: "127.0.0.1" }), 421, name);
  assert.equal(await status({ host: "demo.example" }), 421);
  assert.equal(await status({ host: `localhost:${one.port}` }), 308);
  one.child.kill("SIGTERM");
  assert.equal(await one.ended, 0, one.words());
});
