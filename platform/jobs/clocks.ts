import { sql } from "kysely";
import type { Context } from "../http/context.ts";

/** Clocks of a case (domain: a name, a start, a due time fixed on entry and never moved backwards). */
export type ClockRow = {
  kind: string;
  subject_id: string;
  started_at: string;
  due_at: string;
  stopped_at: string | null;
};

/** Starts a clock. A clock of this kind that still runs for the subject is stopped first. */
export async function startClock(
  ctx: Context,
  o: { kind: string; subject: string; id: string; dueAt: Temporal.Instant },
): Promise<void> {
  await stopClock(ctx, o);
  await ctx.db.run(
    ctx.db.insert("platform.clock").values({
      clinic_id: ctx.clinic.id,
      kind: o.kind,
      subject_type: o.subject,
      subject_id: o.id,
      started_at: ctx.now.toString(),
      due_at: o.dueAt.toString(),
    }),
  );
}

export async function stopClock(ctx: Context, o: { kind?: string; subject: string; id: string }): Promise<void> {
  let query = ctx.db
    .update("platform.clock")
    .set({ stopped_at: ctx.now.toString() })
    .where("subject_type", "=", o.subject)
    .where("subject_id", "=", o.id)
    .where("stopped_at", "is", null);
  if (o.kind !== undefined) query = query.where("kind", "=", o.kind);
  await ctx.db.run(query);
}

/** Takes back what the move at that instant did to clocks: those it started end, those it stopped run on with their old due time.
 *  A move's clocks carry the instant of its own row, so nothing else is touched. */
export async function undoClocks(ctx: Context, o: { subject: string; id: string; at: string }): Promise<void> {
  const own = () =>
    ctx.db.update("platform.clock").where("subject_type", "=", o.subject).where("subject_id", "=", o.id);
  await ctx.db.run(
    own().set({ stopped_at: ctx.now.toString() }).where("started_at", "=", o.at).where("stopped_at", "is", null),
  );
  await ctx.db.run(own().set({ stopped_at: null }).where("stopped_at", "=", o.at));
}

/** Clocks of some subjects, oldest first. Index: clock_subject. */
export const clocksOf = (ctx: Context, subject: string, ids: readonly string[]): Promise<ClockRow[]> =>
  ctx.db.many(
    sql<ClockRow>`select kind, subject_id, started_at, due_at + paused as due_at, stopped_at from platform.clock
      where clinic_id = ${ctx.clinic.id} and subject_type = ${subject} and subject_id = any(${[...ids]}::uuid[]) order by started_at, id`,
  );

/** `count` working days after an instant in the clinic's zone: Monday to Friday; the end of that day's same wall time. */
export function workingDaysAfter(from: Temporal.Instant, count: number, zone: string): Temporal.Instant {
  let at = from.toZonedDateTimeISO(zone);
  for (let left = count; left > 0;) {
    at = at.add({ days: 1 });
    if (at.dayOfWeek <= 5) left--;
  }
  return at.toInstant();
}
