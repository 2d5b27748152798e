import { problem } from "#core/contract/problem.ts";
import type { Context } from "#platform/http/context.ts";
import { demandMembers } from "#product/clinic/members/index.ts";
import { hiddenBelow, pointsMin } from "./compute-series.ts";
import type { Indicator } from "./contract.ts";
import { demandIndicator } from "./index.ts";
import { answersOfWeek, changeSetting, insertRebase, insertSetting, lockSetting, removeRebase } from "./queries.ts";
import { ground, judgeOf, showIndicator } from "./show-indicator.ts";

const pointsBefore = 12;
const pointsAfter = 8;

async function locked(ctx: Context, code: string, version: number) {
  await insertSetting(ctx.db, code);
  const row = await lockSetting(ctx.db, code);
  // version 0 is "nothing set yet"
  if (!row || (row.version !== version && !(version === 0 && row.version === 1)))
    throw problem("indicator.changed-meanwhile");
  return row;
}

export const readIndicator = async (ctx: Context, code: string): Promise<Indicator> =>
  showIndicator(ctx, await demandIndicator(ctx, code));

/** New limits from a point on. Throws `indicator.rebase-no-point`, `.rebase-too-early`, `.rebase-not-sustained`. */
export async function rebaseIndicator(
  ctx: Context,
  code: string,
  o: { version: number; from: string; reason: string },
): Promise<Indicator> {
  const definition = await demandIndicator(ctx, code);
  const row = await locked(ctx, code, o.version);
  const { labels } = await judgeOf(ctx, definition, await ground(ctx));
  const at = labels.findIndex((label) => label >= o.from);
  if (at < 0) throw problem("indicator.rebase-no-point");
  if (at < pointsBefore) throw problem("indicator.rebase-too-early");
  if (labels.length - at < pointsAfter) throw problem("indicator.rebase-not-sustained");
  await insertRebase(ctx.db, { code, from: labels[at] ?? o.from, reason: o.reason, memberId: ctx.member.id });
  await changeSetting(ctx.db, code, row.version, {});
  ctx.ledger.note({ from: o.from });
  return showIndicator(ctx, definition);
}

export async function undoRebase(ctx: Context, code: string, id: string): Promise<Indicator> {
  await removeRebase(ctx.db, id);
  return readIndicator(ctx, code);
}

/** Target, owner, frozen base. Percentages come as people write them (85) and are kept as shares. */
export async function setIndicator(
  ctx: Context,
  code: string,
  o: {
    version: number;
    target: number | null;
    ownerId: string | null;
    base: { from: string; to: string } | null;
    opensCase: boolean;
  },
): Promise<Indicator> {
  const definition = await demandIndicator(ctx, code);
  const row = await locked(ctx, code, o.version);
  if (o.ownerId) await demandMembers(ctx.db, [o.ownerId]);
  if (o.base) {
    const { base } = o;
    const { labels } = await judgeOf(ctx, definition, await ground(ctx));
    if (labels.filter((label) => label >= base.from && label <= base.to).length < pointsMin[definition.chart])
      throw problem("indicator.base-too-short");
  }
  const target = o.target === null ? null : String(definition.unit === "%" ? o.target / 100 : o.target);
  await changeSetting(ctx.db, code, row.version, {
    target,
    owner_id: o.ownerId,
    base_from: o.base?.from ?? null,
    base_to: o.base?.to ?? null,
    opens_case: o.opensCase,
  });
  return showIndicator(ctx, definition);
}

const scoreWords = ["", "very-good", "good", "neither", "poor", "very-poor", "dont-know"];

/** The answers behind one week; departments with fewer than five answers in it are not named. */
export async function drillIndicator(ctx: Context, code: string, label: string) {
  await demandIndicator(ctx, code);
  const from = Temporal.PlainDate.from(label);
  const rows = await answersOfWeek(ctx.db, from.toString(), from.add({ days: code === "F09" ? 1 : 7 }).toString());
  if (rows.length < hiddenBelow) return { rows: [], hidden: rows.length > 0 ? 1 : 0, total: 0 };
  return {
    rows: rows.map((row) => ({
      on: row.on_date,
      what: scoreWords[row.score] ?? "",
      where: row.size >= hiddenBelow ? row.department : null,
      counts: code === "F09" ? row.score >= 4 && row.score <= 5 : row.score <= 2,
    })),
    hidden: 0,
    total: rows.length,
  };
}
