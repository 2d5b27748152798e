import { problem } from "#core/contract/problem.ts";
import type { BodyOf } from "#core/contract/route.ts";
import type { BulkRow, BulkTable } from "#platform/database/bulk.ts";
import { nextCodes } from "#platform/database/codes.ts";
import type { Context } from "#platform/http/context.ts";
import { memberTable } from "#product/clinic/members/index.ts";
import { patientCodes, patientTable, preparePatient } from "#product/clinic/patients/index.ts";
import { serviceTable } from "#product/clinic/services/index.ts";
import { departmentTable, siteTable } from "#product/clinic/sites/index.ts";
import { diagnosisTable, procedureTable, visitFinished, visitTable } from "#product/clinic/visits/index.ts";

import type * as contract from "./contract.ts";
import type { ImportRun } from "./contract.ts";
import { RowFault } from "./faults.ts";
import type { Draft, KeyFacts, Now, Pointer, Target } from "./fhir-values.ts";
import { insertKeys, keysAt, markSeen, renewKeys, setKeyVersions, type KnownKey, type NewKey } from "./keep-keys.ts";
import { insertMade, type MadeRow } from "./keep-rows.ts";
import { readLine } from "./read-line.ts";
import { setRun } from "./runs.ts";
import { runningRun, shownRun, type Run } from "./run.ts";
import { count, note, refuse, tallyOf, type Tally } from "./tally.ts";

/** Where each kind of row is written: by its owner's own door. */
export const tables: Readonly<Record<Target, BulkTable>> = {
  site: siteTable,
  department: departmentTable,
  member: memberTable,
  service: serviceTable,
  patient: patientTable,
  visit: visitTable,
  diagnosis: diagnosisTable,
  procedure: procedureTable,
};

/** A visit that ended so long ago is history: its patient is not asked about it. */
const freshHours = 72;

type Asked = BodyOf<typeof contract.sendRows>;
type Line = { draft: Draft; line: number; key: string; digest: string };
type Chunk = {
  ctx: Context;
  run: Run;
  asked: Asked;
  tally: Tally;
  /** Blind keys by their text. */
  blind: (text: string) => Promise<string>;
  known: Map<string, KnownKey>;
  /** Blind key → text, of every key in this chunk. */
  keyOf: Map<string, string>;
};

/** Takes up to 500 lines of one kind in one transaction. Lines that cannot be taken are counted by what would mend them; the others go
 *  in. Throws `import.unknown`, `import.not-running`. */
export async function takeRows(ctx: Context, id: string, asked: Asked): Promise<ImportRun> {
  const run = await runningRun(ctx, id);
  const tally = tallyOf(run);
  count(tally, asked.type, "read", asked.rows.length);
  const blind = blinder(ctx, run.source_system);
  const lines = await readLines(ctx, { asked, tally, blind });
  const keyOf = new Map<string, string>();
  for (const { draft } of lines) for (const text of keyTexts(draft)) keyOf.set(text, await blind(text));
  const known = await keysAt(ctx.db, [...keyOf.values()], run.id);
  const chunk: Chunk = { ctx, run, asked, tally, blind, known, keyOf };
  const fresh = await withoutKnown(chunk, lines);
  await makeServices(chunk, fresh);
  await write(chunk, followPointers(chunk, fresh));
  await setRun(ctx.db, id, { counts: tally.counts, problems: tally.kept });
  return shownRun(run, tally);
}

/** HMAC of source and text under the clinic's key: keys of other systems may name a person. */
function blinder(ctx: Context, source: string): (text: string) => Promise<string> {
  return async (text) => {
    const key = await ctx.keys.blind("row", `${source}\0${text}`);
    if (!key) throw new Error("a row has no blind key");
    return key.toString("base64url");
  };
}

const keyTexts = (draft: Draft): string[] => [
  draft.key,
  ...draft.aliases,
  ...(draft.service ? [draft.service.key] : []),
  ...(draft.onto?.keys ?? []),
  ...Object.values(draft.pointers).flatMap(({ keys }) => keys),
];

async function readLines(ctx: Context, o: { asked: Asked; tally: Tally; blind: Chunk["blind"] }): Promise<Line[]> {
  const { type, file, rows } = o.asked;
  const now: Now = {
    instant: ctx.now,
    today: ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().toString(),
    zone: ctx.clinic.zone,
    language: ctx.clinic.language,
  };
  const lines: Line[] = [];
  const seen = new Set<string>();
  for (const { line, text, fault } of rows) {
    try {
      if (fault) throw new RowFault("line", { code: fault });
      const draft = readLine(type, text, now);
      if (seen.has(draft.key)) throw new RowFault("id", { code: "id.repeated", field: "id" });
      seen.add(draft.key);
      lines.push({ draft, line, key: await o.blind(draft.key), digest: await o.blind(`line\0${text}`) });
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      refuse(o.tally, error, { type, file, line });
    }
  }
  return lines;
}

const refuseLine = ({ tally, asked }: Chunk, line: number, fault: RowFault): void =>
  refuse(tally, fault, { type: asked.type, file: asked.file, line });

/** Leaves out lines that came before unchanged, and those that come a second time in this run. */
async function withoutKnown(chunk: Chunk, lines: readonly Line[]): Promise<Line[]> {
  const skipped: string[] = [];
  const fresh = lines.filter((one) => {
    const before = chunk.known.get(one.key);
    if (before?.seen_run === chunk.run.id) {
      refuseLine(chunk, one.line, new RowFault("id", { code: "id.repeated", field: "id" }));
      return false;
    }
    if (before?.digest !== one.digest) return true;
    skipped.push(one.key);
    count(chunk.tally, chunk.asked.type, "skipped");
    return false;
  });
  await markSeen(chunk.ctx.db, skipped, chunk.run.id);
  return fresh;
}

/** Services that these visits name for the first time. */
async function makeServices({ ctx, run, tally, known, keyOf }: Chunk, lines: readonly Line[]): Promise<void> {
  const made: { row: BulkRow; key: NewKey }[] = [];
  for (const { draft } of lines) {
    const key = draft.service ? keyOf.get(draft.service.key) : undefined;
    if (!draft.service || !key || known.has(key)) continue;
    const id = ctx.db.newId();
    const { code, name } = draft.service;
    known.set(key, { key, target: "service", target_id: id, version: 1, digest: null, facts: {}, seen_run: run.id });
    made.push({
      row: { id, code, name_uk: name, name_en: name, source_key: key },
      key: { key, target: "service", id, version: 1, digest: null, facts: {} },
    });
  }
  await insertKeys(
    ctx.db,
    made.map(({ key }) => key),
    { runId: run.id, dry: run.dry_run },
  );
  if (run.dry_run) return;
  await serviceTable.insert(
    ctx.db,
    made.map(({ row }) => row),
  );
  const rows = made.map(({ key }): MadeRow => ({ ...key, no: ++tally.kept.made, action: "create", before: null }));
  await insertMade(ctx.db, run.id, rows);
}

/** A line whose pointers lead to rows of ours. */
type Ready = Line & {
  id: string | null;
  before: KnownKey | undefined;
  cells: Record<string, unknown>;
  visit: KeyFacts | undefined;
  patient: KnownKey | undefined;
};

function followPointers(chunk: Chunk, lines: readonly Line[]): Ready[] {
  const ready: Ready[] = [];
  for (const one of lines) {
    try {
      ready.push(follow(chunk, one));
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      refuseLine(chunk, one.line, error);
    }
  }
  return ready;
}

function follow(chunk: Chunk, one: Line): Ready {
  const { draft } = one;
  const find = ({ keys, field, needed }: Pointer): KnownKey | undefined => {
    const found = keys.map((text) => chunk.known.get(chunk.keyOf.get(text) ?? "")).find((key) => key !== undefined);
    if (!found && needed)
      throw new RowFault("reference", { code: "reference.unknown", field, found: keys[0]?.split(/[/?]/)[0] });
    return found;
  };
  const pointed = new Map(Object.entries(draft.pointers).map(([name, pointer]) => [name, find(pointer)]));
  const cells: Record<string, unknown> = { ...draft.cells };
  for (const [name, key] of pointed) cells[name] = key?.target_id ?? null;
  if (draft.service) cells["service_id"] = chunk.known.get(chunk.keyOf.get(draft.service.key) ?? "")?.target_id;
  const visit = pointed.get("visit_id")?.facts;
  const patient = pointed.get("patient_id");
  flag(chunk, { draft, cells, visit, patient });
  const onto = draft.onto ? find(draft.onto) : undefined;
  const before = chunk.known.get(one.key);
  return { ...one, cells, visit, patient, before: before ?? onto, id: onto?.target_id ?? before?.target_id ?? null };
}

/** What can be told of a line only beside its visit and its patient. */
function flag(
  { tally }: Chunk,
  o: { draft: Draft; cells: Record<string, unknown>; visit: KeyFacts | undefined; patient: KnownKey | undefined },
): void {
  const { draft, cells } = o;
  for (const code of draft.notes) note(tally, code);
  if (draft.target === "diagnosis" || draft.target === "procedure") {
    cells["outside_visit"] = isOutside(draft.facts, o.visit);
    if (cells["outside_visit"] === true) note(tally, `${draft.target}.outside-visit`);
  }
  if (draft.target !== "visit") return;
  const dead = o.patient?.facts.dead;
  cells["never_survey"] = dead !== undefined;
  if (typeof dead === "string" && draft.facts.start && draft.facts.start.slice(0, 10) > dead)
    note(tally, "visit.after-death");
}

const ms = (instant: string): number => Date.parse(instant);

function isOutside(of: KeyFacts, visit: KeyFacts | undefined): boolean {
  if (!visit?.start || !of.start) return false;
  const end = visit.end ? ms(visit.end) : Infinity;
  return ms(of.start) < ms(visit.start) || ms(of.start) > end || (of.end ? ms(of.end) > end : false);
}

async function write(chunk: Chunk, ready: readonly Ready[]): Promise<void> {
  const { create = [], change = [] } = Object.groupBy(ready, ({ id }) => (id === null ? "create" : "change"));
  await createRows(chunk, create);
  // two lines that add to one row follow each other: each changes the row's version
  const waves: Ready[][] = [];
  const turns = new Map<string, number>();
  for (const one of change) {
    const turn = turns.get(one.id ?? "") ?? 0;
    turns.set(one.id ?? "", turn + 1);
    (waves[turn] ??= []).push(one);
  }
  for (const wave of waves) await changeRows(chunk, wave);
}

const codePrefix: Partial<Record<Target, string>> = { visit: "VIS" };

async function createRows(chunk: Chunk, lines: readonly Ready[]): Promise<void> {
  const { ctx, run, tally } = chunk;
  const [first] = lines;
  if (!first) return;
  const { target } = first.draft;
  const made = lines.map((one) => ({ one, id: ctx.db.newId() }));
  const keys = made.flatMap(({ one, id }): NewKey[] => [
    { key: one.key, target, id, version: 1, digest: one.digest, facts: one.draft.facts },
    ...one.draft.aliases.map((text): NewKey => {
      const key = chunk.keyOf.get(text) ?? "";
      return { key, target, id, version: 1, digest: null, facts: one.draft.facts };
    }),
  ]);
  await insertKeys(ctx.db, keys, { runId: run.id, dry: run.dry_run });
  count(tally, chunk.asked.type, "created", lines.length);
  if (run.dry_run) return;
  const codes = await codesFor(ctx, target, lines.length);
  if (target === "patient") await ctx.keys.makeOwners(made.map(({ id }) => id));
  const rows: BulkRow[] = [];
  for (const [at, { one, id }] of made.entries()) rows.push(await rowOf(ctx, one, { id, code: codes[at] ?? null }));
  await tables[target].insert(ctx.db, rows);
  await insertMade(
    ctx.db,
    run.id,
    made.map(({ one, id }) => ({
      no: ++tally.kept.made,
      key: one.key,
      action: "create",
      target,
      id,
      version: 1,
      before: null,
    })),
  );
  for (const { one, id } of made) sayOf(ctx, one, id);
}

const codesFor = (ctx: Context, target: Target, n: number): Promise<string[]> => {
  const prefix = codePrefix[target];
  if (target === "patient") return patientCodes(ctx, n);
  return prefix ? nextCodes(ctx.db, prefix, n) : Promise.resolve([]);
};

/** The row of a line; a patient's words are sealed under the patient's own key. */
async function rowOf(ctx: Context, one: Ready, o: { id: string; code: string | null }): Promise<BulkRow> {
  const { patient } = one.draft;
  if (patient) return preparePatient(ctx, { ...o, patient: { ...patient, sourceKey: one.key } });
  return { ...one.cells, id: o.id, source_key: one.key, ...(o.code ? { code: o.code } : {}) };
}

/** Whom a row is about goes to the ledger; a living patient's visit of the last days is said to the loop, older ones are history. */
function sayOf(ctx: Context, one: Ready, id: string): void {
  if (one.draft.target === "patient") ctx.ledger.subject(id);
  if (one.patient) ctx.ledger.subject(one.patient.target_id);
  const { end } = one.draft.facts;
  if (one.draft.target !== "visit" || !end || one.patient?.facts.dead !== undefined) return;
  if (ms(end) > ctx.now.epochMilliseconds - freshHours * 60 * 60 * 1000) ctx.events.add(visitFinished, { id });
}

/** Lines that differ from what came before, and lines that add to another's row. What was changed here since stays. */
async function changeRows(chunk: Chunk, lines: readonly Ready[]): Promise<void> {
  const { ctx, run, tally } = chunk;
  const [first] = lines;
  if (!first) return;
  const { target } = first.draft;
  const table = tables[target];
  const images = await table.images(
    ctx.db,
    lines.flatMap(({ id }) => (id ? [id] : [])),
  );
  const changes: { one: Ready; row: BulkRow & { version: number }; before: Buffer }[] = [];
  for (const one of lines) {
    const image = images.get(one.id ?? "");
    // a dry run has no row for what it "made" itself
    const isUntouched = image ? image.version === one.before?.version : run.dry_run;
    if (!isUntouched) {
      refuseLine(chunk, one.line, new RowFault("changed-here", { code: "row.changed-here" }));
      continue;
    }
    count(tally, chunk.asked.type, "updated");
    if (!image || run.dry_run) {
      await keepChanged(chunk, one, { version: 1 });
      continue;
    }
    const row = {
      ...image.row,
      ...(await rowOf(ctx, one, { id: image.id, code: null })),
      id: image.id,
      version: image.version,
    };
    const kept = { image, key: one.draft.onto ? null : one.before };
    const place = { thing: "import-row", id: `${run.id}.${one.key}`, field: "before" };
    const owner = target === "patient" ? image.id : "clinic";
    const before = await ctx.keys.seal(owner, place, JSON.stringify(kept));
    changes.push({ one, row: { ...row, source_key: image.row["source_key"] }, before });
  }
  const changed = await table.update(
    ctx.db,
    changes.map(({ row }) => row),
  );
  const made: MadeRow[] = [];
  for (const { one, row, before } of changes) {
    if (!changed.has(row.id)) throw problem("service.busy", { seconds: 2 });
    const version = row.version + 1;
    made.push({ no: ++tally.kept.made, key: one.key, action: "update", target, id: row.id, version, before });
    await keepChanged(chunk, one, { version });
    sayOf(ctx, { ...one, draft: { ...one.draft, facts: {} } }, row.id);
  }
  await insertMade(ctx.db, run.id, made);
  await setKeyVersions(ctx.db, made);
  const versions = new Map(made.map(({ id, version }) => [id, version]));
  for (const key of chunk.known.values()) key.version = versions.get(key.target_id) ?? key.version;
}

/** The line's key: renewed where it was known, kept beside its row's where the line adds to another's. */
async function keepChanged({ ctx, run, known }: Chunk, one: Ready, { version }: { version: number }): Promise<void> {
  const { draft, key, digest, id } = one;
  if (known.has(key)) return renewKeys(ctx.db, [{ key, digest, facts: draft.facts }], run.id);
  const made: NewKey = { key, target: draft.target, id: id ?? "", version, digest, facts: draft.facts };
  return insertKeys(ctx.db, [made], { runId: run.id, dry: run.dry_run });
}
