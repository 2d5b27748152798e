// Method: bundles are made with core/ledger, tampered with as a person with the file (and sometimes the signing key) could,
// written to disk and given to the verifier as a separate process, the way a clinic runs it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { joinBytes, toBase64, utf8, type Bytes } from "#core/proof/bytes.ts";
import { writeBundleLine } from "#core/ledger/bundle.ts";
import { formatCheckpoint } from "#core/ledger/checkpoint.ts";
import { formatMicros, writeEntry } from "#core/ledger/entry.ts";
import { formatVkey, noteKey, signNote } from "#core/ledger/note.ts";
import { append, edgeRoot, emptyEdge } from "#core/ledger/tiles.ts";
import { leafHash } from "#core/ledger/tree.ts";

const VERIFIER = fileURLToPath(new URL("ledger-verify.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "qms-ledger-"));
after(() => rmSync(folder, { recursive: true }));

const sha256 = (bytes: Uint8Array): Bytes => Uint8Array.from(createHash("sha256").update(bytes).digest());
const ORIGIN = "qms.example/ledger/0199aaaa-0000-7000-8000-000000000001";
const START = 1_799_917_800_000_000n; // 2027-01-14T09:10:00Z
const SECOND = 1_000_000n;
const SIZE = 600;

function signerOf(seed: number) {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const key = noteKey(sha256, ORIGIN, Uint8Array.from(spki.subarray(-32)));
  return { key, sign: (message: Bytes) => Uint8Array.from(sign(null, message, privateKey)) };
}
type Signer = ReturnType<typeof signerOf>;
const OURS = signerOf(7);
const THIEF = signerOf(8);
const KEY = ["--key", formatVkey(OURS.key)];

const idOf = (seq: number): string => `0199aaaa-0000-7000-8000-${seq.toString(16).padStart(12, "0")}`;
const bodyOf = (seq: number, at = START + BigInt(seq) * SECOND, act = "incident.close"): string =>
  writeEntry({ seq: BigInt(seq), id: idOf(seq), at, act, kind: "write", who: "job:test", via: "job", outcome: 0 });

type Bundle = {
  origin: string;
  size: number;
  made: bigint;
  keys: string[];
  checkpoints: string[];
  tiles: Bytes[];
  bodies: string[];
  rows: { table: string; id: string; ledger_id: string }[];
  counts: { entries: number; checkpoints: number; rows: number };
};
const leavesOf = (bodies: readonly string[]): Bytes[] => bodies.map((body) => leafHash(sha256, utf8(body)));
const rootOf = (bodies: readonly string[]): Bytes => edgeRoot(sha256, append(sha256, emptyEdge, leavesOf(bodies)).edge);
const checkpointOf = (bodies: readonly string[], size: number, signer: Signer): string =>
  signNote(formatCheckpoint({ origin: ORIGIN, size: BigInt(size), root: rootOf(bodies.slice(0, size)) }), [signer]);
const tilesOf = (bodies: readonly string[]): Bytes[] => {
  const leaves = leavesOf(bodies);
  return Array.from({ length: Math.ceil(leaves.length / 256) }, (_, at) =>
    joinBytes(...leaves.slice(at * 256, at * 256 + 256)),
  );
};

/** A whole bundle over these bodies with checkpoints at these sizes, as an honest export makes it. */
function bundleOf(
  bodies: string[],
  { at = [100, 300], signer = OURS }: { at?: number[]; signer?: Signer } = {},
): Bundle {
  const sizes = [...at.filter((size) => size < bodies.length), bodies.length];
  const rows = [3, 5]
    .filter((seq) => seq < bodies.length)
    .map((seq) => ({ table: "control.incident", id: idOf(seq + 1000), ledger_id: idOf(seq) }));
  return {
    origin: ORIGIN,
    size: bodies.length,
    made: START + BigInt(bodies.length + 5) * SECOND,
    keys: [formatVkey(signer.key)],
    checkpoints: sizes.map((size) => checkpointOf(bodies, size, signer)),
    tiles: tilesOf(bodies),
    bodies,
    rows,
    counts: { entries: bodies.length, checkpoints: sizes.length, rows: rows.length },
  };
}
const honest = (size = SIZE): Bundle => bundleOf(Array.from({ length: size }, (_, seq) => bodyOf(seq)));

function textOf(bundle: Bundle): string {
  const { origin, keys, size, made, counts } = bundle;
  const lines = [
    writeBundleLine({ format: "qms-ledger-1", origin, keys, size: BigInt(size), made: formatMicros(made) }),
  ];
  for (const checkpoint of bundle.checkpoints) lines.push(writeBundleLine({ checkpoint }));
  bundle.bodies.forEach((entry, seq) => {
    const data = seq % 256 === 0 ? bundle.tiles[seq / 256] : undefined;
    if (data !== undefined)
      lines.push(writeBundleLine({ tile: { level: 0, index: BigInt(seq / 256), width: data.length / 32, data } }));
    lines.push(writeBundleLine({ entry }));
  });
  for (const row of bundle.rows) lines.push(writeBundleLine({ row }));
  const { entries, checkpoints, rows } = counts;
  lines.push(
    writeBundleLine({ end: { entries: BigInt(entries), checkpoints: BigInt(checkpoints), rows: BigInt(rows) } }),
  );
  return lines.join("");
}

let files = 0;
function written(bundle: Bundle | string | Buffer): string {
  files += 1;
  const path = join(folder, `ledger-lypa-${files}.ndjson.gz`);
  const plain = typeof bundle === "string" || Buffer.isBuffer(bundle);
  writeFileSync(path, plain ? bundle : gzipSync(textOf(bundle)));
  return path;
}
function verifier(...words: string[]): { code: number | null; first: string; all: string } {
  const run = spawnSync(process.execPath, [VERIFIER, ...words], { encoding: "utf8" });
  assert.equal(run.stderr, "");
  return { code: run.status, first: run.stdout.split("\n")[0] ?? "", all: run.stdout };
}
/** Asserts that the bundle is found broken at this entry, for this reason. */
function found(bundle: Bundle | string | Buffer, index: number, what: RegExp, options: string[] = KEY): void {
  const run = verifier(written(bundle), ...options);
  assert.match(run.first, new RegExp(`^bad ${index} `), run.all);
  assert.match(run.first, what);
  assert.equal(run.code, 1);
}
/** A bundle changed, everything else left as it was. */
const changed = (change: Partial<Bundle>, bundle: Bundle = honest()): Bundle => ({ ...bundle, ...change });
const withBody = (seq: number, body: string): string[] => honest().bodies.with(seq, body);

test("an honest bundle is whole; how far that goes depends on what was compared from outside", () => {
  const path = written(honest());
  const ok = `ok 600 ${toBase64(rootOf(honest().bodies))}`;
  const alone = verifier(path);
  assert.deepEqual([alone.first, alone.code], [ok, 3]);
  assert.match(alone.all, /prove nothing by themselves/);
  const keyed = verifier(path, ...KEY);
  assert.deepEqual([keyed.first, keyed.code], [ok, 3]);
  assert.doesNotMatch(keyed.all, /by themselves/);
  const since = verifier(path, "--since", written(honest(450)));
  assert.deepEqual([since.all, since.code], [`${ok}\n`, 0]);
  const checkpoint = written(checkpointOf(honest().bodies, 450, OURS));
  assert.equal(verifier(path, "--since", checkpoint, ...KEY).code, 0);
  assert.equal(verifier(path, "--since", checkpoint).code, 0);
  assert.equal(verifier(written(textOf(honest())), ...KEY).first, ok);
  assert.equal(verifier(written(changed({ tiles: [] })), ...KEY).first, ok);
});

test("an empty log is whole", () => {
  assert.equal(verifier(written(bundleOf([])), ...KEY).first, "ok 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  assert.equal(verifier(written(honest()), "--since", written(bundleOf([]))).code, 0);
});

test("an edited entry is named exactly by its tile, and by the stretch between checkpoints without", () => {
  const bodies = withBody(259, bodyOf(259, undefined, "incident.open"));
  found(changed({ bodies }), 259, /the entry was changed/);
  found(changed({ bodies, tiles: [] }), 100, /checkpoint of size 300; somewhere in entries 100 to 299/);
  found(changed({ bodies, tiles: tilesOf(bodies) }), 100, /somewhere in entries 100 to 299/);
});

test("a deleted entry is found, renumbered or not", () => {
  const { bodies } = honest();
  const cut = bodies.toSpliced(200, 1);
  found(changed({ bodies: cut }), 200, /says it is 201/);
  const closed = Array.from({ length: SIZE }, (_, seq) =>
    bodyOf(seq, START + BigInt(seq < 200 ? seq : seq + 1) * SECOND),
  );
  found(changed({ bodies: closed }), 200, /the entry was changed/);
});

test("an inserted entry and two swapped ones are found", () => {
  const { bodies } = honest();
  found(changed({ bodies: bodies.toSpliced(50, 0, bodyOf(50)) }), 51, /says it is 50/);
  found(changed({ bodies: bodies.with(70, bodyOf(71)).with(71, bodyOf(70)) }), 70, /says it is 71/);
  const swapped = bodies.with(70, bodyOf(70, undefined, "x")).with(71, bodyOf(71, undefined, "y"));
  found(changed({ bodies: swapped }), 70, /the entry was changed/);
});

test("a cut tail is found by the counts, and a well-made shorter history by the earlier bundle", () => {
  const { bodies } = honest();
  found(changed({ bodies: bodies.slice(0, 580) }), 580, /entries end here, 600 were promised/);
  found(honest(580), 580, /the log was cut: 580 entries, an earlier checkpoint had 600/, [
    "--since",
    written(honest()),
  ]);
  found(textOf(honest()).slice(0, -20), 600, /cut in the middle/);
  found(textOf(honest()).split("\n").slice(0, -2).join("\n") + "\n", 600, /no end/);
  const packed = gzipSync(textOf(honest()), { level: 0 });
  const run = verifier(written(packed.subarray(0, packed.length / 2)), ...KEY);
  assert.match(run.first, /^bad \d+ the file is damaged here/);
  assert.equal(run.code, 1);
});

test("back-dating is found within the log and against an earlier bundle", () => {
  const bodies = [...honest(400).bodies, ...Array.from({ length: 10 }, (_, more) => bodyOf(400 + more, START))];
  found(bundleOf(bodies), 400, /back-dated/);
  // One day between the two exports; the new entry claims the minute after the last old one.
  const earlier = changed({ made: START + 86_400n * SECOND }, honest(400));
  const later = changed({ made: START + 90_000n * SECOND }, bundleOf([...honest(400).bodies, bodyOf(400)]));
  found(later, 400, /did not have it/, ["--since", written(earlier)]);
  found(bundleOf(withBody(599, bodyOf(599, START + 90_000n * SECOND))), 599, /later than the bundle's own/);
});

test("a fork signed with the true key is found against an earlier bundle, exactly, and against a checkpoint", () => {
  const forked = bundleOf(withBody(120, bodyOf(120, undefined, "incident.open")));
  assert.equal(verifier(written(forked), ...KEY).code, 3);
  found(forked, 120, /history was rewritten/, ["--since", written(honest(450))]);
  found(forked, 0, /fork: .*size 450.*entries 0 to 449/, [
    "--since",
    written(checkpointOf(honest().bodies, 450, OURS)),
  ]);
});

test("bad signatures and exchanged keys are found", () => {
  const { checkpoints } = honest();
  const spoilt = checkpoints.map((note, at) => (at === 1 ? note.replace(/.{9}=\n$/, "AAAAAAAAA=\n") : note));
  found(changed({ checkpoints: spoilt }), 100, /checkpoint of size 300 has a bad signature/);
  const stolen = bundleOf(honest().bodies, { signer: THIEF });
  assert.equal(verifier(written(stolen)).code, 3);
  found(stolen, 300, /last checkpoint is not signed by the key that was given/);
  found(stolen, 300, /last checkpoint is not signed/, ["--since", written(honest(450))]);
  found(changed({ keys: [formatVkey(THIEF.key)] }), 0, /no signature of a known key/, []);
  found(changed({ keys: [formatVkey(OURS.key).replace("+", "+0")] }), 0, /key in the header is broken/);
});

test("a log whose key was renewed is whole once both keys are given", () => {
  const bodies = honest().bodies;
  const renewed = bundleOf(bodies, { signer: THIEF });
  const checkpoints = [checkpointOf(bodies, 100, OURS), ...renewed.checkpoints.slice(1)];
  const path = written({ ...renewed, keys: [formatVkey(OURS.key), formatVkey(THIEF.key)], checkpoints });
  assert.equal(verifier(path, "--since", written(honest(100)), "--key", formatVkey(THIEF.key)).code, 0);
});

test("a changed, missing or misplaced tile is found", () => {
  const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = tilesOf(honest().bodies);
  const bent = second.with(32 * 10, 255 - (second[320] ?? 0));
  found(changed({ tiles: [first, bent, third] }), 266, /tile was changed, the entry is sound/);
  found(changed({ tiles: [second, first, third] }), 0, /tile was changed, the entry is sound/);
  found(textOf(honest()).replace(/.*"n":1,.*\n/, ""), 256, /tile of these entries is missing/);
  found(changed({ tiles: [first, second.slice(32), third] }), 256, /tile is broken/);
});

test("checkpoints with another root, order, origin or size are found", () => {
  const { bodies, checkpoints } = honest();
  const [one = "", two = "", last = ""] = checkpoints;
  found(
    changed({ checkpoints: [one, checkpointOf(withBody(0, "x"), 300, OURS), last] }),
    100,
    /checkpoint of size 300/,
  );
  found(changed({ checkpoints: [two, one, last] }), 100, /follows one of 300/);
  found(changed({ checkpoints: [one, two] }), 300, /last checkpoint is of size 300, not 600/);
  found(changed({ checkpoints: [] }), 0, /no checkpoint/);
  found(changed({ origin: "other.example/ledger/1" }), 0, /is of qms\.example/);
  found(
    changed({ checkpoints: [one, two, checkpointOf(bodies, 600, OURS).replace("\n600\n", "\n0600\n")] }),
    300,
    /checkpoint is broken/,
  );
});

test("a row without its entry and wrong counts at the end are found", () => {
  const row = { table: "control.incident", id: idOf(9), ledger_id: idOf(4000) };
  const { rows, counts } = honest();
  found(
    changed({ rows: [...rows, row], counts: { ...counts, rows: 3 } }),
    600,
    /row control\.incident .* has no entry/,
  );
  found(changed({ counts: { ...counts, entries: 599 } }), 600, /end counts 599 entries, there are 600/);
  found(changed({ rows: rows.slice(1) }), 600, /end counts 2 rows, there are 1/);
  found(`${textOf(honest())}{"row":{}}\n`, 600, /lines after the end/);
});

test("entries of another shape are found though they are signed", () => {
  const signed = (seq: number, body: string): Bundle => bundleOf(withBody(seq, body));
  found(signed(5, bodyOf(5).replace('"v":1', '"v":2')), 5, /version 2/);
  found(signed(5, bodyOf(5).replace(',"via":"job"', "")), 5, /lacks via/);
  found(signed(5, bodyOf(5).replace('"v":1,', '"v":1, ')), 5, /without blanks/);
  found(signed(5, bodyOf(5).replace("}", ',"name":"Іван"}')), 5, /unknown or disordered/);
  found(signed(5, bodyOf(5).replace('"kind":"write"', '"kind":"note"')), 5, /wrong values/);
  found(signed(5, bodyOf(5).replace(".000000Z", "Z")), 5, /no instant/);
  found(signed(5, bodyOf(5).replace(idOf(5), idOf(4))), 5, /was there before/);
  found(signed(5, "[]"), 5, /no JSON object/);
});

// 16 bundles of 1 to 700 entries with checkpoints anywhere; one entry of each is edited. Tiles name it, checkpoints bound it.
test("wherever one entry is edited, the index named is right", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 700 }),
      fc.nat(),
      fc.uniqueArray(fc.integer({ min: 1, max: 700 }), { maxLength: 4 }),
      (size, pick, at) => {
        const seq = pick % size;
        const sizes = at.toSorted((a, b) => a - b);
        const whole = bundleOf(
          Array.from({ length: size }, (_, one) => bodyOf(one)),
          { at: sizes },
        );
        const bodies = whole.bodies.with(seq, bodyOf(seq, undefined, "edited"));
        found({ ...whole, bodies }, seq, /the entry was changed/);
        const from = Math.max(0, ...sizes.filter((one) => one <= seq && one < size));
        found({ ...whole, bodies, tiles: [] }, from, /the root is not that of the checkpoint/);
      },
    ),
    { numRuns: 8 },
  );
});

test("wrong usage ends with 2 and says why", () => {
  const path = written(honest());
  for (const [words, what] of [
    [[], /^usage/],
    [[path, path], /^usage/],
    [[path, "--since"], /^usage/],
    [[path, "--fast"], /^usage/],
    [[path, "--key", "x"], /no verifier key/],
    [[join(folder, "absent")], /cannot be read \(ENOENT\)/],
    [[path, "--since", written("neither\n")], /neither a bundle nor a checkpoint/],
    [
      [path, "--since", written(changed({ tiles: [], bodies: withBody(1, "{}") }))],
      /earlier bundle is broken itself: bad 1/,
    ],
  ] satisfies [string[], RegExp][]) {
    const run = verifier(...words);
    assert.match(run.first, what);
    assert.equal(run.code, 2);
  }
});
