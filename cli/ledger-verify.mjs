#!/usr/bin/env node
/* oxlint-disable max-lines -- one file by intent: a clinic keeps a copy of it and needs nothing beside Node */
// Verifies an export of a clinic's ledger (`ledger-<slug>-<size>.ndjson.gz`, also unpacked) without trusting who made it.
// One file, Node 20 or newer, nothing else: keep a copy of it, and of every export, outside the operator's reach.
//
//   node ledger-verify.mjs BUNDLE [--since EARLIER_BUNDLE_OR_CHECKPOINT] [--key VKEY]…
//
// Prints `ok SIZE ROOT` or `bad INDEX what` (index of the first bad entry, 0-based; where only a stretch is known, its first).
// Ends with 0 whole · 1 broken · 2 wrong usage · 3 whole as far as it goes (nothing from outside the bundle was compared).
//
// Sources: RFC 6962 §2.1 (tree), C2SP signed-note, tlog-checkpoint, tlog-tiles (the hashes of 256 entries in one tile line).

import * as crypto from "node:crypto";
import { createReadStream, openSync, readFileSync, readSync, closeSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createGunzip } from "node:zlib";

const FORMAT = "qms-ledger-1";
const TILE_WIDTH = 256;
// An entry takes its time when it is written and enters the log when its transaction is over: the longest job takes minutes.
const LATE_MS = 10 * 60 * 1000;
const LINE_MAX = 16 * 1024 * 1024;
const KEYS = "v seq id at act kind who types session via about patients purpose rules outcome dc".split(" ");
const NEEDED = "v seq id at act kind who via outcome".split(" ");
const KINDS = new Set(["read", "write", "search", "export", "security"]);
const VIAS = new Set(["http", "job", "cli", "fhir"]);
const OUTCOMES = new Set([0, 4, 8, 12]);
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const USAGE = "usage: node ledger-verify.mjs BUNDLE [--since EARLIER_BUNDLE_OR_CHECKPOINT] [--key VKEY]…";

/** Stops the reading: the rest of the file cannot be understood once this has been found. */
class Broken extends Error {}
/** The question itself is wrong: no such file, an anchor that does not hold. */
class Usage extends Error {}

// The one-shot form is twice as quick and not in the first releases of Node 20.
const sha256 = crypto.hash
  ? (bytes) => crypto.hash("sha256", bytes, "buffer")
  : (bytes) => crypto.createHash("sha256").update(bytes).digest();
const leafHash = (body) => sha256(Buffer.from(`\0${body}`, "utf8"));
const pair = Buffer.alloc(65, 1); // 0x01 ‖ left ‖ right, used again for every node
function nodeHash(left, right) {
  left.copy(pair, 1);
  right.copy(pair, 33);
  return sha256(pair);
}

/** RFC 6962's tree, growing leaf by leaf; keeps only the roots of its perfect subtrees. */
class Tree {
  size = 0;
  peaks = [];
  push(leaf) {
    let hash = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = Math.floor(rest / 2)) hash = nodeHash(this.peaks.pop(), hash);
    this.peaks.push(hash);
    this.size += 1;
  }
  root() {
    if (this.size === 0) return sha256(Buffer.alloc(0));
    return this.peaks.reduceRight((right, left) => (right === null ? left : nodeHash(left, right)), null);
  }
}

/** Strict base64, or null. */
function bytesOf(text) {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

/** A C2SP verifier key, or null. The base64 may hold plus signs: only the first two divide. */
function parseVkey(text) {
  const [, name, hash, rest] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text) ?? [];
  const bytes = rest === undefined ? null : bytesOf(rest);
  if (bytes?.length !== 33 || bytes[0] !== 1) return null;
  if (sha256(Buffer.concat([Buffer.from(`${name}\n`), bytes])).toString("hex", 0, 4) !== hash) return null;
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), bytes.subarray(1)]);
  return { vkey: text, name, hash, key: crypto.createPublicKey({ key: der, format: "der", type: "spki" }) };
}

/** A signed checkpoint `{ text, origin, size, root, lines }`, or null for another form. */
function parseCheckpoint(note) {
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0 || !note.endsWith("\n")) return null;
  const [origin, sizeText, rootText] = note.slice(0, cut).split("\n");
  const root = bytesOf(rootText ?? "");
  if (!origin || !/^(?:0|[1-9]\d*)$/.test(sizeText ?? "") || root?.length !== 32) return null;
  const lines = note
    .slice(cut + 2, -1)
    .split("\n")
    .map((line) => /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line));
  if (lines.some((line) => line === null || (bytesOf(line[2])?.length ?? 0) < 5)) return null;
  return { text: note.slice(0, cut + 1), origin, size: Number(sizeText), root, lines };
}

/** Keys of `keys` whose signature on the checkpoint is good; null when one of a known key is bad. */
function signersOf(checkpoint, keys) {
  const good = new Set();
  for (const [, name, text] of checkpoint.lines) {
    const bytes = Buffer.from(text, "base64");
    const key = keys.find((one) => one.name === name && one.hash === bytes.toString("hex", 0, 4));
    if (key === undefined) continue;
    if (bytes.length !== 68 || !crypto.verify(null, Buffer.from(checkpoint.text), key.key, bytes.subarray(4)))
      return null;
    good.add(key.vkey);
  }
  return good;
}

/** The lines of a file, in blocks as they are read; unpacks gzip. A cut or damaged file throws Broken. */
async function* linesOf(path) {
  const file = createReadStream(path);
  const stream = isGzip(path) ? file.pipe(createGunzip()) : file;
  file.on("error", (error) => stream.destroy(error));
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let held = Buffer.alloc(0);
  try {
    for await (const chunk of stream) {
      const block = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const lines = [];
      let from = 0;
      for (let to = block.indexOf(10); to >= 0; to = block.indexOf(10, from)) {
        lines.push(decoder.decode(block.subarray(from, to)));
        from = to + 1;
      }
      held = block.subarray(from);
      if (held.length > LINE_MAX) throw new Broken("a line is too long");
      yield lines;
    }
  } catch (error) {
    throw error instanceof Broken ? error : new Broken(`the file is damaged here (${error.code ?? error.message})`);
  }
  if (held.length > 0) throw new Broken("the file is cut in the middle of a line");
}

function firstBytes(path) {
  try {
    const file = openSync(path, "r");
    const bytes = Buffer.alloc(2);
    readSync(file, bytes);
    closeSync(file);
    return bytes;
  } catch (error) {
    throw new Usage(`${path} cannot be read (${error.code})`);
  }
}
const isGzip = (path) => firstBytes(path).equals(Buffer.of(0x1f, 0x8b));

/** Everything found wrong, as stretches of entries; the one that ends first is nearest to the first bad entry. */
class Findings {
  all = [];
  at(index, what) {
    this.all.push({ from: index, to: index + 1, what });
  }
  between(from, to, what) {
    const end = Math.max(from + 1, to);
    this.all.push({
      from,
      to: end,
      what: end - from > 1 ? `${what}; somewhere in entries ${from} to ${end - 1}` : what,
    });
  }
  first() {
    return this.all.toSorted((one, other) => one.to - other.to || other.from - one.from)[0];
  }
}

/** One reading of one bundle from its first line to its last. */
class Reading {
  constructor({ keys, since, keep }) {
    this.pinned = keys;
    this.since = since;
    this.findings = new Findings();
    this.stage = "header";
    this.header = null;
    this.headerKeys = [];
    this.checkpoints = [];
    this.due = 0; // index of the checkpoint that the growing tree meets next
    this.holds = 0; // size of the last checkpoint that the tree agreed with
    this.bodies = new Tree();
    this.stored = null; // the tree of the tiles' hashes, where the bundle has tiles
    this.tile = null;
    this.differs = null; // first entry that is not what its tile says
    this.lastAt = "";
    this.ids = new Set();
    this.rows = 0;
    this.leaves = keep ? [] : null;
  }

  line(text) {
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Broken("a line is not JSON");
    }
    const [word] = Object.keys(value ?? {});
    if (this.stage === "header") return this.takeHeader(value);
    if (this.stage === "over") throw new Broken("there are lines after the end");
    if (word === "checkpoint" && this.stage === "checkpoints") return this.takeCheckpoint(value.checkpoint);
    if (this.stage === "checkpoints") this.closeCheckpoints();
    if (word === "tile" && this.stage === "entries") return this.takeTile(value.tile);
    if (word === "entry" && this.stage === "entries") return this.takeEntry(value.entry);
    if (this.stage === "entries") this.closeEntries();
    if (word === "row" && this.stage === "rows") return this.takeRow(value.row);
    if (word === "end") return this.takeEnd(value.end);
    throw new Broken(`a line of kind ${JSON.stringify(word)} where none may be`);
  }

  takeHeader(value) {
    const { format, origin, keys, size, made } = value ?? {};
    const fits = format === FORMAT && typeof origin === "string" && Array.isArray(keys) && INSTANT.test(made);
    if (!fits || !Number.isSafeInteger(size) || size < 0) throw new Broken(`the first line is no header of ${FORMAT}`);
    this.header = value;
    this.headerKeys = keys.map(String).map(parseVkey);
    if (this.headerKeys.includes(null)) throw new Broken("a key in the header is broken");
    if (this.since && this.since.origin !== origin)
      this.findings.at(0, `another log: ${origin}, not ${this.since.origin}`);
    if (this.since && this.since.size > size)
      this.findings.at(size, `the log was cut: ${size} entries, an earlier checkpoint had ${this.since.size}`);
    this.stage = "checkpoints";
  }

  takeCheckpoint(note) {
    const checkpoint = typeof note === "string" ? parseCheckpoint(note) : null;
    const before = this.checkpoints.at(-1)?.size ?? -1;
    const from = Math.max(0, before);
    if (checkpoint === null) return this.findings.at(from, "a checkpoint is broken");
    const { origin, size } = checkpoint;
    if (size <= before) this.findings.at(size, `the checkpoint of size ${size} follows one of ${before}`);
    if (origin !== this.header.origin)
      this.findings.between(from, size, `the checkpoint of size ${size} is of ${origin}`);
    checkpoint.signers = signersOf(checkpoint, [...this.pinned, ...this.headerKeys]);
    if (checkpoint.signers === null)
      this.findings.between(from, size, `the checkpoint of size ${size} has a bad signature`);
    else if (checkpoint.signers.size === 0)
      this.findings.between(from, size, `the checkpoint of size ${size} has no signature of a known key`);
    this.checkpoints.push(checkpoint);
  }

  closeCheckpoints() {
    const last = this.checkpoints.at(-1);
    if (last?.size !== this.header.size) {
      const what = last
        ? `the last checkpoint is of size ${last.size}, not ${this.header.size}`
        : "there is no checkpoint";
      this.findings.at(Math.min(last?.size ?? 0, this.header.size), what);
    }
    const trusted = this.trustedKeys();
    const from = this.checkpoints.at(-2)?.size ?? 0;
    if (trusted !== null && last?.signers?.size > 0 && !trusted.some((key) => last.signers.has(key.vkey)))
      this.findings.between(
        from,
        last.size,
        "the last checkpoint is not signed by the key that was given or known before",
      );
    this.stage = "entries";
    this.meetCheckpoints();
  }

  /** Keys that something outside this bundle speaks for; null when nothing was given. */
  trustedKeys() {
    if (!this.since) return this.pinned.length > 0 ? this.pinned : null;
    const proven = this.since.checkpoint ? signersOf(this.since.checkpoint, this.headerKeys) : null;
    const known = this.since.keys ?? this.headerKeys.filter((key) => proven?.has(key.vkey));
    return [...this.pinned, ...known];
  }

  takeTile(tile) {
    const at = this.bodies.size;
    const due = Math.min(TILE_WIDTH, this.header.size - at);
    const data = typeof tile?.d === "string" ? bytesOf(tile.d) : null;
    const fits =
      at % TILE_WIDTH === 0 && this.tile === null && tile?.l === 0 && tile.n === at / TILE_WIDTH && tile.w === due;
    if (!fits || data?.length !== due * 32) throw new Broken("a tile is broken or not the one due here");
    if (at === 0) this.stored = new Tree();
    if (this.stored === null) throw new Broken("tiles begin in the middle of the log");
    this.tile = data;
  }

  takeEntry(body) {
    const index = this.bodies.size;
    if (index >= this.header.size) throw new Broken(`an entry more than the ${this.header.size} promised`);
    if (typeof body !== "string") throw new Broken("an entry is no text");
    this.checkBody(body, index);
    const leaf = leafHash(body);
    if (this.stored !== null) this.compareWithTile(leaf, index);
    this.bodies.push(leaf);
    this.leaves?.push(leaf);
    if (index < (this.since?.size ?? 0) && this.since.leaves?.[index]?.equals(leaf) === false)
      this.findings.at(index, "the entry is not the one of the earlier bundle: history was rewritten");
    this.meetCheckpoints();
  }

  compareWithTile(leaf, index) {
    if (this.tile === null) throw new Broken("the tile of these entries is missing");
    const place = (index % TILE_WIDTH) * 32;
    const hash = this.tile.subarray(place, place + 32);
    this.stored.push(hash);
    if (!hash.equals(leaf)) this.differs ??= index;
    if (place + 32 === this.tile.length) this.tile = null;
  }

  /** What one entry must be by itself and after the one before. */
  checkBody(body, index) {
    const entry = parsed(body);
    if (entry === null || JSON.stringify(entry) !== body)
      throw new Broken("the entry is no JSON object without blanks");
    if (entry.seq !== index)
      throw new Broken(`the entry says it is ${JSON.stringify(entry.seq)}: one was left out, put in or moved`);
    const fault = shapeFault(entry);
    if (fault !== null) this.findings.at(index, fault);
    if (typeof entry.at !== "string" || !INSTANT.test(entry.at)) return;
    if (entry.at < this.lastAt) this.findings.at(index, `back-dated: ${entry.at} stands after ${this.lastAt}`);
    if (entry.at > this.lastAt) this.lastAt = entry.at;
    this.checkTimes(entry.at, index);
    const id = Buffer.from(String(entry.id).replaceAll("-", ""), "hex").toString("latin1");
    if (this.ids.has(id)) this.findings.at(index, `the id ${entry.id} was there before`);
    this.ids.add(id);
  }

  checkTimes(at, index) {
    const time = Date.parse(at);
    if (time > Date.parse(this.header.made) + LATE_MS)
      this.findings.at(index, `${at} is later than the bundle's own ${this.header.made}`);
    if (!this.since?.made) return;
    const earlier = Date.parse(this.since.made);
    if (index >= this.since.size && time < earlier - LATE_MS)
      this.findings.at(index, `back-dated: ${at}, but the bundle of ${this.since.made} did not have it`);
    if (index < this.since.size && time > earlier + LATE_MS)
      this.findings.at(index, `${at} is later than the bundle of ${this.since.made} that had it already`);
  }

  /** Compares the tree with every checkpoint of its present size, and with the earlier one from outside. */
  meetCheckpoints() {
    const { size } = this.bodies;
    const due = this.checkpoints[this.due];
    const anchor = this.since?.size === size && !this.since.leaves ? this.since : null;
    if (due?.size !== size && anchor === null) return;
    const root = this.bodies.root();
    if (anchor && !anchor.root.equals(root))
      this.findings.between(0, size, `fork: the earlier checkpoint of size ${size} has another root`);
    if (due?.size !== size) return;
    this.due += 1;
    if (this.differs !== null) this.judge(due, root);
    if (due.root.equals(root)) this.holds = size;
    else this.findings.between(this.holds, size, `the root is not that of the checkpoint of size ${size}`);
  }

  /** Says which of the two was changed, entry or tile, by the checkpoint that covers them. */
  judge(checkpoint, root) {
    if (checkpoint === null) this.findings.at(this.differs, "the entry is not the one its tile has the hash of");
    else if (checkpoint.root.equals(root)) this.findings.at(this.differs, "the tile was changed, the entry is sound");
    else if (checkpoint.root.equals(this.stored.root())) this.findings.at(this.differs, "the entry was changed");
    else this.findings.at(this.differs, "the entry or its tile was changed");
    this.differs = null;
  }

  closeEntries() {
    const { size } = this.bodies;
    if (size < this.header.size) throw new Broken(`the entries end here, ${this.header.size} were promised`);
    this.stage = "rows";
  }

  takeRow(row) {
    this.rows += 1;
    const { table, id, ledger_id } = row ?? {};
    const known =
      UUID.test(ledger_id) && this.ids.has(Buffer.from(ledger_id.replaceAll("-", ""), "hex").toString("latin1"));
    if (!known) this.findings.at(this.bodies.size, `the row ${table} ${id} has no entry (${ledger_id})`);
  }

  takeEnd(end) {
    const right = { entries: this.bodies.size, checkpoints: this.checkpoints.length, rows: this.rows };
    for (const [what, count] of Object.entries(right))
      if (end?.[what] !== count)
        this.findings.at(this.bodies.size, `the end counts ${end?.[what]} ${what}, there are ${count}`);
    this.stage = "over";
  }

  finish(broken) {
    if (broken) this.findings.at(this.bodies.size, broken);
    else if (this.stage !== "over") this.findings.at(this.bodies.size, "the bundle has no end");
    if (this.differs !== null) this.judge(null);
  }
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** What is wrong with an entry's members, or null. */
function shapeFault(entry) {
  const names = Object.keys(entry);
  if (names.join() !== KEYS.filter((key) => Object.hasOwn(entry, key)).join())
    return "the entry has unknown or disordered members";
  const absent = NEEDED.find((key) => !names.includes(key));
  if (absent !== undefined) return `the entry lacks ${absent}`;
  if (entry.v !== 1) return `the entry is of version ${entry.v}`;
  if (!UUID.test(entry.id)) return "the entry's id is no UUID";
  if (!INSTANT.test(entry.at) || Number.isNaN(Date.parse(entry.at))) return "the entry's time is no instant";
  const fits = KINDS.has(entry.kind) && VIAS.has(entry.via) && OUTCOMES.has(entry.outcome);
  return fits && typeof entry.act === "string" && typeof entry.who === "string"
    ? null
    : "the entry's members have wrong values";
}

/** Reads a bundle. Returns `{ bad: { index, what } }` or `{ size, root, … }`; throws Usage when the file cannot be opened. */
export async function verifyBundle(path, { keys = [], since = null, keep = false } = {}) {
  firstBytes(path);
  const reading = new Reading({ keys, since, keep });
  let broken = "";
  try {
    for await (const lines of linesOf(path)) for (const line of lines) reading.line(line);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    broken = error.message;
  }
  reading.finish(broken);
  const first = reading.findings.first();
  if (first) return { bad: { index: first.from, what: first.what } };
  const { header, checkpoints, headerKeys, leaves } = reading;
  const signed = checkpoints.at(-1).signers;
  return {
    origin: header.origin,
    size: header.size,
    root: checkpoints.at(-1).root,
    made: header.made,
    keys: [...keys, ...headerKeys].filter((key) => signed.has(key.vkey)),
    leaves,
  };
}

/** What `--since` names: an earlier bundle, which must hold by itself, or one signed checkpoint. */
async function anchorOf(path) {
  const start = firstBytes(path);
  if (start[0] === 0x7b || isGzip(path)) {
    const earlier = await verifyBundle(path, { keep: true });
    if (earlier.bad)
      throw new Usage(`the earlier bundle is broken itself: bad ${earlier.bad.index} ${earlier.bad.what}`);
    return earlier;
  }
  const checkpoint = parseCheckpoint(readFileSync(path, "utf8"));
  if (checkpoint === null) throw new Usage(`${path} is neither a bundle nor a checkpoint`);
  return { ...checkpoint, checkpoint };
}

function argumentsOf(words) {
  const asked = { bundle: "", since: "", keys: [] };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === "--since" || word === "--key") {
      at += 1;
      const value = words[at];
      if (value === undefined) throw new Usage(USAGE);
      if (word === "--since") asked.since = value;
      else asked.keys.push(parseVkey(value) ?? new Usage(`no verifier key: ${value}`));
    } else if (word.startsWith("--") || asked.bundle) throw new Usage(USAGE);
    else asked.bundle = word;
  }
  const wrong = asked.keys.find((key) => key instanceof Usage);
  if (wrong) throw wrong;
  if (!asked.bundle) throw new Usage(USAGE);
  return asked;
}

/** The whole command; returns the exit code. */
export async function main(words, print = console.log) {
  try {
    const { bundle, since, keys } = argumentsOf(words);
    const found = await verifyBundle(bundle, { keys, since: since ? await anchorOf(since) : null });
    if (found.bad) {
      print(`bad ${found.bad.index} ${found.bad.what}`);
      return 1;
    }
    print(`ok ${found.size} ${found.root.toString("base64")}`);
    if (since) return 0;
    if (keys.length === 0)
      print("as far as it goes: no --key was given, and keys inside a bundle prove nothing by themselves");
    print(
      "as far as it goes: no earlier checkpoint was given, so a history rewritten by the holder of the key cannot show",
    );
    return 3;
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    print(error.message);
    return 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href)
  process.exitCode = await main(process.argv.slice(2));
