// Method: a clinic's ledger is filled by real requests and exported; then a superuser changes the database in each of the ways a thief
// with the server could, and the export of the changed database goes through the verifier as a process of its own.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { beginImport, finishImport } from "#product/clinic/imports/contract.ts";
import { connection } from "#platform/database/bootstrap.ts";
import { newClinic, type Cast } from "#testing/clinic.ts";
import { actAs, whoActs, type Act } from "./act.ts";
import { exportLedger } from "./export-ledger.ts";

const verifier = fileURLToPath(new URL("ledger-verify.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "qms-export-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function verify(...words: string[]): { code: number | null; first: string } {
  const done = spawnSync(process.execPath, [verifier, ...words], { encoding: "utf8" });
  return { code: done.status, first: done.stdout.split("\n")[0] ?? "" };
}

/** Fills the ledger of a clinic with real acts. */
async function acts({ marta }: Cast, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const body = { fileName: `f${at}`, source: "one" };
    const { id } = await marta.send(beginImport, { body, key: randomUUID() });
    await marta.send(finishImport, { params: { id }, body: {} });
  }
}

type Story = {
  cast: Cast;
  act: Act;
  bundle: () => Promise<string>;
  sql: (text: string) => Promise<unknown[][]>;
  key: string;
};

async function story(): Promise<Story> {
  const cast = await newClinic();
  const { app } = cast.product.platform;
  const act = actAs(app, await whoActs(app, { slug: cast.clinic.slug }));
  let count = 0;
  const bundle = async () => {
    const to = join(folder, `${cast.clinic.slug}-${++count}.ndjson.gz`);
    await exportLedger({ act, slug: cast.clinic.slug, to });
    return to;
  };
  const sql = async (text: string) => {
    const client = new pg.Client(connection(cast.product.server, "postgres", "qms tests"));
    await client.connect();
    try {
      await client.query("set session_replication_role = replica");
      const named = text.replaceAll("$clinic", client.escapeLiteral(cast.clinic.id));
      return (await client.query<unknown[]>({ text: named, rowMode: "array" })).rows;
    } finally {
      await client.end();
    }
  };
  return { cast, act, bundle, sql, key: app.ledger.vkey };
}

test("an export verifies alone as far as it goes, and wholly beside an earlier one", async () => {
  const { cast, bundle, key } = await story();
  await acts(cast, 6);
  const earlier = await bundle();
  assert.equal(verify(earlier).code, 3);
  await acts(cast, 3);
  const later = await bundle();
  const whole = verify(later, "--since", earlier, "--key", key);
  assert.deepEqual([whole.code, whole.first.split(" ")[0]], [0, "ok"]);
  // the export itself is in the ledger: 12 acts, the first export, 6 acts more
  assert.equal(whole.first.split(" ")[1], "19");
  assert.equal(verify(later, "--since", earlier, "--key", key.replace("+", "-x+")).code, 2);
});

test("more than one tile and page of entries come out whole", async () => {
  const { cast, bundle, sql, key } = await story();
  await acts(cast, 1);
  await sql(
    `insert into ledger.outbox (clinic_id, what) select $clinic, '{"act":"x.y","kind":"read","who":"public","via":"http","outcome":0}' from generate_series(1, 1500)`,
  );
  const path = await bundle();
  const { first } = verify(path, "--key", key);
  assert.deepEqual(first.split(" ").slice(0, 2), ["ok", "1502"]);
});

const changes: { name: string; sql: string; bad: string }[] = [
  {
    name: "an edited body",
    sql: `update ledger.entry set body = convert_to(replace(convert_from(body, 'UTF8'), 'import.begin', 'import.list'), 'UTF8') where clinic_id = $clinic and seq = 4`,
    bad: "bad 4",
  },
  { name: "a deleted entry", sql: "delete from ledger.entry where clinic_id = $clinic and seq = 5", bad: "bad 5" },
  {
    name: "two entries swapped",
    sql: `update ledger.entry a set body = b.body, leaf = b.leaf from ledger.entry b
      where a.clinic_id = $clinic and b.clinic_id = $clinic and (a.seq, b.seq) in ((3, 6), (6, 3))`,
    bad: "bad 3",
  },
  {
    name: "a back-dated entry",
    sql: `update ledger.entry set body = convert_to(regexp_replace(convert_from(body, 'UTF8'), '"at":"20..', '"at":"2019'), 'UTF8') where clinic_id = $clinic and seq = 7`,
    bad: "bad 7",
  },
  {
    name: "an edited body whose stored leaf and tile were changed with it",
    sql: `update ledger.entry set body = convert_to(replace(convert_from(body, 'UTF8'), '"outcome":0', '"outcome":4'), 'UTF8') where clinic_id = $clinic and seq = 2;
      update ledger.entry set leaf = sha256('\\x00'::bytea || body) where clinic_id = $clinic and seq = 2;
      update ledger.tile t set data = overlay(data placing (select leaf from ledger.entry where clinic_id = $clinic and seq = 2) from 65)
        where clinic_id = $clinic and lvl = 0 and n = 0 and w > 2`,
    bad: "bad 2",
  },
];

for (const { name, sql: change, bad } of changes)
  test(`${name} in the database is found with its index`, async () => {
    const { cast, bundle, sql, key } = await story();
    // each act is sequenced by itself, so that checkpoints stand close together
    for (let at = 0; at < 6; at++) {
      await acts(cast, 1);
      await cast.product.platform.sequencer.once();
    }
    await sql(change);
    const found = verify(await bundle(), "--key", key);
    assert.equal(found.code, 1, found.first);
    assert.equal(found.first.split(" ").slice(0, 2).join(" "), bad, found.first);
  });

test("a log cut short, and one that went another way, are found beside an earlier export", async () => {
  const { cast, bundle, sql, key } = await story();
  for (let at = 0; at < 6; at++) {
    await acts(cast, 1);
    await cast.product.platform.sequencer.once();
  }
  const earlier = await bundle();
  // the product's own sequencer may have run in between, so the cut is made where a checkpoint really stands
  const [[size] = []] = await sql(
    "select max(size)::int from ledger.checkpoint where clinic_id = $clinic and size <= 6",
  );
  assert(typeof size === "number" && size > 0);
  for (const cut of [`entry where seq >= ${size}`, `checkpoint where size > ${size}`, `tile where w > ${size}`])
    await sql(`delete from ledger.${cut} and clinic_id = $clinic`);
  // what is left is a sound log of its own: only what was kept outside can tell
  const short = await bundle();
  assert.equal(verify(short, "--key", key).code, 3);
  assert.equal(verify(short, "--since", earlier).first.split(" ").slice(0, 2).join(" "), `bad ${size}`);
  await acts(cast, 6);
  const forked = await bundle();
  const fork = verify(forked, "--since", earlier);
  assert.deepEqual([fork.code, fork.first.split(" ").slice(0, 2).join(" ")], [1, `bad ${size}`], fork.first);
});

test("only those who may export do", async () => {
  const cast = await newClinic();
  const { app } = cast.product.platform;
  const who = await whoActs(app, { slug: cast.clinic.slug });
  const act = actAs(app, { ...who, member: { ...who.member, types: ["quality"] } });
  await assert.rejects(exportLedger({ act, slug: "x", to: join(folder, "none.gz") }), { code: "right.missing" });
  await assert.rejects(whoActs(app, { slug: "no-such-clinic" }), { code: "clinic.unknown" });
  await assert.rejects(whoActs(app, { slug: cast.clinic.slug, login: "nobody@cast.example" }), {
    code: "member.unknown",
  });
});
