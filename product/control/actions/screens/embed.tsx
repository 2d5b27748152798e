import { readIndicator, type Indicator, type IndicatorRow } from "#product/control/indicators/contract.ts";
import { useIndicatorChart } from "#product/control/indicators/screens/embed.tsx";
import { useLoaded } from "#web/client/hooks.ts";
import { BeforeAfter } from "#web/kit/charts/before-after.tsx";
import { percentUnit, type ChartFlag, type ChartMark, type ChartUnit } from "#web/kit/charts/chart-data.ts";
import { ChartTable } from "#web/kit/charts/chart-table.tsx";
import { ControlChart } from "#web/kit/charts/control-chart.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { TableTwin } from "#web/kit/table-twin.tsx";
import type { Assurance, Variation } from "#web/kit/variation.tsx";
import { useWords } from "#web/kit/words.ts";
import { strengths } from "../states.ts";
import { actionWords } from "../words.ts";
import { actionScreenWords } from "./action-words.ts";

/** Names of kinds, strengths, categories and states, for screens that show something of an action. */
export const useActionWords = () => useWords(actionWords);

/** How strong an action is, in a word; a code of a later version shows as it is. */
export function useStrength(): (strength: string | null) => string {
  const names = useActionWords();
  return (strength) => {
    const known = strengths.find((one) => one === strength);
    return known ? names.strengths[known] : (strength ?? "–");
  };
}

const marks = { improvement: "better", concern: "worse", neutral: "neutral" } as const;
type Mark = keyof typeof marks;
export const markOf = (mark: Mark | null): ChartMark => (mark === null ? "common" : marks[mark]);

const variations: Record<IndicatorRow["variation"], Variation> = {
  "improvement-high": "better-high",
  "improvement-low": "better-low",
  "concern-high": "worse-high",
  "concern-low": "worse-low",
  "neutral-high": "neutral-high",
  "neutral-low": "neutral-low",
  common: "common",
  "too-few": "common",
};
/** The icon of a judgement; what is too short to be judged is drawn as common cause. */
export const variationOf = (variation: string): Variation =>
  new Map<string, Variation>(Object.entries(variations)).get(variation) ?? "common";

const assurances: Record<IndicatorRow["assurance"], Assurance> = {
  pass: "pass",
  fail: "fail",
  "hit-or-miss": "mixed",
  none: "none",
};
export const assuranceOf = (assurance: IndicatorRow["assurance"]): Assurance => assurances[assurance];

const dayUnit: ChartUnit = { digits: 1, floor: 0 };
/** How the values of an indicator are written and bounded. */
export const unitOf = (unit: Indicator["unit"]): ChartUnit => (unit === "%" ? percentUnit : dayUnit);

type Seen = {
  before: { x: number; n: number } | null;
  after: { x: number; n: number } | null;
  difference: { value: number; interval: { low: number; high: number } } | null;
};
type EffectProps = {
  code: string;
  seen: Seen | null;
  /** What happened on which day, drawn as numbered flags over the points. */
  flags: readonly { on: string; name: string }[];
};

/** Whether it helped: shares before and after with their difference, and the indicator's chart with the deeds on it. */
export function EffectChart({ code, seen, flags }: EffectProps) {
  const t = useWords(actionScreenWords);
  const { language } = useLanguage();
  const indicator = useLoaded(readIndicator, { params: { code } });
  const shown = indicator.series.filter((point) => point.value !== null);
  const chart = useIndicatorChart();
  const points = chart.points(indicator);
  const target = chart.target(indicator);
  const unit = unitOf(indicator.unit);
  const placed: ChartFlag[] = flags.flatMap((flag, number) => {
    const at = shown.findLastIndex((point) => point.label <= flag.on);
    return at < 0 ? [] : [{ at, number: number + 1, name: flag.name }];
  });
  const title = indicator.name[language];
  if (points.length === 0) return <p className="q-muted">{t.noPoints}</p>;
  return (
    <>
      {seen?.before && seen.after && seen.difference && (
        <BeforeAfter
          before={{ name: t.before, ...seen.before }}
          after={{ name: t.after, ...seen.after }}
          difference={{
            value: seen.difference.value * 100,
            low: seen.difference.interval.low * 100,
            high: seen.difference.interval.high * 100,
          }}
        />
      )}
      <TableTwin
        chart={
          <ControlChart
            title={title}
            height={240}
            unit={unit}
            points={points}
            flags={placed}
            {...(target ? { target } : {})}
          />
        }
        table={<ChartTable label={title} points={points} unit={unit} />}
      />
      {placed.length > 0 && (
        <p className="q-meta">
          {placed.map((flag) => (
            <span key={flag.number}>
              <b>{flag.number}</b> {flag.name}
              {"  "}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
