import { problem } from "#core/contract/problem.ts";
import type { QueryOf, ReplyGiven } from "#core/contract/route.ts";
import { pageOfRows } from "#platform/database/keyset.ts";
import type { Context } from "#platform/http/context.ts";
import { deadJobs, eventStands, lockDead, sendAgain } from "#platform/jobs/dead.ts";
import type * as contract from "./contract.ts";
import type { Job } from "./contract.ts";

type Row = Awaited<ReturnType<typeof lockDead>>;

function shown(ctx: Context, row: Row): Job {
  const dayOf = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().toString();
  return {
    id: row.id,
    reaction: row.reaction ?? "",
    code: row.error_code,
    tries: row.tries,
    on: dayOf(row.at),
    sentAgainOn: row.retried_at ? dayOf(row.retried_at) : null,
  };
}

/** Reactions given up, newest first. */
export async function listJobs(
  ctx: Context,
  { after, limit, state }: QueryOf<typeof contract.listJobs>,
): Promise<ReplyGiven<typeof contract.listJobs>> {
  const rows = await deadJobs(ctx.db, { after, limit, open: state === "open" });
  const { items, next } = pageOfRows(rows, limit, (row) => [row.at, row.id]);
  return { items: items.map((row) => shown(ctx, row)), ...(next ? { next } : {}) };
}

/** Sends a reaction on its way again. Throws `job.unknown`, `job.sent-already`, `job.event-gone`. */
export async function retryJob(ctx: Context, id: string): Promise<Job> {
  const row = await lockDead(ctx.db, id);
  if (row.retried_at) throw problem("job.sent-already");
  const { event_id: event, reaction } = row;
  if (!event || !reaction || !(await eventStands(ctx.db, event))) throw problem("job.event-gone");
  await sendAgain(ctx.db, { id, event, reaction });
  return shown(ctx, { ...row, retried_at: ctx.now.toString() });
}
