import type { Context } from "#platform/http/context.ts";
import { movesOf } from "#platform/http/moves.ts";
import { memberNames } from "#product/clinic/members/index.ts";
import { compareAround, proposeVerdict } from "#product/control/indicators/index.ts";
import type { Action, ActionRow } from "./contract.ts";
import { evidenceOf, movesOfAction, sourceLabels, type ActionData } from "./queries.ts";
import { states } from "./states.ts";

export const titlePlace = (id: string) => ({ thing: "action", id, field: "title" });

/** Rows of a list: names and source codes come in one query each. */
export async function actionRows(ctx: Context, rows: readonly ActionData[]): Promise<ActionRow[]> {
  const names = await memberNames(
    ctx.db,
    rows.map((row) => row.owner_id),
  );
  const sources = (type: string) =>
    rows.flatMap((row) => (row.source_type === type && row.source_id ? [row.source_id] : []));
  const asked = { incidents: sources("incident"), responses: sources("response") };
  const any = asked.incidents.length + asked.responses.length > 0;
  const labels = new Map(any ? (await sourceLabels(ctx.db, asked)).map(({ id, label }) => [id, label]) : []);
  return Promise.all(rows.map((row) => actionRow(ctx, row, { names, labels })));
}

async function actionRow(
  ctx: Context,
  row: ActionData,
  o: { names: ReadonlyMap<string, string>; labels: ReadonlyMap<string, string> },
): Promise<ActionRow> {
  return {
    id: row.id,
    code: row.code,
    title: await ctx.keys.open("clinic", titlePlace(row.id), row.title),
    // kinds, strengths, states and source types are held by the table's checks and by the use cases that write them
    kind: row.kind as ActionRow["kind"],
    strength: row.strength as ActionRow["strength"],
    state: row.state as ActionRow["state"],
    owner: row.owner_id ? { id: row.owner_id, name: o.names.get(row.owner_id) ?? "" } : null,
    dueOn: row.due_on,
    firstDueOn: row.first_due_on,
    source: {
      type: row.source_type as ActionRow["source"]["type"],
      id: row.source_id,
      label: row.source_id ? (o.labels.get(row.source_id) ?? null) : null,
    },
    indicator: row.effect_indicator,
    checkOn: row.check_on,
    cycle: row.cycle,
    createdAt: row.created_at,
  };
}

/** One action with everything that belongs to it. */
export async function showAction(ctx: Context, row: ActionData): Promise<Action> {
  const [shown] = await actionRows(ctx, [row]);
  if (!shown) throw new Error("one row in, one row out");
  const [moves, evidence] = await Promise.all([movesOfAction(ctx.db, row.id), evidenceOf(ctx.db, row.id)]);
  const names = await memberNames(ctx.db, [
    ...moves.map((move) => move.member_id),
    ...evidence.map((one) => one.member_id),
  ]);
  const name = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  const open = async (id: string, field: string, bytes: Buffer | null) =>
    bytes ? ctx.keys.open("clinic", { thing: "action", id, field }, bytes) : null;
  return {
    ...shown,
    category: row.category as Action["category"], // held by the use case that plans
    effectDirection: row.effect_direction as Action["effectDirection"], // held by the table's check
    effectSize: row.effect_size === null ? null : Number(row.effect_size),
    noCheck: row.no_check,
    doneOn: row.done_on,
    verdict: row.verdict as Action["verdict"], // held by the table's check
    verdictNote: await open(row.id, "verdict", row.verdict_note),
    evidence: await Promise.all(
      evidence.map(async (one) => ({
        at: one.at,
        kind: one.kind,
        text: (await open(one.id, "evidence", one.text)) ?? "",
        by: name(one.member_id) ?? "",
        cycle: one.cycle,
      })),
    ),
    history: await Promise.all(
      moves.map(async (move) => ({
        at: move.at,
        name: move.name,
        by: name(move.member_id),
        to: move.to_state as Action["state"],
        reason: await open(move.id, "reason", move.reason),
      })),
    ),
    proposal:
      row.state === "checking" && row.effect_indicator && row.done_on
        ? await proposeVerdict(ctx, {
            code: row.effect_indicator,
            doneOn: row.done_on,
            direction: row.effect_direction === "decrease" ? "decrease" : "increase",
          })
        : null,
    seen: row.effect_indicator && row.done_on ? await compareAround(ctx, row.effect_indicator, row.done_on) : null,
    version: row.version,
    moves: movesOf(ctx, states, { state: row.state, ownerId: row.owner_id }),
  };
}
