import type { Context } from "#platform/http/context.ts";
import { startClock, stopClock, workingDaysAfter } from "#platform/jobs/clocks.ts";
import type { ActionData } from "./queries.ts";

/** Working days a proposal may wait for its decision. */
const decideDays = 5;

type Stand = Pick<ActionData, "state" | "due_on" | "check_on">;
type Wait = { kind: "action.decide" | "action.due" | "action.check"; day: string | null };

/** What an action in this state waits for. Days are dates of the clinic; the wait ends with them. */
function waitOf(row: Stand): Wait | undefined {
  if (row.state === "new") return { kind: "action.decide", day: null };
  if (row.state === "planned" || row.state === "doing") return { kind: "action.due", day: row.due_on };
  if (row.state === "checking" && row.check_on) return { kind: "action.check", day: row.check_on };
  return undefined;
}

const endOf = (ctx: Context, day: string): Temporal.Instant =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(ctx.clinic.zone).toInstant();

/** Every move calls this, so that an action has the one clock of its state and no other. An unchanged wait keeps its clock. */
export async function keepClock(ctx: Context, id: string, before: Stand | undefined, after: Stand): Promise<void> {
  const was = before && waitOf(before);
  const now = waitOf(after);
  if (was?.kind === now?.kind && was?.day === now?.day) return;
  await stopClock(ctx, { subject: "action", id });
  if (!now) return;
  const dueAt = now.day === null ? workingDaysAfter(ctx.now, decideDays, ctx.clinic.zone) : endOf(ctx, now.day);
  await startClock(ctx, { kind: now.kind, subject: "action", id, dueAt });
}
