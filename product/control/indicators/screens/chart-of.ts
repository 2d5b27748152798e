import type { ChartPart, ChartPoint } from "#web/kit/charts/chart-data.ts";
import type { Formatter } from "#web/kit/format.ts";
import type { Assurance, Variation } from "#web/kit/variation.tsx";
import type { Indicator, IndicatorRow } from "../contract.ts";
import type { indicatorWords } from "../words.ts";

type Words = typeof indicatorWords.uk;
const marks = { improvement: "better", concern: "worse", neutral: "neutral" } as const;

/** Points of an indicator as the chart draws them; hidden weeks are left out, so the line runs on. */
export function pointsOf(indicator: Indicator, o: { t: Words; format: Formatter }): ChartPoint[] {
  const { t, format } = o;
  return indicator.series.flatMap((point): ChartPoint[] =>
    point.value === null
      ? []
      : [
          {
            label: format.day(point.label),
            name: indicator.chart === "p" ? t.week(format.day(point.label)) : format.day(point.label),
            value: point.value,
            ...(point.n === null ? {} : { n: point.n }),
            ...(point.x === null ? {} : { x: point.x }),
            ...(point.lower === null ? {} : { lower: point.lower }),
            ...(point.upper === null ? {} : { upper: point.upper }),
            ...(point.center === null ? {} : { center: point.center }),
            ...(point.mark ? { mark: marks[point.mark] } : {}),
            ...(point.rule ? { rule: ruleText(t, point.rule) } : {}),
          },
        ],
  );
}

/** The same indicator with its newest points alone. */
export const newestOf = (indicator: Indicator, most: number): Indicator => ({
  ...indicator,
  series: indicator.series.filter((point) => point.value !== null).slice(-most),
});

/** Days of the points that are drawn, in the same order. */
export const labelsOf = (indicator: Indicator): string[] =>
  indicator.series.filter((point) => point.value !== null).map((point) => point.label);

export const ruleText = (t: Words, rule: string): string =>
  rule in t.rules ? t.rules[rule as keyof Words["rules"]] : rule; // checked by `in`

/** Parts of the chart: where limits were rebased, with the reason. */
export const partsOf = (indicator: Indicator, o: { t: Words; format: Formatter }): ChartPart[] =>
  indicator.rebases
    .map((rebase) => ({
      from: labelsOf(indicator).findIndex((label) => label >= rebase.from),
      reason: `${o.t.cut(o.format.day(rebase.from))}: ${rebase.reason}`,
    }))
    .filter((part) => part.from > 0);

/** Flags of finished actions, at the first point on or after their day. */
export const flagsOf = (indicator: Indicator) =>
  indicator.flags
    .map((flag) => ({
      at: labelsOf(indicator).findIndex((label) => label >= flag.on),
      number: flag.number,
      name: flag.code,
    }))
    .filter((flag) => flag.at >= 0);

const variations: Record<Exclude<IndicatorRow["variation"], "too-few">, Variation> = {
  "improvement-high": "better-high",
  "improvement-low": "better-low",
  "concern-high": "worse-high",
  "concern-low": "worse-low",
  "neutral-high": "neutral-high",
  "neutral-low": "neutral-low",
  common: "common",
};
export const variationOf = (variation: IndicatorRow["variation"]): Variation =>
  variation === "too-few" ? "common" : variations[variation];
export const assuranceOf = (assurance: IndicatorRow["assurance"]): Assurance =>
  assurance === "hit-or-miss" ? "mixed" : assurance;

/** A value with its unit: "91,9 %", "3,4 дн.". */
export const valueText = (row: Pick<IndicatorRow, "unit">, value: number, o: { t: Words; format: Formatter }): string =>
  row.unit === "%" ? o.format.percent(value / 100) : o.t.days(o.format.number(value, 1));
/** A target with its direction: "від 90 %". */
export const targetText = (
  row: Pick<IndicatorRow, "unit" | "direction" | "target">,
  o: { t: Words; format: Formatter },
): string => {
  if (row.target === null) return "–";
  const number = o.format.number(row.target, row.target % 1 === 0 ? 0 : 1);
  return row.direction === "increase" ? o.t.from(number) : o.t.upTo(number);
};
