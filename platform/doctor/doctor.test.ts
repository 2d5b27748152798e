// Method: an installation is broken in one way at a time, as a disk, a person or an attacker would, and examined.
import assert from "node:assert/strict";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import pg from "pg";
import { newKeyLine } from "../crypto/keys.ts";
import { connection } from "../database/bootstrap.ts";
import { StartProblem } from "../config/settings.ts";
import { schemaFolders } from "#product/contents.ts";
import { newClinic } from "#testing/clinic.ts";
import { testProduct } from "#testing/product.ts";
import { diskFinding, examine, exitOf } from "./examine.ts";
import type { Finding } from "./finding.ts";

const root = mkdtempSync(join(tmpdir(), "qms-doctor-"));
after(() => rmSync(root, { recursive: true, force: true }));

async function asSuperuser(text: string, values: unknown[] = []): Promise<void> {
  const { server } = await testProduct();
  const client = new pg.Client(connection(server, "postgres", "qms tests"));
  await client.connect();
  try {
    await client.query(text, values);
  } finally {
    await client.end();
  }
}

/** A data folder with the product's own root key. */
async function dataFolder(): Promise<string> {
  const { platform } = await testProduct();
  const data = mkdtempSync(join(root, "d-"));
  mkdirSync(join(data, "keys"));
  copyFileSync(join(platform.app.settings.data, "keys", "root.key"), join(data, "keys", "root.key"));
  chmodSync(join(data, "keys", "root.key"), 0o600);
  return data;
}

async function examined(o: { env?: NodeJS.ProcessEnv; folders?: readonly string[] } = {}): Promise<Finding[]> {
  const { server } = await testProduct();
  return examine({
    env: { QMS_DATA: await dataFolder(), ...o.env },
    folders: o.folders ?? schemaFolders,
    reach: () => Promise.resolve({ server, alone: false }),
  });
}
/** Codes of what is not well; this machine's own disk may be nearly full and is left aside. */
const bad = (findings: readonly Finding[]) =>
  findings
    .filter(({ state, code }) => state !== "ok" && code !== "E-DISK-01")
    .map(({ code, state }) => `${code} ${state}`);

/** Breaks the database, examines it, mends it. */
async function broken(damage: string, mend: string): Promise<string[]> {
  await asSuperuser(damage);
  try {
    return bad(await examined());
  } finally {
    await asSuperuser(mend);
  }
}

test("a sound installation passes every check, and each failed one says why and how to fix it", async () => {
  await newClinic();
  const findings = await examined();
  assert.deepEqual(bad(findings), []);
  assert(findings.length >= 15);
  assert.equal(exitOf(findings.filter(({ code }) => code !== "E-DISK-01")), 0);
});

test("settings that do not parse or are unknown are named", async () => {
  for (const [text, code] of [
    ["port = ", "E-CFG-01"],
    ["prot = 4400", "E-CFG-02"],
  ] as const) {
    const file = join(root, "qms.toml");
    writeFileSync(file, text);
    const [finding, ...others] = await examined({ env: { QMS_CONFIG: file } });
    assert.deepEqual([finding?.code, finding?.state, others.length], [code, "failed", 0]);
    assert(finding?.why && finding.fix);
  }
});

test(
  "a key file that others may read is named with the command that closes it",
  { skip: process.platform === "win32" },
  async () => {
    const data = await dataFolder();
    const file = join(data, "keys", "root.key");
    chmodSync(file, 0o644);
    const findings = await examined({ env: { QMS_DATA: data } });
    assert.deepEqual(bad(findings), ["E-CFG-04 failed", "E-KEY-01 failed"]);
    assert.equal(findings.find(({ code }) => code === "E-CFG-04")?.fix?.uk, `chmod 600 ${file}`);
    assert.equal(exitOf(findings), 1);
  },
);

test("a lost root key and one of another installation do not pass", async () => {
  const lost = await dataFolder();
  rmSync(join(lost, "keys", "root.key"));
  assert.deepEqual(bad(await examined({ env: { QMS_DATA: lost } })), ["E-KEY-01 failed"]);
  const other = await dataFolder();
  writeFileSync(join(other, "keys", "root.key"), newKeyLine("k1"));
  assert.deepEqual(bad(await examined({ env: { QMS_DATA: other } })), ["E-KEY-01 failed"]);
});

test("a database that cannot be reached is one finding, and the others still answer", async () => {
  const findings = await examine({
    env: { QMS_DATA: await dataFolder() },
    folders: schemaFolders,
    reach: () => Promise.reject(new StartProblem("PostgreSQL does not start: the disk is full.")),
  });
  assert.deepEqual(bad(findings), ["E-DB-01 failed"]);
  assert.match(findings.find(({ code }) => code === "E-DB-01")?.why?.en ?? "", /disk is full/);
});

test("walls that were taken down are named: row security, roles that pass it, roles that own tables", async () => {
  assert.deepEqual(
    await broken(
      "alter table clinic.visit no force row level security",
      "alter table clinic.visit force row level security",
    ),
    ["E-DB-04 failed"],
  );
  assert.deepEqual(await broken("alter role qms_app bypassrls", "alter role qms_app nobypassrls"), ["E-DB-03 failed"]);
  assert.deepEqual(
    await broken("alter table clinic.site owner to qms_worker", "alter table clinic.site owner to qms_owner"),
    ["E-DB-03 failed", "E-DB-03 failed"],
  );
});

test("a database of another release is named, whichever is newer", async () => {
  const insert = "insert into platform.migration (name, sha256) values ('20990101T0000-later.sql', 'x')";
  assert.deepEqual(await broken(insert, "delete from platform.migration where name like '2099%'"), ["E-DB-02 failed"]);
  assert.deepEqual(
    await broken(
      "alter table platform.migration rename to elsewhere",
      "alter table platform.elsewhere rename to migration",
    ),
    ["E-DB-02 failed", "E-DB-04 failed"],
  );
});

test("what waits for too long is graded: entries outside the log, dead jobs", async () => {
  const { clinic } = await newClinic();
  await asSuperuser(
    "insert into platform.dead_job (clinic_id, task, payload, error_code, tries) values ($1, 'react', '{}', 'x', 5)",
    [clinic.id],
  );
  const findings = await examined();
  assert.deepEqual(bad(findings), ["E-JOB-02 attention"]);
  assert.equal(exitOf(findings.filter(({ code }) => code !== "E-DISK-01")), 3);
  await asSuperuser("delete from platform.dead_job");
});

test("free space is graded at 15 and 3 per cent", () => {
  assert.deepEqual(
    [0.5, 0.16, 0.1, 0.02].map((share) => diskFinding(share * 1000, 1000).state),
    ["ok", "ok", "attention", "failed"],
  );
});

test("an examination changes nothing", async () => {
  const { server } = await testProduct();
  const client = new pg.Client(connection(server, "postgres", "qms tests"));
  await client.connect();
  const written = async () =>
    (
      await client.query<{ n: string }>(
        "select sum(n_tup_ins + n_tup_upd + n_tup_del) as n from pg_stat_user_tables where schemaname in ('clinic', 'identity', 'platform', 'ledger')",
      )
    ).rows[0]?.n;
  await client.query("select pg_stat_force_next_flush()");
  const before = await written();
  await examined();
  assert.equal(await written(), before);
  await client.end();
});
