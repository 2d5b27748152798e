import { spawnSync } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { append, emptyEdge, edgeRoot, hashAtTiles, tilesForInclusion, type Tile } from "#core/ledger/tiles.ts";
import { inclusionProof, verifyInclusion, type Hash } from "#core/ledger/tree.ts";
import { actAs, whoActs } from "#cli/act.ts";
import { exportLedger } from "#cli/export-ledger.ts";
import { openTool, type Tool } from "#cli/open-tool.ts";
import { connection } from "#platform/database/bootstrap.ts";
import { schemaFolders } from "#product/contents.ts";
import { demoSlug } from "#product/demo/make-demo.ts";
import { product } from "#product/product.ts";
import { pinTo, subjectCore } from "./lib/box.ts";
import { print, quantile } from "./lib/print.ts";
import { startSubject } from "./lib/subject.ts";

const appendSeconds = Number(process.env["BENCH_SECONDS"] ?? 60);
/** Requests whose entries are in flight together. */
const atOnce = 32;
const sequenced = 100_000;
const verified = 1_000_000;
const proven = 10_000_000;
const proofs = 200;

const sha256 = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(bytes).digest());

/** The access ledger's own work on one core with PostgreSQL: entries a second, sequenced a second, a million verified, a proof out of ten million. */
export async function ledger(): Promise<void> {
  pinTo(subjectCore);
  const folder = mkdtempSync(join(tmpdir(), "qms-l-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  await (await startSubject({ data, history: false })).stop();
  const tool = await openTool({ env: { ...process.env, QMS_DATA: data }, product, schemaFolders });
  try {
    await appended(tool);
    await sequencedAndVerified(tool, folder);
    await provenOf(tool);
  } finally {
    await tool.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As many reads' entries as will go, each durable before the next of its turn, while the log is sequenced every second. */
async function appended({ platform }: Tool): Promise<void> {
  const { app, sequencer } = platform;
  const who = await whoActs(app, { slug: demoSlug });
  const clinic = who.clinic.id;
  const member = who.member.id ?? undefined;
  const turning = setInterval(() => void sequencer.once(), 1000);
  const began = performance.now();
  const until = began + appendSeconds * 1000;
  let count = 0;
  const one = async () => {
    while (performance.now() < until) {
      const about = [{ t: "visit", i: `VIS-${++count}` }];
      const what = { act: "visit.read", kind: "read", who: member ?? "", via: "http", about, outcome: 0 } as const;
      await app.readWriter.write({ clinic, member, draft: { what, detail: null } });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const perSecond = (count * 1000) / (performance.now() - began);
  clearInterval(turning);
  await app.ledger.drain(clinic);
  print({
    bench: "ledger",
    metric: `append-${appendSeconds}s`,
    value: perSecond,
    unit: "entries/s",
    bar: ">=1000",
    ok: perSecond >= 1000,
  });
}

async function sequencedAndVerified({ platform, server }: Tool, folder: string): Promise<void> {
  const { app, sequencer } = platform;
  const who = await whoActs(app, { slug: demoSlug });
  const clinic = who.clinic.id;
  const admin = new pg.Client(connection(server, "postgres", "bench ledger"));
  await admin.connect();
  const fill = (count: number) =>
    admin.query(
      `insert into ledger.outbox (clinic_id, what) select $1, jsonb_build_object('act', 'visit.read', 'kind', 'read', 'who', $2::text, 'via', 'http',
        'about', jsonb_build_array(jsonb_build_object('t', 'visit', 'i', 'VIS-' || n)), 'outcome', 0) from generate_series(1, $3::int) n`,
      [clinic, who.member.id, count],
    );
  await fill(sequenced);
  const began = performance.now();
  await sequencer.once();
  const perSecond = (sequenced * 1000) / (performance.now() - began);
  print({
    bench: "ledger",
    metric: "sequence",
    value: perSecond,
    unit: "entries/s",
    bar: ">=10000",
    ok: perSecond >= 10_000,
  });
  const { rows } = await admin.query<{ n: number }>(
    "select count(*)::int as n from ledger.entry where clinic_id = $1",
    [clinic],
  );
  await fill(Math.max(0, verified - (rows[0]?.n ?? 0)));
  await admin.end();
  await sequencer.once();
  const file = join(folder, "bundle.ndjson.gz");
  const { size } = await exportLedger({ act: actAs(app, who), slug: demoSlug, to: file });
  const started = performance.now();
  const verifier = join(import.meta.dirname, "..", "cli", "ledger-verify.mjs");
  const done = spawnSync(process.execPath, [verifier, file, "--key", app.ledger.vkey], { encoding: "utf8" });
  const seconds = (performance.now() - started) / 1000;
  if (!done.stdout.startsWith(`ok ${size} `))
    throw new Error(`the bundle did not verify: ${done.stdout.slice(0, 200)}`);
  print({
    bench: "ledger",
    metric: `verify-${size}`,
    value: seconds,
    unit: "s",
    bar: "<15",
    ok: seconds < 15,
  });
}

/** Tiles of a log of ten million random leaves are stored, and proofs of random leaves made from what the database gives. */
async function provenOf({ platform, server }: Tool): Promise<void> {
  const clinic = randomUUID();
  const admin = new pg.Client(connection(server, "postgres", "bench ledger"));
  await admin.connect();
  let edge = emptyEdge;
  const partial = new Map<number, Tile>();
  const keep = (tiles: readonly Tile[]) =>
    admin.query(
      `insert into ledger.tile (clinic_id, lvl, n, w, data) select $1, * from unnest($2::int[], $3::bigint[], $4::int[], $5::bytea[])`,
      [
        clinic,
        tiles.map(({ level }) => level),
        tiles.map(({ index }) => String(index)),
        tiles.map(({ width }) => width),
        tiles.map(({ data }) => Buffer.from(data)),
      ],
    );
  const batch = 25_600;
  for (let at = 0; at < proven; at += batch) {
    const bytes = new Uint8Array(randomBytes(Math.min(batch, proven - at) * 32));
    const leaves = Array.from({ length: bytes.length / 32 }, (_, n) => bytes.slice(n * 32, n * 32 + 32));
    const grown = append(sha256, edge, leaves);
    edge = grown.edge;
    await keep(grown.tiles.filter(({ width }) => width === 256));
    for (const tile of grown.tiles.filter(({ width }) => width < 256)) partial.set(tile.level, tile);
  }
  await keep([...partial.values()]);
  await admin.query("analyze ledger.tile");
  await admin.end();
  const root = edgeRoot(sha256, edge);
  const times: number[] = [];
  for (let turn = 0; turn < proofs; turn++) {
    const index = BigInt(Math.floor(Math.random() * proven));
    const began = performance.now();
    const found = await proofFrom(platform.app.database, { clinic, index, size: edge.size });
    times.push(performance.now() - began);
    if (!verifyInclusion(sha256, { leaf: found.leaf, index, size: edge.size, root, proof: found.proof }))
      throw new Error(`the proof of ${index} does not hold`);
  }
  const p99 = quantile(times, 0.99);
  print({ bench: "ledger", metric: `proof-p99-of-${proven}`, value: p99, unit: "ms", bar: "<50", ok: p99 < 50 });
}

type Where = { clinic: string; index: bigint; size: bigint };

async function proofFrom(
  database: Tool["platform"]["app"]["database"],
  { clinic, index, size }: Where,
): Promise<{ leaf: Hash; proof: Hash[] }> {
  const wanted = tilesForInclusion(index, size);
  const tiles = await database.transaction(
    { clinic },
    async (db) => {
      const rows = await db.many(
        db
          .from("ledger.tile")
          .select(["lvl", "n", "w", "data"])
          .where((where) =>
            where.or(
              wanted.map((one) =>
                where.and([
                  where("lvl", "=", one.level),
                  where("n", "=", Number(one.index)),
                  where("w", "=", one.width),
                ]),
              ),
            ),
          ),
      );
      return rows.map((row) => ({
        level: row.lvl,
        index: BigInt(row.n),
        width: row.w,
        data: new Uint8Array(row.data),
      }));
    },
    { read: true },
  );
  const hashAt = hashAtTiles(sha256, tiles);
  return { leaf: hashAt(0, index), proof: inclusionProof(sha256, hashAt, { index, size }) };
}
