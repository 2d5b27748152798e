import { Drawer } from "#web/kit/drawer.tsx";
import { HowCounted } from "#web/kit/how-counted.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { surveyWords } from "../words.ts";
import { periodText } from "./period-text.ts";
import type { Results } from "./results-shape.ts";

/** Why this share: the fraction with its parts, what is left out, and the line that repeats the interval. */
export function HowDrawer({ results, onClose }: { results: Results; onClose: () => void }) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const { language } = useLanguage();
  const { total } = results;
  const number = (value: number | null) => (value === null ? "*" : format.number(value));
  return (
    <Drawer open onClose={onClose} title={t.how}>
      <HowCounted
        sentence={t.howSentence}
        numerator={{ name: t.numerator, value: number(total.positive) }}
        denominator={{ name: t.denominator, value: number(total.n) }}
        facts={[
          [t.facts.instrument, t.fft],
          [t.facts.period, periodText(results.period, { t, language })],
          [t.facts.counted, format.day(results.through)],
          [t.facts.source, t.wilson],
          [t.facts.threshold, t.thresholdValue(results.threshold)],
          [t.facts.hidden, format.number(results.hiddenTogether)],
        ]}
        computeLine={results.compute}
      />
    </Drawer>
  );
}
