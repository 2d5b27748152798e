import { problem } from "#core/contract/problem.ts";
import type { Event } from "#core/contract/event.ts";
import type { Context } from "#platform/http/context.ts";
import { demandMove } from "#platform/http/moves.ts";
import { demandMembers } from "#product/clinic/members/index.ts";
import { demandIndicator, frozenChart } from "#product/control/indicators/index.ts";
import type { Action } from "./contract.ts";
import {
  actionDeclined,
  actionDone,
  actionEffective,
  actionIneffective,
  actionPlanned,
  actionPostponed,
  actionStarted,
  actionWithdrawn,
} from "./events.ts";
import {
  actionByCode,
  changeAction,
  evidenceOf,
  insertEvidence,
  insertMove,
  lockAction,
  type ActionData,
} from "./queries.ts";
import { keepClock } from "./keep-clock.ts";
import { showAction } from "./show-action.ts";
import { categories, states, type Category } from "./states.ts";

/** An effect is looked at one data period (a week) after the due date at the earliest. */
const checkAfterDays = 7;
const postponeMax = 2;

const today = (ctx: Context): Temporal.PlainDate => ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate();
const isPast = (ctx: Context, day: string): boolean =>
  Temporal.PlainDate.compare(Temporal.PlainDate.from(day), today(ctx)) < 0;

type Step = {
  name: string;
  change: Parameters<typeof changeAction>[2];
  event: Event;
  reason?: string | undefined;
  to?: string;
};

/** Locks, checks version and right, moves, leaves the move's row and its event. */
async function step(
  ctx: Context,
  code: string,
  version: number,
  prepare: (row: ActionData) => Promise<Step> | Step,
): Promise<Action> {
  const row = await lockAction(ctx.db, code);
  if (row.version !== version) throw problem("action.changed-meanwhile");
  const { name, change, event, reason, to } = await prepare(row);
  const rule = demandMove(ctx, states, {
    row: { state: row.state, ownerId: row.owner_id },
    name,
    owner: "action.not-owner",
    notOwner: "action.owner-cannot-verify",
  });
  const target = to ?? rule.to;
  await changeAction(ctx.db, row, { ...change, state: target });
  const id = ctx.db.newId();
  await insertMove(ctx.db, {
    id,
    actionId: row.id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name,
    from: row.state,
    to: target,
    reason:
      reason === undefined ? null : await ctx.keys.seal("clinic", { thing: "action", id, field: "reason" }, reason),
  });
  ctx.events.add(event, { id: row.id });
  ctx.ledger.about("action", row.id);
  const moved = await actionByCode(ctx.db, code);
  await keepClock(ctx, row.id, row, moved);
  return showAction(ctx, moved);
}

export type Plan = {
  version: number;
  ownerId: string;
  dueOn: string;
  category: Category;
  effect?:
    | { indicator: string; direction: "increase" | "decrease"; size?: number | undefined; checkOn: string }
    | undefined;
  noCheck: boolean;
};

/** Owner, date, category (which sets the strength) and effect check. Throws what its contract lists. */
export const planAction = (ctx: Context, code: string, plan: Plan): Promise<Action> =>
  step(ctx, code, plan.version, async (row) => {
    if (isPast(ctx, plan.dueOn)) throw problem("action.due-past");
    await demandMembers(ctx.db, [plan.ownerId]);
    if (!plan.effect && !(plan.noCheck && row.kind === "correction")) throw problem("action.check-needed");
    if (plan.effect) {
      await demandIndicator(ctx, plan.effect.indicator);
      const earliest = Temporal.PlainDate.from(plan.dueOn).add({ days: checkAfterDays });
      if (Temporal.PlainDate.compare(Temporal.PlainDate.from(plan.effect.checkOn), earliest) < 0)
        throw problem("action.check-too-early");
    }
    return {
      name: "plan",
      event: actionPlanned,
      change: {
        owner_id: plan.ownerId,
        due_on: plan.dueOn,
        first_due_on: row.first_due_on ?? plan.dueOn,
        category: plan.category,
        strength: categories[plan.category],
        effect_indicator: plan.effect?.indicator ?? null,
        effect_direction: plan.effect?.direction ?? null,
        effect_size: plan.effect?.size === undefined ? null : String(plan.effect.size),
        check_on: plan.effect?.checkOn ?? null,
        no_check: !plan.effect,
      },
    };
  });

export const declineAction = (ctx: Context, code: string, o: { version: number; reason: string }): Promise<Action> =>
  step(ctx, code, o.version, () => ({ name: "decline", event: actionDeclined, change: {}, reason: o.reason }));

export const withdrawAction = (ctx: Context, code: string, o: { version: number; reason: string }): Promise<Action> =>
  step(ctx, code, o.version, () => ({ name: "withdraw", event: actionWithdrawn, change: {}, reason: o.reason }));

export const startAction = (ctx: Context, code: string, version: number): Promise<Action> =>
  step(ctx, code, version, () => ({ name: "start", event: actionStarted, change: {} }));

/** A new due date: the owner may move it twice, then whoever assigns. The first date is kept and is what indicators use. */
export async function postponeAction(
  ctx: Context,
  code: string,
  o: { version: number; dueOn: string; reason: string },
): Promise<Action> {
  const row = await lockAction(ctx.db, code);
  if (row.version !== o.version) throw problem("action.changed-meanwhile");
  if (row.state !== "planned" && row.state !== "doing") throw problem("action.move-not-allowed");
  const assigns = ctx.member.types.includes("quality") || ctx.member.types.includes("owner");
  if (row.owner_id !== ctx.member.id && !assigns) throw problem("action.not-owner");
  if (row.postponed >= postponeMax && !assigns) throw problem("action.postponed-twice");
  if (isPast(ctx, o.dueOn)) throw problem("action.due-past");
  await changeAction(ctx.db, row, { due_on: o.dueOn, postponed: row.postponed + 1 });
  const id = ctx.db.newId();
  await insertMove(ctx.db, {
    id,
    actionId: row.id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name: "postpone",
    from: row.state,
    to: row.state,
    reason: await ctx.keys.seal("clinic", { thing: "action", id, field: "reason" }, o.reason),
  });
  ctx.events.add(actionPostponed, { id: row.id });
  const moved = await actionByCode(ctx.db, code);
  await keepClock(ctx, row.id, row, moved);
  return showAction(ctx, moved);
}

/** Evidence of what was done; more may come at any time before the end. */
export async function addEvidence(
  ctx: Context,
  code: string,
  o: { kind: "note" | "link" | "document" | "course"; text: string },
): Promise<Action> {
  const row = await lockAction(ctx.db, code);
  const id = ctx.db.newId();
  await insertEvidence(ctx.db, {
    id,
    actionId: row.id,
    cycle: row.cycle,
    kind: o.kind,
    text: await ctx.keys.seal("clinic", { thing: "action", id, field: "evidence" }, o.text),
    memberId: ctx.member.id,
    at: ctx.now.toString(),
  });
  return showAction(ctx, row);
}

/** Done. A correction without effect check ends here; everything else is checked on its date. Throws `action.evidence-missing`. */
export async function finishAction(
  ctx: Context,
  code: string,
  o: { version: number; evidence?: string | undefined },
): Promise<Action> {
  if (o.evidence !== undefined) await addEvidence(ctx, code, { kind: "note", text: o.evidence });
  return step(ctx, code, o.version, async (row) => {
    if (!(await evidenceOf(ctx.db, row.id)).some((one) => one.cycle === row.cycle))
      throw problem("action.evidence-missing");
    return {
      name: "finish",
      event: actionDone,
      change: { done_on: today(ctx).toString() },
      ...(row.no_check ? { to: "done" } : {}),
    };
  });
}

/** The effect check says yes; the chart as it stands now is kept as evidence. */
export const confirmAction = (
  ctx: Context,
  code: string,
  o: { version: number; note?: string | undefined },
): Promise<Action> =>
  step(ctx, code, o.version, async (row) => {
    const note =
      o.note === undefined
        ? null
        : await ctx.keys.seal("clinic", { thing: "action", id: row.id, field: "verdict" }, o.note);
    const chart = row.effect_indicator ? JSON.stringify(await frozenChart(ctx, row.effect_indicator)) : null;
    return {
      name: "confirm",
      event: actionEffective,
      change: {
        verdict: "effective",
        verdict_at: ctx.now.toString(),
        verdict_by: ctx.member.id,
        verdict_note: note,
        verdict_evidence: chart,
      },
    };
  });

/** Not effective: planned anew, one cycle on, with a new due date. */
export const refuteAction = (
  ctx: Context,
  code: string,
  o: { version: number; reason: string; dueOn: string },
): Promise<Action> =>
  step(ctx, code, o.version, (row) => {
    if (isPast(ctx, o.dueOn)) throw problem("action.due-past");
    const checkOn = Temporal.PlainDate.from(o.dueOn)
      .add({ days: checkAfterDays * 4 })
      .toString();
    return {
      name: "refute",
      event: actionIneffective,
      reason: o.reason,
      change: {
        verdict: "ineffective",
        verdict_at: ctx.now.toString(),
        verdict_by: ctx.member.id,
        cycle: row.cycle + 1,
        due_on: o.dueOn,
        check_on: row.no_check ? null : checkOn,
        done_on: null,
      },
    };
  });
