import { problem } from "#core/contract/problem.ts";
import type { BodyOf, QueryOf, ReplyGiven } from "#core/contract/route.ts";
import { afterKey, pageOfRows } from "#platform/database/keyset.ts";
import type { Context } from "#platform/http/context.ts";
import type * as contract from "./contract.ts";
import type { ImportRun } from "./contract.ts";
import { importFinished } from "./events.ts";
import { deleteDryKeys } from "./keep-keys.ts";
import { rowsKept, undoneCounts } from "./keep-rows.ts";
import { endForgottenRuns, insertRun, lockRun, runColumns, setRun } from "./runs.ts";
import { shownTally, tallyOf, toldOf, type Tally } from "./tally.ts";

export type Run = Awaited<ReturnType<typeof lockRun>>;

/** A run nobody has ended after so long is taken for dead. */
const forgottenHours = 6;
/** A run can be undone for so long. */
export const undoDays = 7;
/** Rows shown of those that undoing left. */
const leftShown = 100;
export const thisKind = { kind: "fhir", unknown: "import.unknown" } as const;
const states = ["running", "done", "undoing", "undone", "failed"] as const;

/** A run as the reply shows it. */
export const shownRun = (run: Run, tally: Tally, undo: ImportRun["undo"] = null): ImportRun => ({
  id: run.id,
  kind: run.kind === "feedback" ? "feedback" : "fhir",
  source: run.source_system,
  fileName: run.file_name,
  dryRun: run.dry_run,
  state: states.find((state) => state === run.state) ?? "failed",
  ...shownTally(tally),
  ...(run.kind === "feedback" ? toldOf(run.problems) : {}),
  startedAt: run.started_at,
  finishedAt: run.finished_at,
  undoUntil: run.undo_until,
  undo,
});

/** Begins a run. Throws `import.running` while another one of the clinic goes on. */
export async function beginImport(ctx: Context, asked: BodyOf<typeof contract.beginImport>): Promise<ImportRun> {
  await endForgottenRuns(ctx.db, "fhir", ctx.now.subtract({ hours: forgottenHours }).toString());
  const id = ctx.db.newId();
  const tally = tallyOf({ counts: {}, problems: { notTaken: asked.notTaken } });
  const made = await insertRun(ctx.db, {
    id,
    kind: "fhir",
    source: asked.source,
    fileName: asked.fileName,
    dryRun: asked.dryRun,
    counts: tally.counts,
    by: ctx.member.id,
  });
  if (made === 0) throw problem("import.running");
  await setRun(ctx.db, id, { problems: tally.kept });
  await deleteDryKeys(ctx.db);
  ctx.ledger.about("import", id);
  return shownRun(await lockRun(ctx.db, id, thisKind), tally);
}

/** The run, locked, while it goes on. Throws `import.unknown`, `import.not-running`. */
export async function runningRun(ctx: Context, id: string): Promise<Run> {
  const run = await lockRun(ctx.db, id, thisKind);
  if (run.state !== "running") throw problem("import.not-running");
  return run;
}

/** Ends a run; from now on it can be taken back for 7 days. `failed`: whoever sent the lines gave up, and why. */
export async function finishImport(ctx: Context, id: string, failed: string | undefined): Promise<ImportRun> {
  const run = await runningRun(ctx, id);
  const tally = tallyOf(run);
  tally.kept.failed = failed ?? null;
  const undoUntil = run.dry_run ? undefined : ctx.now.add({ hours: 24 * undoDays }).toString();
  if (run.dry_run) await deleteDryKeys(ctx.db);
  await setRun(ctx.db, id, {
    state: failed === undefined ? "done" : "failed",
    problems: tally.kept,
    finished: true,
    ...(undoUntil ? { undoUntil } : {}),
  });
  if (!run.dry_run) ctx.events.add(importFinished, { id });
  return shownRun(await lockRun(ctx.db, id, thisKind), tally);
}

/** What undoing has done and left, or null where none was asked for. */
export async function undoOf(ctx: Context, run: Pick<Run, "id" | "state">): Promise<ImportRun["undo"]> {
  if (run.state !== "undone" && run.state !== "undoing") return null;
  const counts = new Map((await undoneCounts(ctx.db, run.id)).map(({ undone, n }) => [undone, n]));
  const left = await rowsKept(ctx.db, run.id, leftShown);
  return {
    removed: counts.get("removed") ?? 0,
    restored: counts.get("restored") ?? 0,
    left: left.map(({ target, target_id, undone }) => ({
      thing: target,
      id: target_id,
      why: undone === "in-use" ? "in-use" : "changed-since",
    })),
    leftCount: (counts.get("changed-since") ?? 0) + (counts.get("in-use") ?? 0),
  };
}

/** One run. Throws `import.unknown`. */
export async function readImport(ctx: Context, id: string): Promise<ImportRun> {
  const run = await ctx.db.one(
    "import.unknown",
    ctx.db.from("clinic.import_run").select(runColumns).where("id", "=", id),
  );
  return shownRun(run, tallyOf(run), await undoOf(ctx, run));
}

/** Runs of every kind, newest first. Index: import_run_time. */
export async function listImports(
  ctx: Context,
  query: QueryOf<typeof contract.listImports>,
): Promise<ReplyGiven<typeof contract.listImports>> {
  const rows = await ctx.db.many(
    ctx.db
      .from("clinic.import_run")
      .select(runColumns)
      .where(afterKey({ started_at: "instant", id: "id" }, query.after, "desc"))
      .orderBy("started_at", "desc")
      .orderBy("id", "desc")
      .limit(query.limit + 1),
  );
  const { items, next } = pageOfRows(rows, query.limit, (row) => [row.started_at, row.id]);
  return { items: items.map((row) => shownRun(row, tallyOf(row))), ...(next ? { next } : {}) };
}
