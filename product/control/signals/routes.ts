import { problem } from "#core/contract/problem.ts";
import type { Context } from "#platform/http/context.ts";
import { handle } from "#platform/http/registry.ts";
import { pageOfRows } from "#platform/database/keyset.ts";
import * as contract from "./contract.ts";
import { signalSettled } from "./events.ts";
import { settle, signalRow, signalsByTime } from "./queries.ts";

type Row = Awaited<ReturnType<typeof signalRow>>;
type Shown = {
  id: string;
  rule: string;
  severity: "green" | "amber" | "red";
  state: "raised" | "seen" | "explained" | "false" | "case";
  raisedAt: string;
  subject: string;
  case: string | null;
};
// severities and states are held by the table's checks
const shown = (row: Row): Shown => ({
  id: row.id,
  rule: row.rule,
  severity: row.severity as Shown["severity"],
  state: row.state as Shown["state"],
  raisedAt: row.raised_at,
  subject: row.subject_type,
  case: row.case_id,
});

async function settleSignal(
  ctx: Context,
  id: string,
  asked: { as: "explained" | "false"; reason: string },
): Promise<Shown> {
  const row = await signalRow(ctx.db, id);
  const reason = await ctx.keys.seal("clinic", { thing: "signal", id, field: "reason" }, asked.reason);
  if ((await settle(ctx.db, row.id, { as: asked.as, by: ctx.member.id, reason })) === 0)
    throw problem("signal.moved-meanwhile");
  ctx.events.add(signalSettled, { id });
  return shown(await signalRow(ctx.db, id));
}

export const routes = [
  handle(contract.listSignals, async (ctx, { query }) => {
    const { items, next } = pageOfRows(await signalsByTime(ctx.db, query), query.limit, (row) => [
      row.raised_at,
      row.id,
    ]);
    return { items: items.map(shown), ...(next ? { next } : {}) };
  }),
  handle(contract.settleSignal, (ctx, { params, body }) => settleSignal(ctx, params.id, body)),
];
