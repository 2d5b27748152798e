import { readIndicator, type Indicator } from "#product/control/indicators/contract.ts";
import { useMaybe, useSlug } from "#web/client/hooks.ts";
import type { ChartPoint } from "#web/kit/charts/chart-data.ts";
import { ControlChart } from "#web/kit/charts/control-chart.tsx";
import type { Formatter } from "#web/kit/format.ts";
import { Go } from "#web/kit/go.tsx";
import { Section } from "#web/kit/section.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { VariationIcon, type Variation } from "#web/kit/variation.tsx";
import { useWords } from "#web/kit/words.ts";
import { surveyWords } from "../words.ts";

/** Weeks drawn: half a year. */
const weeks = 26;
const marks = { improvement: "better", concern: "worse", neutral: "neutral" } as const;
const variations: Record<Indicator["variation"], Variation> = {
  "improvement-high": "better-high",
  "improvement-low": "better-low",
  "concern-high": "worse-high",
  "concern-low": "worse-low",
  "neutral-high": "neutral-high",
  "neutral-low": "neutral-low",
  common: "common",
  "too-few": "common",
};
type Words = typeof surveyWords.uk;
const ruleText = (t: Words, rule: string): string => (rule in t.rules ? t.rules[rule as keyof Words["rules"]] : rule); // checked by `in`

/** Weeks that may be shown, as the chart draws them. */
const pointsOf = (indicator: Indicator, { t, format }: { t: Words; format: Formatter }): ChartPoint[] =>
  indicator.series.flatMap((point): ChartPoint[] =>
    point.value === null
      ? []
      : [
          {
            label: format.day(point.label),
            name: t.week(format.day(point.label)),
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

/** Positive experience by week as its indicator judges it: limits and marks come with the series. */
export function WeeklyChart() {
  const t = useWords(surveyWords);
  const format = useFormat();
  const slug = useSlug();
  const indicator = useMaybe(readIndicator, { params: { code: "F01" } });
  if (!indicator) return null;
  const points = pointsOf(indicator, { t, format }).slice(-weeks);
  if (points.length === 0) return null;
  return (
    <Section
      title={t.weekly}
      remark={t.weeklyRemark}
      aside={
        <span className="q-row">
          <VariationIcon of={variations[indicator.variation]} /> {t.variations[indicator.variation]}
          <Go to={`/c/${slug}/indicators/F01`}>{t.toIndicator}</Go>
        </span>
      }
    >
      <ControlChart title={`${t.weekly}: ${t.weeklyRemark}`} points={points} height={220} every={4} />
    </Section>
  );
}
