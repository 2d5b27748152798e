import { useActionWords, useStrength } from "#product/control/actions/screens/embed.tsx";
import { useIncidentWords } from "#product/control/incidents/screens/embed.tsx";
import { useSlug } from "#web/client/hooks.ts";
import { Go } from "#web/kit/go.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { Timeline, type TimelineEntry } from "#web/kit/timeline.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import type { ReactNode } from "react";
import type { Path } from "../contract.ts";
import { pathWords } from "../words.ts";
import { stationIcons } from "./station-icons.ts";

type Step = Path["steps"][number];

/** What happened, in order, each step with its code as a link and who did it. */
export function Story({ path }: { path: Path }) {
  const t = useWords(pathWords);
  const format = useFormat();
  const slug = useSlug();
  const titleOf = useTitle();
  const remarkOf = useRemark();
  const entries: TimelineEntry[] = path.steps.map((step, at) => ({
    id: `${step.kind}-${at}`,
    when: format.day(step.at ?? step.on),
    ...(step.at ? { hour: format.time(step.at) } : {}),
    icon: stationIcons(step.kind),
    title: titleOf(step),
    code:
      step.code &&
      (step.link ? (
        <Go className="q-code" to={`/c/${slug}${step.link}`}>
          {step.code}
        </Go>
      ) : (
        <span className="q-code">{step.code}</span>
      )),
    aside: step.by ?? undefined,
    body: (
      <>
        {linesOf(step, t).map((line) => (
          <div key={line} className="q-text-wide">
            {line}
          </div>
        ))}
        {remarkOf(step)}
        {step.note === "anonymous" && <div className="q-meta">{t.anonymous}</div>}
      </>
    ),
  }));
  return <Timeline wide label={t.steps} entries={entries} />;
}

type Words = (typeof pathWords)["uk"];

/** The lines of a step; a bare name says what its person does. */
function linesOf(step: Step, t: Words): string[] {
  if (step.kind === "triage") return step.lines.map(t.lead);
  return step.kind === "action" ? step.lines.map(t.owner) : step.lines;
}

function useTitle(): (step: Step) => string {
  const t = useWords(pathWords);
  return (step) => {
    if (step.kind === "response") {
      const score = step.title.replace("score-", "");
      return t.score(t.scores[score] ?? score);
    }
    if (step.kind === "action") return t.planned(step.title);
    if (step.kind === "evidence") return t.finished(step.title);
    return t.titles[step.title] ?? step.title;
  };
}

/** Level, kind of cause or strength as a label; of a response the place. */
function useRemark(): (step: Step) => ReactNode {
  const t = useWords(pathWords);
  const incident = useIncidentWords();
  const actions = useActionWords();
  const strength = useStrength();
  const named = (names: Record<string, string>, key: string) => new Map(Object.entries(names)).get(key);
  return (step) => {
    if (step.remark === null) return null;
    if (step.kind === "triage") return <Tag>{t.level(named(incident.levels, step.remark) ?? step.remark)}</Tag>;
    if (step.kind === "cause") return <Tag tone="primary">{named(incident.factors, step.remark) ?? step.remark}</Tag>;
    if (step.kind === "action" && named(actions.strengths, step.remark)) return <Tag>{strength(step.remark)}</Tag>;
    if (step.kind === "incident") return <div className="q-meta">{t.bySignal}</div>;
    return <div className="q-meta">{step.remark}</div>;
  };
}
