import { Figures, type Figure } from "#web/kit/facts.tsx";
import type { Formatter } from "#web/kit/format.ts";
import { Icon } from "#web/kit/icon.tsx";
import { Section } from "#web/kit/section.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { IconEyeOff } from "@tabler/icons-react";
import { surveyWords } from "../words.ts";
import { PlacesTable } from "./places-table.tsx";
import { scoreText } from "./score-text.ts";
import { deepRows, type Results } from "./results-shape.ts";
import "./feedback.css";

/** The numbers before everything else, each with its denominator. */
export function Tiles({ results }: { results: Results }) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const { total, withText, answered, delivered } = results;
  const { interval } = total;
  const percent = (share: number) => format.number(share * 100, 1);
  // answers of a time whose letters left from another system have no share of our letters
  const known = delivered > 0 && answered !== null && answered <= delivered;
  const rate: Figure = !known
    ? {
        label: t.rate,
        value: "–",
        remark: delivered === 0 ? t.rateNone : answered === null ? t.rateHidden(format.number(delivered)) : t.rateOther,
      }
    : {
        label: t.rate,
        value: format.percent(answered / delivered),
        remark: t.rateOf(format.number(answered), format.number(delivered)),
      };
  return (
    <Figures
      figures={[
        {
          label: t.positive,
          value: total.share === null ? "*" : format.percent(total.share),
          remark: interval ? t.intervalOf(percent(interval.low), percent(interval.high)) : t.hidden,
          hero: true,
        },
        {
          label: t.answersShort,
          value: total.n === null ? "*" : format.number(total.n),
          remark: withText === null ? t.withTextFew : t.withText(format.number(withText)),
        },
        rate,
        meanOf(results, { t, format }),
      ]}
    />
  );
}

const lastGrade = 5;

/** The mean of the scale laid on 0–100, very poor 0 to very good 100; made of the shares that are shown and of nothing else. */
function meanOf({ answers }: Results, { t, format }: { t: typeof surveyWords.uk; format: Formatter }): Figure {
  const graded = answers.filter(({ score }) => score <= lastGrade);
  const n = graded.reduce((all, one) => all + (one.n ?? 0), 0);
  if (n === 0 || graded.some((one) => one.n === null)) return { label: t.mean, value: "–", remark: t.meanFew };
  const sum = graded.reduce((all, one) => all + (one.n ?? 0) * ((lastGrade - one.score) / (lastGrade - 1)) * 100, 0);
  return { label: t.mean, value: format.number(sum / n, 1), remark: t.meanOf(t.answers(n)) };
}

/** The table of places and what is hidden in it, in words. */
export function Places({ results, services }: { results: Results; services: boolean }) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const { rows, total, hiddenTogether, groups } = results;
  if (groups === "whole-clinic-only") return <p className="q-muted">{t.monthWhole}</p>;
  const deep = deepRows(rows).filter(({ depth }) => services || depth < 2);
  return (
    <Section
      rule
      title={t.byPlace}
      remark={total.share === null ? undefined : t.dashed(format.percent(total.share))}
      aside={<span className="q-muted">{t.oneChannel}</span>}
    >
      <PlacesTable rows={deep} total={total} />
      {hiddenTogether > 0 && (
        <p className="q-under-table q-meta">
          <Icon of={IconEyeOff} size={16} />
          <span>{t.hiddenTogether(hiddenTogether)}</span>
        </p>
      )}
    </Section>
  );
}

/** How often each answer was given; nothing at all where so few would be told apart. */
export function Distribution({ results }: { results: Results }) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const counts = results.answers.map(({ n }) => n ?? 0);
  const sum = counts.reduce((all, n) => all + n, 0);
  if (results.answers.some(({ n }) => n === null))
    return (
      <Section title={t.distribution}>
        <p className="q-muted">{t.distributionHidden}</p>
      </Section>
    );
  const most = Math.max(1, ...counts);
  return (
    <Section title={t.distribution} remark={t.answers(sum)}>
      <dl className="q-scores">
        {results.answers.map(({ score, n }) => (
          <div key={score} className="q-contents">
            <dt>{scoreText(t, score)}</dt>
            <dd>
              <svg className="q-score-bar" width="100%" height="10" aria-hidden>
                <rect width={`${((n ?? 0) / most) * 100}%`} height="10" rx="2" />
              </svg>
            </dd>
            <dd className="q-score-count">
              {format.number(n ?? 0)}
              <span className="q-muted"> {sum > 0 ? format.percent((n ?? 0) / sum) : ""}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
