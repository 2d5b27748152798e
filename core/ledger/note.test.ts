import assert from "node:assert/strict";
import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import { fromBase64, toBase64, utf8, type Bytes } from "#core/proof/bytes.ts";
import { formatCheckpoint, originOf, parseCheckpoint } from "./checkpoint.ts";
import { ENTRY_KEYS, formatMicros, writeEntry, type LedgerEntry } from "./entry.ts";
import { writeBundleLine } from "./bundle.ts";
import { formatVkey, noteKey, parseNote, parseVkey, signNote, verifyNote, type Ed25519Verify } from "./note.ts";

const sha256 = (bytes: Uint8Array): Bytes => Uint8Array.from(createHash("sha256").update(bytes).digest());
const bytesOf = (text: string): Bytes => fromBase64(text) ?? assert.fail(text);

/** A key pair out of a 32-byte seed, so that keys in these tests are the same each run. Source: RFC 8410 §7. */
function keyOf(name: string, seed: number) {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, seed)]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const key = noteKey(sha256, name, Uint8Array.from(spki.subarray(-32)));
  return { key, sign: (message: Bytes) => Uint8Array.from(sign(null, message, privateKey)) };
}
const check: Ed25519Verify = (publicKey, message, signature) => {
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]);
  return verify(null, message, createPublicKey({ key: der, format: "der", type: "spki" }), signature);
};

test("the note and key of Go's sumdb/note documentation are read and found good", () => {
  const vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const text = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;
  const key = parseVkey(sha256, vkey) ?? assert.fail("vkey");
  const note = parseNote(text) ?? assert.fail("note");
  assert.equal(formatVkey(key), vkey);
  assert.deepEqual(verifyNote(note, [key], check), [key]);
  assert.equal(verifyNote({ ...note, text: `${note.text}!` }, [key], check), undefined);
});

test("a verifier key whose base64 holds plus signs is divided at the first two alone", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const { key } = keyOf("qms.example/ledger/1", seed);
    const vkey = formatVkey(key);
    assert.deepEqual(parseVkey(sha256, vkey), key);
    if (vkey.split("+").length > 3) return;
  }
  assert.fail("no key with a plus sign among 200");
});

test("verifier keys with a wrong hash, algorithm or length are refused", () => {
  const vkey = formatVkey(keyOf("qms.example/ledger/1", 1).key);
  for (const text of [
    "",
    vkey.replace("qms.", "qmz."),
    vkey.replace(/\+[0-9a-f]{8}\+/, "+00000000+"),
    vkey.slice(0, -4),
    `${vkey}\n`,
    vkey.replace("qms.", "qms "),
    vkey.replace(/\+A[A-Za-z0-9+/]/, "+Bg"),
  ])
    assert.equal(parseVkey(sha256, text), undefined, text);
});

test("a checkpoint signed by two keys is good under each, and a bad line under a known key spoils it", () => {
  const origin = originOf("qms.example", "0199aaaa-0000-7000-8000-000000000001");
  const [old, young, foreign] = [keyOf(origin, 1), keyOf(origin, 2), keyOf(origin, 3)];
  const text = formatCheckpoint({ origin, size: 2n ** 60n + 1n, root: sha256(utf8("root")) });
  const signed = signNote(text, [old, young]);
  const note = parseNote(signed) ?? assert.fail("note");
  assert.equal(note.text, text);
  assert.deepEqual(verifyNote(note, [old.key], check), [old.key]);
  assert.deepEqual(verifyNote(note, [young.key, old.key], check), [old.key, young.key]);
  assert.deepEqual(verifyNote(note, [foreign.key], check), []);
  assert.deepEqual(parseCheckpoint(note.text), { origin, size: 2n ** 60n + 1n, root: sha256(utf8("root")) });
  const spoilt = { ...note, text: note.text.replace("1152", "1153") };
  assert.equal(verifyNote(spoilt, [old.key], check), undefined);
  assert.throws(() => signNote("no newline", [old]), RangeError);
});

test("texts that are no note and no checkpoint are refused", () => {
  const root = toBase64(sha256(utf8("")));
  for (const text of [
    "",
    "a\n",
    "a\n\n",
    "a\n\n— k\n",
    "a\n\n- k AAAAAAA=\n",
    "a\n\n— k AAAA\n",
    "a\tb\n\n— k AAAAAAA=\n",
    "a\n\n— k AAAAAAA=",
  ])
    assert.equal(parseNote(text), undefined, JSON.stringify(text));
  for (const text of [
    "",
    `o\n1\n${root}`,
    `\n1\n${root}\n`,
    `o\n01\n${root}\n`,
    `o\n-1\n${root}\n`,
    `o\n18446744073709551616\n${root}\n`,
    `o\n1\nAAAA\n`,
    `o\n1\n${root}\n\n`,
  ])
    assert.equal(parseCheckpoint(text), undefined, JSON.stringify(text));
  assert.deepEqual(parseCheckpoint(`o\n0\n${root}\nmore\n`), {
    origin: "o",
    size: 0n,
    root: sha256(utf8("")),
    extension: ["more"],
  });
  for (const origin of ["", "a\nb"])
    assert.throws(() => formatCheckpoint({ origin, size: 0n, root: bytesOf(root) }), RangeError);
});

const entry: LedgerEntry = {
  seq: 7n,
  id: "0199aaaa-0000-7000-8000-00000000000a",
  at: 1_799_917_800_123_456n,
  act: "incident.close",
  kind: "write",
  who: "0199aaaa-0000-7000-8000-00000000000b",
  via: "http",
  outcome: 0,
};

test("a body is written with its keys in order, absent ones left out, no blanks, microseconds in UTC", () => {
  assert.equal(
    writeEntry(entry),
    '{"v":1,"seq":7,"id":"0199aaaa-0000-7000-8000-00000000000a","at":"2027-01-14T09:10:00.123456Z",' +
      '"act":"incident.close","kind":"write","who":"0199aaaa-0000-7000-8000-00000000000b","via":"http","outcome":0}',
  );
  const full = writeEntry({
    ...entry,
    dc: "d",
    rules: ["care-team"],
    purpose: "TREAT",
    patients: ["p"],
    about: [{ t: "incident", i: "1" }],
    session: "s",
    types: ["quality"],
  });
  assert.deepEqual(Object.keys(JSON.parse(full)), ENTRY_KEYS);
  assert.match(writeEntry({ ...entry, seq: 2n ** 60n + 1n }), /"seq":1152921504606846977,/);
});

test("times are those of the calendar, in every year a ledger may see, and sort as text", () => {
  const last = 253_402_300_799_999_999n;
  fc.assert(
    fc.property(fc.bigInt(0n, last), fc.bigInt(0n, last), (one, other) => {
      const text = formatMicros(one);
      assert.equal(`${text.slice(0, 23)}Z`, new Date(Number(one / 1000n)).toISOString());
      assert.equal(text.slice(23), `${String(one % 1000n).padStart(3, "0")}Z`);
      assert.equal(text < formatMicros(other), one < other);
    }),
  );
  assert.throws(() => formatMicros(-1n), RangeError);
  assert.throws(() => formatMicros(last + 1n), RangeError);
});

test("bundle lines are JSON with bare whole numbers", () => {
  const lines = [
    writeBundleLine({
      format: "qms-ledger-1",
      origin: "o",
      keys: ["k"],
      size: 2n ** 60n,
      made: "2027-01-14T09:10:00.123456Z",
    }),
    writeBundleLine({ checkpoint: "o\n1\n" }),
    writeBundleLine({ tile: { level: 0, index: 3n, width: 1, data: new Uint8Array(32) } }),
    writeBundleLine({ entry: "{}" }),
    writeBundleLine({ row: { table: "control.incident", id: "1", ledger_id: "2" } }),
    writeBundleLine({ end: { entries: 1n, checkpoints: 2n, rows: 3n } }),
  ];
  assert.deepEqual(lines, [
    '{"format":"qms-ledger-1","origin":"o","keys":["k"],"size":1152921504606846976,"made":"2027-01-14T09:10:00.123456Z"}\n',
    '{"checkpoint":"o\\n1\\n"}\n',
    `{"tile":{"l":0,"n":3,"w":1,"d":"${"A".repeat(43)}="}}\n`,
    '{"entry":"{}"}\n',
    '{"row":{"table":"control.incident","id":"1","ledger_id":"2"}}\n',
    '{"end":{"entries":1,"checkpoints":2,"rows":3}}\n',
  ]);
  assert.throws(
    () => writeBundleLine({ tile: { level: 1, index: 0n, width: 1, data: new Uint8Array(32) } }),
    RangeError,
  );
});
