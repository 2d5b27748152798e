import type { ChartPoint } from "#web/kit/charts/chart-data.ts";
import { useLanguage } from "#web/kit/language.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import type { Indicator } from "../contract.ts";
import { indicatorWords } from "../words.ts";
import { pointsOf, targetText } from "./chart-of.ts";

/** Points of an indicator with their rules in words, and its target as it is written on a chart. */
export function useIndicatorChart(): {
  points: (indicator: Indicator) => ChartPoint[];
  target: (indicator: Indicator) => { value: number; words: string } | undefined;
} {
  const t = useWords(indicatorWords);
  const format = useFormat();
  const { language } = useLanguage();
  return {
    points: (indicator) => pointsOf(indicator, { t, format }),
    target: (indicator) =>
      indicator.target === null
        ? undefined
        : {
            value: indicator.target,
            words: `${t.target.toLocaleLowerCase(language)} ${targetText(indicator, { t, format })}`,
          },
  };
}
