import { problem } from "#core/contract/problem.ts";
import type { BodyOf } from "#core/contract/route.ts";
import { nextCode } from "#platform/database/codes.ts";
import type { Context } from "#platform/http/context.ts";
import type * as contract from "./contract.ts";
import { visitFinished, visitOpened, visitReopened, visitVoided } from "./events.ts";
import {
  endVisit,
  insertVisit,
  insertVisitMove,
  lastVisitMove,
  pointsTo,
  reopenEnded,
  visitByCode,
  voidOpened,
} from "./queries.ts";
import { showVisit, type Row } from "./use-cases.ts";

/** A visit is registered while the day is remembered; what lies further back comes by an import. */
const startHoursBack = 24;
/** Clocks of two devices never agree to the second. */
const aheadSeconds = 60;
/** A toast offers to take a step back for ten seconds; a little more reaches the server. */
const undoSeconds = 15;

type Move = { id: string; name: "open" | "finish" | "reopen" | "undo-open"; reason?: string | undefined };

async function noteMove(ctx: Context, move: Move): Promise<void> {
  const id = ctx.db.newId();
  await insertVisitMove(ctx.db, {
    id,
    visitId: move.id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name: move.name,
    reason: move.reason
      ? await ctx.keys.seal("clinic", { thing: "visit-move", id, field: "reason" }, move.reason)
      : null,
  });
}

/** Whether the last step was this one, made by this person a moment ago. */
async function justDid(ctx: Context, id: string, name: Move["name"]): Promise<boolean> {
  const last = await lastVisitMove(ctx.db, id);
  if (last?.name !== name || last.member_id !== ctx.member.id) return false;
  return ctx.now.since(Temporal.Instant.from(last.at)).total("seconds") <= undoSeconds;
}

function startOf(ctx: Context, asked: string | undefined): Temporal.Instant {
  if (asked === undefined) return ctx.now;
  const start = Temporal.Instant.from(asked);
  const ago = ctx.now.since(start).total("seconds");
  if (ago < -aheadSeconds || ago > startHoursBack * 3600) throw problem("visit.start");
  return ago < 0 ? ctx.now : start;
}

/** Opens a visit. Throws `visit.start`, `patient.unknown`, `member.unknown`, `service.unknown`, `site.unknown`. */
export async function openVisit(ctx: Context, asked: BodyOf<typeof contract.openVisit>): Promise<Row> {
  const startedAt = startOf(ctx, asked.startedAt);
  const points = await pointsTo(ctx.db, asked);
  for (const thing of ["patient", "member", "service", "site"] as const)
    if (!points[thing]) throw problem(`${thing}.unknown`);
  const id = ctx.db.newId();
  const code = await nextCode(ctx.db, "VIS");
  await insertVisit(ctx.db, {
    id,
    code,
    ...asked,
    departmentId: points.department,
    startedAt: startedAt.toString(),
    createdBy: ctx.member.id,
  });
  await noteMove(ctx, { id, name: "open" });
  ctx.ledger.about("visit", id);
  ctx.events.add(visitOpened, { id });
  return showVisit(ctx, code);
}

/** The visit has ended; what follows begins. Throws `visit.unknown`, `visit.moved-meanwhile`. */
export async function finishVisit(ctx: Context, code: string): Promise<Row> {
  const { id } = await visitByCode(ctx.db, code);
  if ((await endVisit(ctx.db, id, ctx.now.toString())) === 0) throw problem("visit.moved-meanwhile");
  await noteMove(ctx, { id, name: "finish" });
  ctx.events.add(visitFinished, { id });
  return showVisit(ctx, code);
}

/** Takes the end of a visit back; the letter that waits does not go. Throws `visit.unknown`, `visit.runs`, `visit.sealed`,
 *  `visit.letter-sent`, `visit.reason-needed`. */
export async function reopenVisit(ctx: Context, code: string, reason: string | undefined): Promise<Row> {
  const { id, ended_at, invitation } = await visitByCode(ctx.db, code);
  if (ended_at === null) throw problem("visit.runs");
  if (invitation !== null && invitation !== "queued" && invitation !== "suppressed") throw problem("visit.letter-sent");
  if (!reason && !(await justDid(ctx, id, "finish"))) throw problem("visit.reason-needed");
  if ((await reopenEnded(ctx.db, id)) === 0) throw problem("visit.sealed");
  await noteMove(ctx, { id, name: "reopen", reason });
  ctx.events.add(visitReopened, { id });
  return showVisit(ctx, code);
}

/** Takes an opening back: only its maker, only at once. Throws `visit.unknown`, `visit.undo-late`. */
export async function undoOpenVisit(ctx: Context, code: string): Promise<Row> {
  const { id } = await visitByCode(ctx.db, code);
  if (!(await justDid(ctx, id, "open")) || (await voidOpened(ctx.db, id)) === 0) throw problem("visit.undo-late");
  await noteMove(ctx, { id, name: "undo-open" });
  ctx.events.add(visitVoided, { id });
  return showVisit(ctx, code);
}
