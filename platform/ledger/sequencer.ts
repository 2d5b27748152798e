import { createHash, createPrivateKey, createPublicKey, sign as ed25519, type KeyObject } from "node:crypto";
import { sql } from "kysely";
import { formatCheckpoint, originOf } from "#core/ledger/checkpoint.ts";
import { writeEntry } from "#core/ledger/entry.ts";
import { formatVkey, noteKey, signNote, type NoteKey } from "#core/ledger/note.ts";
import { append, edgeFrom, edgeRoot, edgeTiles, emptyEdge, type Edge, type Tile } from "#core/ledger/tiles.ts";
import { leafHash } from "#core/ledger/tree.ts";
import type { Db } from "../database/db.ts";
import type { Database } from "../database/pool.ts";
import type { LedgerWhat } from "./write.ts";

/** Entries that one round moves at most; a busy clinic simply takes several rounds. */
const batchMax = 1000;
/** A busy clinic may never be quite empty: after 5 s of trying, an export takes what is there. */
const drainTries = 50;

const sha256 = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(bytes).digest());

export type Signer = {
  key: NoteKey;
  vkey: string;
  sign: (message: Uint8Array) => Uint8Array<ArrayBuffer>;
  publicKey: KeyObject;
};

/** Ed25519 signer of an installation's checkpoints from its 32-byte seed (RFC 8032). `name` is the C2SP key name. */
export function openSigner(name: string, seed: Buffer): Signer {
  // PKCS #8 wrapping of a raw Ed25519 seed: a fixed prefix (RFC 8410 §7)
  const privateKey = createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = createPublicKey(privateKey);
  const raw = new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32));
  const key = noteKey(sha256, name, raw);
  return {
    key,
    vkey: formatVkey(key),
    sign: (message) => new Uint8Array(ed25519(null, message, privateKey)),
    publicKey,
  };
}

type OutboxRow = { id: string; at: string; member_id: string | null; what: LedgerWhat; detail: Buffer | null };

const microsOf = (at: string): bigint => Temporal.Instant.from(at).epochNanoseconds / 1000n;
const instantText = (micros: bigint): string => new Temporal.Instant(micros * 1000n).toString();

/** The tree's right edge as stored: the last checkpoint's size and the partial tiles there. */
async function edgeOf(db: Db): Promise<{ edge: Edge; lastMicros: bigint }> {
  const last = await db.maybe(db.from("ledger.checkpoint").select("size").orderBy("size", "desc").limit(1));
  if (!last) return { edge: emptyEdge, lastMicros: 0n };
  const size = BigInt(last.size);
  const tiles: Tile[] = [];
  for (const { level, index, width } of edgeTiles(size)) {
    const row = await db.maybe(
      db
        .from("ledger.tile")
        .select(["w", "data"])
        .where("lvl", "=", level)
        .where("n", "=", Number(index))
        .where("w", ">=", width)
        .orderBy("w")
        .limit(1),
    );
    if (row) tiles.push({ level, index, width: row.w, data: new Uint8Array(row.data) });
  }
  const entry = await db.one(
    "ledger.broken",
    db
      .from("ledger.entry")
      .select("at")
      .where("seq", "=", Number(size) - 1),
  );
  return { edge: edgeFrom(size, tiles), lastMicros: microsOf(entry.at) };
}

function bodyOf(row: OutboxRow, seq: bigint, at: bigint): string {
  const { what } = row;
  return writeEntry({ ...what, seq, id: row.id, at, who: row.member_id ?? what.who });
}

/** Moves one clinic's waiting entries into its log: index, exact bytes, leaf, tiles, signed checkpoint, all in one transaction.
 *  Returns how many it moved. Two sequencers cannot meet: an advisory lock per clinic is held to the end of the transaction. */
export async function sequence(audit: Database, clinic: string, o: { signer: Signer; host: string }): Promise<number> {
  return audit.transaction({ clinic }, async (db) => {
    const lock = await db.one(
      "ledger.broken",
      sql<{ ok: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${clinic}, 7063)) as ok`,
    );
    if (!lock.ok) return 0;
    const rows = await db.many(
      sql<OutboxRow>`select id, at, member_id, what, detail from ledger.outbox where clinic_id = ${clinic} order by at, id limit ${batchMax}`,
    );
    if (rows.length === 0) return 0;
    const { edge, lastMicros } = await edgeOf(db);
    let micros = lastMicros;
    const made = rows.map((row, offset) => {
      const at = microsOf(row.at);
      micros = at > micros ? at : micros; // never below the last: commits may come out of order by milliseconds
      const seq = edge.size + BigInt(offset);
      const body = Buffer.from(bodyOf(row, seq, micros));
      return { row, seq: Number(seq), at: instantText(micros), body, leaf: leafHash(sha256, body) };
    });
    const grown = append(
      sha256,
      edge,
      made.map(({ leaf }) => leaf),
    );
    await store(db, { clinic, made, tiles: grown.tiles });
    const root = edgeRoot(sha256, grown.edge);
    const note = signNote(formatCheckpoint({ origin: originOf(o.host, clinic), size: grown.edge.size, root }), [
      { key: o.signer.key, sign: o.signer.sign },
    ]);
    await db.run(
      db
        .insert("ledger.checkpoint")
        .values({ clinic_id: clinic, size: Number(grown.edge.size), root: Buffer.from(root), note }),
    );
    return rows.length;
  });
}

type Made = { row: OutboxRow; seq: number; at: string; body: Buffer; leaf: Uint8Array };

async function store(db: Db, o: { clinic: string; made: Made[]; tiles: Tile[] }): Promise<void> {
  const { clinic, made } = o;
  await db.run(sql`insert into ledger.entry (clinic_id, seq, id, at, body, leaf)
    select ${clinic}, e.* from unnest(${made.map(({ seq }) => seq)}::bigint[], ${made.map(({ row }) => row.id)}::uuid[], ${made.map(({ at }) => at)}::timestamptz[],
      ${made.map(({ body }) => body)}::bytea[], ${made.map(({ leaf }) => Buffer.from(leaf))}::bytea[]) as e`);
  for (const { level, index, width, data } of o.tiles)
    await db.run(
      db
        .insert("ledger.tile")
        .values({ clinic_id: clinic, lvl: level, n: Number(index), w: width, data: Buffer.from(data) })
        .onConflict((conflict) => conflict.doNothing()),
    );
  const subjects = made.flatMap(({ row, seq, at }) =>
    (row.what.patients ?? []).map((patient) => ({ patient: Buffer.from(patient, "base64url"), seq, at })),
  );
  if (subjects.length > 0)
    await db.run(sql`insert into ledger.subject (clinic_id, patient, seq, at)
      select ${clinic}, s.* from unnest(${subjects.map(({ patient }) => patient)}::bytea[], ${subjects.map(({ seq }) => seq)}::bigint[], ${subjects.map(({ at }) => at)}::timestamptz[]) as s`);
  const details = made.flatMap(({ row, seq }) =>
    row.detail ? [{ seq, salt: row.detail.subarray(0, 32), enc: row.detail.subarray(32) }] : [],
  );
  if (details.length > 0)
    await db.run(sql`insert into ledger.detail (clinic_id, seq, salt, enc)
      select ${clinic}, d.* from unnest(${details.map(({ seq }) => seq)}::bigint[], ${details.map(({ salt }) => salt)}::bytea[], ${details.map(({ enc }) => enc)}::bytea[]) as d`);
  await db.run(
    sql`delete from ledger.outbox where clinic_id = ${clinic} and id = any(${made.map(({ row }) => row.id)}::uuid[])`,
  );
}

/** Runs the sequencer: every second, every clinic that has something waiting. `byHand`: only when `once` is called. */
export function startSequencer(
  audit: Database,
  o: { signer: Signer; host: string; failed: (error: unknown) => void; byHand?: boolean },
): { stop: () => Promise<void>; once: () => Promise<void>; drain: (clinic: string) => Promise<void> } {
  let turning: Promise<void> | undefined;
  const unsequenced = () =>
    audit.outside((db) => db.many(sql<{ clinic: string }>`select clinic_id as clinic from app.find_unsequenced()`));
  async function turn(): Promise<void> {
    for (const { clinic } of await unsequenced()) while ((await sequence(audit, clinic, o)) === batchMax);
  }
  const once = async () => {
    await turning;
    turning = turn().finally(() => (turning = undefined));
    await turning;
  };
  const timer = o.byHand
    ? undefined
    : setInterval(() => {
        if (!turning) once().catch(o.failed);
      }, 1000);
  /** Waits until nothing of the clinic waits, whichever process moves it. A log that cannot be continued is told to `failed`: an export
   *  then shows it as it stands. */
  const drain = async (clinic: string) => {
    for (let tries = 0; tries < drainTries; tries++) {
      try {
        await once();
        if (!(await unsequenced()).some((waiting) => waiting.clinic === clinic)) return;
      } catch (error) {
        return o.failed(error);
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  };
  return {
    once,
    drain,
    stop: async () => {
      clearInterval(timer);
      await turning?.catch(() => {});
    },
  };
}
