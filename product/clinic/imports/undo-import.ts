import { sql } from "kysely";
import { z } from "zod";
import { problem } from "#core/contract/problem.ts";
import type { Context } from "#platform/http/context.ts";
import { visitsWithDiagnoses } from "#product/clinic/visits/index.ts";
import type { ImportRun } from "./contract.ts";
import { importUndone } from "./events.ts";
import type { Target } from "./fhir-values.ts";
import { deleteKeys, deleteKeysOf, renewKeys, setKeyVersions } from "./keep-keys.ts";
import { markUndone, rowsLeft, type Undone } from "./keep-rows.ts";
import { thisKind, shownRun, undoOf, type Run } from "./run.ts";
import { lockRun, setRun } from "./runs.ts";
import { tables } from "./take-rows.ts";
import { tallyOf } from "./tally.ts";

/** Rows that one call takes back: about a second's work. */
const stepRows = 1000;

type Left = Awaited<ReturnType<typeof rowsLeft>>[number];

const kept = z.object({
  image: z.object({ id: z.string(), version: z.number(), row: z.record(z.string(), z.unknown()) }),
  key: z
    .object({
      key: z.string(),
      digest: z.string().nullable(),
      facts: z.object({
        start: z.string().optional(),
        end: z.string().nullable().optional(),
        dead: z.union([z.string(), z.literal(true)]).optional(),
      }),
      seen_run: z.string(),
    })
    .nullable(),
});

/** Takes back one step of a run, last made first: made rows are removed, changed ones become what they were. A row that somebody has
 *  changed since, or that something else leans on, stays and is listed. Throws `import.unknown`, `import.undone-already`,
 *  `import.undo-late`, `import.dry`. */
export async function undoImport(ctx: Context, id: string): Promise<ImportRun> {
  const run = await lockRun(ctx.db, id, thisKind);
  demandUndoable(ctx, run);
  if (run.state !== "undoing") await setRun(ctx.db, id, { state: "undoing" });
  const left = await rowsLeft(ctx.db, id, stepRows);
  // rows of one kind stand together in the order of making: each group is a few statements
  for (const group of groupsOf(left)) await undoGroup(ctx, run, group);
  if (left.length < stepRows) {
    await setRun(ctx.db, id, { state: "undone", undone: true, finished: true });
    ctx.events.add(importUndone, { id });
  }
  const now = await lockRun(ctx.db, id, thisKind);
  return shownRun(now, tallyOf(now), await undoOf(ctx, now));
}

function demandUndoable(ctx: Context, run: Run): void {
  if (run.state === "undone") throw problem("import.undone-already");
  if (run.dry_run) throw problem("import.dry");
  if (run.undo_until && Temporal.Instant.compare(ctx.now, Temporal.Instant.from(run.undo_until)) > 0)
    throw problem("import.undo-late");
}

function groupsOf(rows: readonly Left[]): Left[][] {
  const groups: Left[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    const isTwice = row.action === "update" && last?.some(({ target_id }) => target_id === row.target_id);
    if (last && first?.target === row.target && first.action === row.action && !isTwice) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

const targets = ["site", "department", "member", "service", "patient", "visit", "diagnosis", "procedure"] as const;

async function undoGroup(ctx: Context, run: Run, rows: readonly Left[]): Promise<void> {
  const [first] = rows;
  const target = targets.find((one) => one === first?.target);
  if (!first || !target) return;
  const done =
    first.action === "create" ? await removeRows(ctx, target, rows) : await restoreRows(ctx, { run, target }, rows);
  await markUndone(
    ctx.db,
    run.id,
    rows.map(({ no, target_id }) => ({ no, undone: done.get(target_id) ?? "changed-since" })),
  );
  if (target === "patient") ctx.ledger.subject(...rows.map(({ target_id }) => target_id));
}

async function removeRows(ctx: Context, target: Target, rows: readonly Left[]): Promise<Map<string, Undone>> {
  const done = new Map<string, Undone>();
  const leaning =
    target === "visit"
      ? await visitsWithDiagnoses(
          ctx.db,
          rows.map(({ target_id }) => target_id),
        )
      : new Set();
  const free = rows.filter(({ target_id }) => !leaning.has(target_id));
  for (const { target_id } of rows) if (leaning.has(target_id)) done.set(target_id, "in-use");
  const removed = await tryRemove(ctx, target, free);
  if (removed) for (const id of removed) done.set(id, "removed");
  // something leans on one of them: find out which, row by row
  else
    for (const row of free) {
      const one = await tryRemove(ctx, target, [row]);
      if (!one) done.set(row.target_id, "in-use");
      else if (one.has(row.target_id)) done.set(row.target_id, "removed");
    }
  await deleteKeysOf(
    ctx.db,
    [...done].flatMap(([id, what]) => (what === "removed" ? [id] : [])),
  );
  return done;
}

/** Removes rows that still stand as they were made; undefined when a foreign key forbids it, and then none is removed. */
async function tryRemove(ctx: Context, target: Target, rows: readonly Left[]): Promise<Set<string> | undefined> {
  await ctx.db.run(sql`savepoint undoing`);
  try {
    const removed = await tables[target].remove(
      ctx.db,
      rows.map(({ target_id, target_version }) => ({ id: target_id, version: target_version })),
    );
    await ctx.db.run(sql`release savepoint undoing`);
    return removed;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "23503")) throw error;
    await ctx.db.run(sql`rollback to savepoint undoing`);
    return undefined;
  }
}

async function restoreRows(
  ctx: Context,
  { run, target }: { run: Run; target: Target },
  rows: readonly Left[],
): Promise<Map<string, Undone>> {
  const images: (z.output<typeof kept> & { from: number; rowKey: string })[] = [];
  for (const row of rows) {
    if (!row.before) continue;
    const owner = target === "patient" ? row.target_id : "clinic";
    const place = { thing: "import-row", id: `${run.id}.${row.source_key}`, field: "before" };
    const text = await ctx.keys.open(owner, place, row.before);
    images.push({ ...kept.parse(JSON.parse(text)), from: row.target_version, rowKey: row.source_key });
  }
  const restored = await tables[target].restore(
    ctx.db,
    images.map(({ image, from }) => ({ ...image, from })),
  );
  const back = images.filter(({ image }) => restored.has(image.id));
  await setKeyVersions(
    ctx.db,
    back.map(({ image }) => ({ id: image.id, version: image.version })),
  );
  for (const { key } of back)
    if (key) await renewKeys(ctx.db, [{ ...key, facts: plainFacts(key.facts) }], key.seen_run);
  // a line that only added to another's row is unknown again
  await deleteKeys(
    ctx.db,
    back.filter(({ key }) => !key).map(({ rowKey }) => rowKey),
  );
  return new Map([...restored].map((id) => [id, "restored"]));
}

type Facts = NonNullable<z.output<typeof kept>["key"]>["facts"];
const plainFacts = ({ start, end, dead }: Facts) => ({
  ...(start === undefined ? {} : { start }),
  ...(end === undefined ? {} : { end }),
  ...(dead === undefined ? {} : { dead }),
});
