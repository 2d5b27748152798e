import { newcombeDifference } from "#core/intervals/newcombe.ts";
import { problem } from "#core/contract/problem.ts";
import type { Context } from "#platform/http/context.ts";
import type { Judged } from "./compute-series.ts";
import { definitionOf, type Definition } from "./library.ts";
import { ground, judgeOf, listIndicators } from "./show-indicator.ts";

export { listIndicators } from "./show-indicator.ts";
export { definitionOf } from "./library.ts";

/** Throws `indicator.unknown` for a code the library does not hold. */
export async function demandIndicator(_ctx: Context, code: string): Promise<Definition> {
  const definition = definitionOf(code);
  if (!definition) throw problem("indicator.unknown");
  return definition;
}

async function judged(ctx: Context, code: string): Promise<{ definition: Definition; judged: Judged }> {
  const definition = await demandIndicator(ctx, code);
  return { definition, judged: await judgeOf(ctx, definition, await ground(ctx)) };
}

/** The chart as it stands now: kept as evidence of an effect. */
export async function frozenChart(
  ctx: Context,
  code: string,
): Promise<{
  labels: string[];
  values: (number | null)[];
  center: readonly (number | null)[];
  lower: readonly (number | null)[];
  upper: readonly (number | null)[];
  at: string;
}> {
  const { judged: chart } = await judged(ctx, code);
  return {
    labels: chart.labels,
    values: chart.values,
    center: chart.center,
    lower: chart.lower,
    upper: chart.upper,
    at: ctx.now.toString(),
  };
}

const pointsAfter = 3;

/** What the product proposes for an effect check: effective when the indicator shows an improvement special cause after the action was
 *  done, or met its target on all of at least three points; too early before there are three; else ineffective. A person decides. */
export async function proposeVerdict(
  ctx: Context,
  o: { code: string; doneOn: string; direction: "increase" | "decrease" },
): Promise<{ verdict: "effective" | "ineffective" | "too-early"; rule: string }> {
  const { definition, judged: chart } = await judged(ctx, o.code);
  const after = chart.labels
    .map((label, at) => ({ label, at, value: chart.values[at] ?? null }))
    .filter(({ label, value }) => label >= o.doneOn && value !== null);
  const signal = chart.signals.find(
    ({ at, variation }) => variation === "improvement" && (chart.labels[at] ?? "") >= o.doneOn,
  );
  if (signal) return { verdict: "effective", rule: signal.rule };
  if (after.length < pointsAfter) return { verdict: "too-early", rule: "points" };
  const setting = (await ground(ctx)).settings.get(definition.code);
  if (setting?.target !== undefined && setting.target !== null) {
    const target = Number(setting.target);
    const met = after.every(({ value }) =>
      definition.direction === "increase" ? (value ?? 0) >= target : (value ?? 0) <= target,
    );
    if (met) return { verdict: "effective", rule: "target" };
  }
  return { verdict: "ineffective", rule: "no-signal" };
}

export type Share = { x: number; n: number; share: number; from: string; to: string };
export type EffectSeen = {
  before: Share | null;
  after: Share | null;
  difference: { value: number; interval: { low: number; high: number } } | null;
};
const weeksCompared = 12;

/** Shares of up to twelve weeks before and after a day, and their difference with Newcombe's interval (method 10). */
export async function compareAround(ctx: Context, code: string, day: string): Promise<EffectSeen> {
  const { definition, judged: chart } = await judged(ctx, code);
  if (definition.chart !== "p") return { before: null, after: null, difference: null };
  const sum = (from: number, until: number): Share | null => {
    const at = chart.labels
      .map((_, index) => index)
      .slice(Math.max(0, from), Math.max(0, until))
      .filter((index) => chart.n[index] !== null);
    const [first] = at;
    const last = at.at(-1);
    if (first === undefined || last === undefined) return null;
    const x = at.reduce((total, index) => total + (chart.x[index] ?? 0), 0);
    const n = at.reduce((total, index) => total + (chart.n[index] ?? 0), 0);
    return n === 0 ? null : { x, n, share: x / n, from: chart.labels[first] ?? "", to: chart.labels[last] ?? "" };
  };
  const cut = chart.labels.findIndex((label) => label >= day);
  const split = cut < 0 ? chart.labels.length : cut;
  const before = sum(split - weeksCompared, split);
  const after = sum(split, split + weeksCompared);
  if (!before || !after) return { before, after, difference: null };
  const { difference, lower, upper } = newcombeDifference(
    { hits: after.x, n: after.n },
    { hits: before.x, n: before.n },
  );
  return { before, after, difference: { value: difference, interval: { low: lower, high: upper } } };
}

/** Indicators whose newest point is a special cause. */
export const changedIndicators = async (ctx: Context) =>
  (await listIndicators(ctx)).filter(({ variation }) => variation !== "common" && variation !== "too-few");
