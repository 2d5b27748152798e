import { holds } from "#core/access/rights.ts";
import { problem } from "#core/contract/problem.ts";
import { pageOfRows } from "#platform/database/keyset.ts";
import { nextCode } from "#platform/database/codes.ts";
import { undoClocks } from "#platform/jobs/clocks.ts";
import type { Context } from "#platform/http/context.ts";
import type { Action, ActionRow } from "./contract.ts";
import { actionChanged, actionProposed } from "./events.ts";
import { keepClock } from "./keep-clock.ts";
import {
  actionByCode,
  actionsByDue,
  changeAction,
  incidentIdByCode,
  insertAction,
  insertMove,
  lockAction,
  movesOfAction,
  sourceOf,
  type ListAsked,
} from "./queries.ts";
import { actionRows, showAction, titlePlace } from "./show-action.ts";

export type Proposal = {
  title: string;
  kind: "correction" | "corrective" | "preventive" | "improvement";
  source: {
    type: "incident" | "signal" | "indicator" | "response" | "own";
    id?: string | undefined;
    code?: string | undefined;
  };
};

/** A toast offers to take a move back for this long; a little more reaches the server. */
const undoSeconds = 15;

async function sourceId(ctx: Context, { type, id, code }: Proposal["source"]): Promise<string | null> {
  if (type === "own" || type === "indicator") return null;
  const found =
    id === undefined
      ? type === "incident" && code
        ? await incidentIdByCode(ctx.db, code)
        : null
      : await sourceOf(ctx.db, type, id);
  // who may not read what patients wrote cannot build on it either
  const mayRead = type !== "response" || ctx.member.as.startsWith("job:") || holds(ctx.member.types, "response:read");
  if (!found || !mayRead) throw problem("action.source-unknown");
  return found.id;
}

/** Proposes an action, from anything. Throws `action.source-unknown`. */
export async function createAction(ctx: Context, asked: Proposal): Promise<Action> {
  const from = await sourceId(ctx, asked.source);
  const id = ctx.db.newId();
  const code = await nextCode(ctx.db, "ACT");
  await insertAction(ctx.db, {
    id,
    code,
    title: await ctx.keys.seal("clinic", titlePlace(id), asked.title),
    kind: asked.kind,
    sourceType: asked.source.type,
    sourceId: from,
    proposedBy: ctx.member.id,
    createdAt: ctx.now.toString(),
  });
  await insertMove(ctx.db, {
    id: ctx.db.newId(),
    actionId: id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name: "propose",
    from: null,
    to: "new",
    reason: null,
  });
  ctx.events.add(actionProposed, { id });
  ctx.ledger.about("action", id);
  const made = await actionByCode(ctx.db, code);
  await keepClock(ctx, id, undefined, made);
  return showAction(ctx, made);
}

/** One page of actions. */
export async function listActions(ctx: Context, asked: ListAsked): Promise<{ items: ActionRow[]; next?: string }> {
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().toString();
  const rows = await actionsByDue(ctx.db, asked, { memberId: ctx.member.id, today });
  const { items, next } = pageOfRows(rows, asked.limit, (row) =>
    asked.state === "all" ? [row.created_at, row.id] : [row.due_on ?? "infinity", row.id],
  );
  return { items: await actionRows(ctx, items), ...(next ? { next } : {}) };
}

/** Takes the last move back within seconds: only its maker, only the state. Throws `action.undo-late`. */
export async function undoActionMove(ctx: Context, code: string, version: number): Promise<Action> {
  const row = await lockAction(ctx.db, code);
  if (row.version !== version) throw problem("action.changed-meanwhile");
  const last = (await movesOfAction(ctx.db, row.id)).at(-1);
  const age = last ? ctx.now.since(Temporal.Instant.from(last.at)).total("seconds") : Infinity;
  const reversible =
    last?.from_state &&
    ["start", "finish"].includes(last.name) &&
    last.member_id === ctx.member.id &&
    last.to_state === row.state;
  if (!last?.from_state || !reversible || age > undoSeconds) throw problem("action.undo-late");
  await changeAction(ctx.db, row, { state: last.from_state, done_on: null });
  await insertMove(ctx.db, {
    id: ctx.db.newId(),
    actionId: row.id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name: "undo",
    from: row.state,
    to: last.from_state,
    reason: null,
    undoOf: last.id,
  });
  ctx.events.add(actionChanged, { id: row.id });
  await undoClocks(ctx, { subject: "action", id: row.id, at: last.at });
  return showAction(ctx, await actionByCode(ctx.db, code));
}
