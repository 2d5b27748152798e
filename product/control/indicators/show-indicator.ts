import { wilson } from "#core/intervals/wilson.ts";
import type { Context } from "#platform/http/context.ts";
import { memberNames } from "#product/clinic/members/index.ts";
import { computeLine, judgeIndicator, type Judged } from "./compute-series.ts";
import type { Indicator, IndicatorRow } from "./contract.ts";
import { library, type Definition } from "./library.ts";
import { flagsOf, openActions, rebasesOf, settingsOf, type Setting } from "./queries.ts";

const sparkPoints = 20;
type Mark = "improvement" | "concern" | "neutral";

/** Everything the clinic set, read once for a list. */
async function ground(ctx: Context) {
  const [settings, rebases, actions] = await Promise.all([settingsOf(ctx.db), rebasesOf(ctx.db), openActions(ctx.db)]);
  const names = await memberNames(ctx.db, [
    ...settings.map((row) => row.owner_id),
    ...rebases.map((row) => row.member_id),
  ]);
  return {
    settings: new Map(settings.map((row) => [row.code, row])),
    rebases,
    actions: new Map(actions.map((row) => [row.effect_indicator, row.code])),
    names,
  };
}
type Ground = Awaited<ReturnType<typeof ground>>;

const marksOf = (judged: Judged): Map<number, { mark: Mark; rule: string }> =>
  new Map(judged.signals.map((signal) => [signal.at, { mark: signal.variation, rule: signal.rule }]));

/** Day the last unbroken run of special points began, when the newest point is one. */
function sinceOf(judged: Judged): { since: string | null; rule: string | null } {
  const marks = marksOf(judged);
  let at = judged.values.findLastIndex((value) => value !== null);
  const rule = marks.get(at)?.rule ?? null;
  if (rule === null) return { since: null, rule: null };
  while (at > 0 && marks.has(at - 1)) at--;
  return { since: judged.labels[at] ?? null, rule };
}

function variationOf(judged: Judged): IndicatorRow["variation"] {
  if (judged.variation === "too-few") return "too-few";
  if (judged.variation === "common") return "common";
  const last = judged.values.findLastIndex((value) => value !== null);
  const side = judged.signals.find((signal) => signal.at === last)?.side ?? 1;
  return `${judged.variation}-${side === 1 ? "high" : "low"}`;
}

const shownValue = (definition: Definition, value: number | null): number | null =>
  value === null ? null : definition.unit === "%" ? value * 100 : value;

function rowOf(definition: Definition, judged: Judged, o: Ground): IndicatorRow {
  const setting = o.settings.get(definition.code);
  const last = judged.values.findLastIndex((value) => value !== null);
  const value = shownValue(definition, judged.values[last] ?? null);
  const marks = marksOf(judged);
  const from = Math.max(0, judged.values.length - sparkPoints);
  const show = (number: number | null | undefined) => shownValue(definition, number ?? null);
  return {
    code: definition.code,
    name: definition.name,
    short: definition.short,
    chart: definition.chart,
    direction: definition.direction,
    unit: definition.unit,
    donabedian: definition.donabedian,
    latest:
      value === null
        ? null
        : { value, label: judged.labels[last] ?? "", x: judged.x[last] ?? null, n: judged.n[last] ?? null },
    target: setting?.target === undefined || setting.target === null ? null : (show(Number(setting.target)) ?? null),
    variation: variationOf(judged),
    assurance: judged.assurance,
    ...sinceOf(judged),
    owner: setting?.owner_id ? { id: setting.owner_id, name: o.names.get(setting.owner_id) ?? "" } : null,
    action: o.actions.get(definition.code) ?? null,
    points: judged.values.filter((one) => one !== null).length,
    spark: judged.values.slice(from).map((one, at) => ({
      value: show(one),
      center: show(judged.center[from + at]),
      lower: show(judged.lower[from + at]),
      upper: show(judged.upper[from + at]),
      mark: marks.get(from + at)?.mark ?? null,
    })),
  };
}

const judgeOf = (ctx: Context, definition: Definition, o: Ground): Promise<Judged> =>
  judgeIndicator(ctx, definition, {
    setting: o.settings.get(definition.code) ?? null,
    rebases: o.rebases.filter((row) => row.code === definition.code).map((row) => row.from_date),
  });

const concernFirst: Record<string, number> = {
  "concern-high": 0,
  "concern-low": 0,
  "improvement-high": 1,
  "improvement-low": 1,
  "neutral-high": 2,
  "neutral-low": 2,
  common: 3,
  "too-few": 4,
};

/** All indicators with their judgement; concern first. */
export async function listIndicators(ctx: Context): Promise<IndicatorRow[]> {
  const o = await ground(ctx);
  const rows: IndicatorRow[] = [];
  for (const definition of library) rows.push(rowOf(definition, await judgeOf(ctx, definition, o), o));
  return rows.toSorted((a, b) => (concernFirst[a.variation] ?? 9) - (concernFirst[b.variation] ?? 9));
}

/** One indicator whole. */
export async function showIndicator(ctx: Context, definition: Definition): Promise<Indicator> {
  const o = await ground(ctx);
  const judged = await judgeOf(ctx, definition, o);
  const marks = marksOf(judged);
  const setting: Setting | undefined = o.settings.get(definition.code);
  const flags = await flagsOf(ctx.db, definition.code);
  const last = judged.values.findLastIndex((value) => value !== null);
  const [x, n] = [judged.x[last], judged.n[last]];
  const limits = typeof x === "number" && typeof n === "number" && n > 0 ? wilson(x, n) : null;
  const show = (number: number | null | undefined) => shownValue(definition, number ?? null);
  const hidden = judged.values.filter((value) => value === null).length;
  return {
    ...rowOf(definition, judged, o),
    definition: {
      numerator: definition.numerator,
      denominator: definition.denominator,
      exclusions: definition.exclusions,
      source: definition.source,
      formula: definition.formula,
    },
    opensCase: setting?.opens_case ?? false,
    series: judged.labels.map((label, at) => ({
      label,
      value: show(judged.values[at]),
      x: judged.x[at] ?? null,
      n: judged.n[at] ?? null,
      center: show(judged.center[at]),
      lower: show(judged.lower[at]),
      upper: show(judged.upper[at]),
      mark: marks.get(at)?.mark ?? null,
      rule: marks.get(at)?.rule ?? null,
    })),
    base: setting?.base_from && setting.base_to ? { from: setting.base_from, to: setting.base_to } : null,
    rebases: o.rebases
      .filter((row) => row.code === definition.code)
      .map((row) => ({
        id: row.id,
        from: row.from_date,
        reason: row.reason,
        by: row.member_id ? (o.names.get(row.member_id) ?? null) : null,
      })),
    flags: flags.map((flag, at) => ({
      number: at + 1,
      on: flag.done_on,
      code: flag.code,
      title: "",
      kind: "action" as const,
    })),
    interval: limits ? { low: limits.lower * 100, high: limits.upper * 100 } : null,
    missing: hidden > 0 ? { count: hidden, share: hidden / judged.values.length } : null,
    compute: computeLine(definition, judged),
    updatedAt: ctx.now.toString(),
    version: setting?.version ?? 0,
  };
}

export { judgeOf, ground };
