import type { Context } from "#platform/http/context.ts";
import type { ActionRow } from "./contract.ts";
import { actionsOfSource, countUndecided } from "./queries.ts";
import { actionRows, showAction } from "./show-action.ts";

export { createAction } from "./use-cases.ts";

/** Actions that came from something, oldest first. */
export const actionsOf = async (ctx: Context, type: "incident", id: string): Promise<ActionRow[]> =>
  actionRows(ctx, await actionsOfSource(ctx.db, type, id));

/** The same with evidence and history: for the story of a case. */
export const actionStories = async (ctx: Context, type: "incident" | "response", id: string) => {
  const rows = await actionsOfSource(ctx.db, type, id);
  return Promise.all(rows.map(async (row) => ({ ...(await showAction(ctx, row)), verdictAt: row.verdict_at })));
};

/** How many of them nobody has decided yet. */
export const countOpenActions = async (ctx: Context, id: string): Promise<number> =>
  (await countUndecided(ctx.db, "incident", id)).count;
