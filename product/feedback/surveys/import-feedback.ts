import { z } from "zod";
import { excerpt } from "#core/contract/excerpt.ts";
import { problem } from "#core/contract/problem.ts";
import type { BodyOf } from "#core/contract/route.ts";
import { anonymousId } from "#platform/database/ids.ts";
import { sha256 } from "#platform/crypto/hash.ts";
import type { Context } from "#platform/http/context.ts";
import type { ToldRun } from "#product/clinic/imports/contract.ts";
import { endForgottenRuns, insertRun, lockRun, setRun } from "#product/clinic/imports/index.ts";
import { insertService, servicesByName } from "#product/clinic/services/index.ts";
import type * as contract from "./contract.ts";
import type { ImportRun } from "./contract.ts";
import {
  faultWords,
  isFault,
  isGood,
  plainName,
  readRow,
  type Fault,
  type FaultCode,
  type GoodRow,
} from "./import-rows.ts";
import { deleteOfRun, insertImported, knownKeys, type NewResponse } from "./import-queries.ts";
import { makeDefaultSurvey } from "./set-survey.ts";
import { themesOf } from "./themes.ts";

/** A run nobody has ended after so long is taken for dead. */
const forgottenHours = 6;
const undoDays = 30;
/** Row numbers and values kept of one fault: enough to find the pattern. */
const samples = 20;

const counts = z.object({
  read: z.number(),
  created: z.number(),
  known: z.number(),
  refused: z.number(),
  groups: z.number(),
});
const kept = z.object({
  /** Day of rows without one, and the survey they belong to. */
  day: z.string(),
  surveyId: z.string(),
  make: z.boolean(),
  faults: z.array(
    z.object({ code: z.string(), n: z.number(), rows: z.array(z.number()), values: z.array(z.string()) }),
  ),
});
type Kept = z.output<typeof kept>;
type Run = Awaited<ReturnType<typeof lockRun>>;
const thisKind = { kind: "feedback", unknown: "feedback-import.unknown" } as const;
const states = ["running", "done", "undone", "failed"] as const;
const isCode = (code: string): code is FaultCode => code in faultWords;

function shown(run: Pick<Run, "id" | "state" | "dry_run">, o: { counts: ImportRun["counts"]; kept: Kept }): ImportRun {
  return {
    id: run.id,
    state: states.find((state) => state === run.state) ?? "failed",
    dryRun: run.dry_run,
    counts: o.counts,
    faults: o.kept.faults.flatMap((fault) => (isCode(fault.code) ? [{ ...fault, ...faultWords[fault.code] }] : [])),
  };
}

/** Samples the page of all runs shows of one fault. */
const toldSamples = 3;

/** The same faults as the page of all runs shows them. */
const toldOf = (run: Pick<Run, "file_name">, { faults }: Kept, failed: string | null): ToldRun => ({
  failed,
  faults: faults
    .flatMap(({ code, n, rows, values }) =>
      isCode(code)
        ? [
            {
              group: code,
              n,
              ...faultWords[code],
              samples: rows.slice(0, toldSamples).map((line, at) => {
                // values are kept once each, so only where none came twice does the place tell whose it is
                const found = values.length === rows.length ? values[at] : undefined;
                return { file: run.file_name, line, code, field: "", ...(found === undefined ? {} : { found }) };
              }),
            },
          ]
        : [],
    )
    .toSorted((a, b) => b.n - a.n),
});

const keptOf = (run: Run): { counts: ImportRun["counts"]; kept: Kept } => ({
  counts: counts.parse(run.counts),
  kept: kept.parse(run.problems),
});

/** Begins a run. Throws `feedback-import.running` while another import of the clinic runs. */
export async function beginImport(
  ctx: Context,
  asked: BodyOf<typeof contract.beginFeedbackImport>,
): Promise<ImportRun> {
  await endForgottenRuns(ctx.db, "feedback", ctx.now.subtract({ hours: forgottenHours }).toString());
  const id = ctx.db.newId();
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().toString();
  const none = { read: 0, created: 0, known: 0, refused: 0, groups: 0 };
  const start: Kept = {
    day: asked.day ?? today,
    surveyId: await makeDefaultSurvey(ctx),
    make: asked.unknownServices === "make",
    faults: [],
  };
  const made = await insertRun(ctx.db, {
    id,
    kind: "feedback",
    source: asked.source,
    fileName: asked.fileName,
    dryRun: asked.dryRun,
    counts: none,
    by: ctx.member.id,
  });
  if (made === 0) throw problem("feedback-import.running");
  await setRun(ctx.db, id, { problems: start });
  ctx.ledger.about("import", id);
  return shown({ id, state: "running", dry_run: asked.dryRun }, { counts: none, kept: start });
}

async function runningRun(ctx: Context, id: string): Promise<Run> {
  const run = await lockRun(ctx.db, id, thisKind);
  if (run.state !== "running") throw problem("feedback-import.not-running");
  return run;
}

/** Takes up to 500 rows. Rows that cannot be read are counted by what would mend them; the others go in. */
export async function importRows(
  ctx: Context,
  id: string,
  rows: BodyOf<typeof contract.sendFeedbackRows>["rows"],
): Promise<ImportRun> {
  const run = await runningRun(ctx, id);
  const before = keptOf(run);
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().toString();
  const read = rows.map((row) => readRow(row, { day: before.kept.day, today }));
  const faults = read.filter(isFault);
  const good = read.filter(isGood);
  const services = await placesOf(ctx, good, { make: before.kept.make && !run.dry_run });
  const ready: NewResponse[] = [];
  for (const row of good) {
    const service = services.known.get(plainName(row.service));
    if (service) ready.push(await sealed(ctx, row, { run, service }));
    else if (!before.kept.make) faults.push({ code: "service.unknown", no: row.no, value: excerpt(row.service, 60) });
  }
  // a dry run makes no service, so rows of new ones are counted by themselves
  const ofNewServices = before.kept.make ? good.length - ready.length : 0;
  const keys = ready.map(({ key }) => key);
  const created = run.dry_run
    ? ready.length - (await knownKeys(ctx.db, keys)) + ofNewServices
    : await insertImported(ctx.db, { surveyId: before.kept.surveyId, runId: id, rows: ready });
  const after = {
    read: before.counts.read + rows.length,
    created: before.counts.created + created,
    known: before.counts.known + ready.length + ofNewServices - created,
    refused: before.counts.refused + faults.length,
    groups: before.counts.groups + services.made,
  };
  const grouped: Kept = { ...before.kept, faults: gathered(before.kept.faults, faults) };
  await setRun(ctx.db, id, { counts: after, problems: { ...grouped, told: toldOf(run, grouped, null) } });
  return shown(run, { counts: after, kept: grouped });
}

type PlaceOfService = { id: string; departmentId: string | null; siteId: string | null };

/** The services these rows name, by code or by either name; unknown ones are made where that was asked for. */
async function placesOf(
  ctx: Context,
  rows: readonly GoodRow[],
  o: { make: boolean },
): Promise<{ known: Map<string, PlaceOfService>; made: number }> {
  const known = new Map<string, PlaceOfService>();
  for (const service of await servicesByName(ctx.db))
    for (const name of [service.code, service.nameUk, service.nameEn])
      if (name && !known.has(plainName(name))) known.set(plainName(name), service);
  let made = 0;
  for (const { service: name } of o.make ? rows : []) {
    if (known.has(plainName(name))) continue;
    const id = ctx.db.newId();
    await insertService(ctx.db, { id, code: `IMP-${id}`, name });
    known.set(plainName(name), { id, departmentId: null, siteId: null });
    made++;
  }
  return { known, made };
}

async function sealed(ctx: Context, row: GoodRow, o: { run: Run; service: PlaceOfService }): Promise<NewResponse> {
  const id = anonymousId();
  return {
    id,
    key: Buffer.from(sha256(Buffer.from(`${o.run.source_system}\0${row.key}`))),
    day: row.day,
    score: row.score,
    comment: row.comment
      ? await ctx.keys.seal("clinic", { thing: "response", id, field: "comment" }, row.comment)
      : null,
    themes: themesOf(row.comment),
    serviceId: o.service.id,
    departmentId: o.service.departmentId,
    siteId: o.service.siteId,
  };
}

function gathered(before: Kept["faults"], faults: readonly Fault[]): Kept["faults"] {
  const byCode = new Map(
    before.map((fault) => [fault.code, { ...fault, rows: [...fault.rows], values: [...fault.values] }]),
  );
  for (const { code, no, value } of faults) {
    const fault = byCode.get(code) ?? { code, n: 0, rows: [], values: [] };
    fault.n++;
    if (fault.rows.length < samples) fault.rows.push(no);
    if (value && fault.values.length < samples && !fault.values.includes(value)) fault.values.push(value);
    byCode.set(code, fault);
  }
  return [...byCode.values()];
}

/** Ends a run; from now on it can be taken back for 30 days. `failed`: the program that sent the rows gives up. */
export async function finishImport(ctx: Context, id: string, failed: string | undefined): Promise<ImportRun> {
  const run = await runningRun(ctx, id);
  const state = failed === undefined ? "done" : "failed";
  const { kept: last } = keptOf(run);
  const problems = { ...last, told: toldOf(run, last, failed ?? null) };
  await setRun(ctx.db, id, {
    state,
    problems,
    finished: true,
    undoUntil: ctx.now.add({ hours: 24 * undoDays }).toString(),
  });
  return shown({ ...run, state }, keptOf(run));
}

/** Takes back every answer of a run. A run that still goes on is ended by it. Throws `feedback-import.undo-late`. */
export async function undoImport(ctx: Context, id: string): Promise<ImportRun> {
  const run = await lockRun(ctx.db, id, thisKind);
  if (run.undo_until && Temporal.Instant.compare(ctx.now, Temporal.Instant.from(run.undo_until)) > 0)
    throw problem("feedback-import.undo-late");
  const removed = await deleteOfRun(ctx.db, id);
  await setRun(ctx.db, id, { state: "undone", undone: true, finished: true });
  ctx.ledger.note({ removed });
  return shown({ ...run, state: "undone" }, keptOf(run));
}
