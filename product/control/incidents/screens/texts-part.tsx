import { Button } from "#web/kit/button.tsx";
import { Conflict } from "#web/kit/conflict.tsx";
import { TextAreaField } from "#web/kit/field.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Section } from "#web/kit/section.tsx";
import { Timeline } from "#web/kit/timeline.tsx";
import type { Draft } from "#web/kit/use-draft.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import type { Incident } from "../contract.ts";
import { caseWords } from "./case-words.ts";
import type { CaseStep, CaseSteps, Drafts } from "./use-case.ts";

const most = 4000;
type TextProps = { label: string; hint?: string; draft: Draft; error?: string };

function DraftField({ label, hint, draft, error }: TextProps) {
  return (
    <TextAreaField
      label={label}
      hint={hint}
      error={error}
      most={most}
      value={draft.text}
      onChange={(event) => draft.write(event.target.value)}
    />
  );
}

/** What the analysis came to: written while it runs, read afterwards. */
export function ConclusionPart({ incident, drafts }: { incident: Incident; drafts: Drafts }) {
  const t = useWords(caseWords);
  const canEnd = incident.moves.some((move) => move.name === "act" && move.allowed);
  const written = [
    [t.conclusion, incident.conclusion],
    [t.noAnalysis, incident.noAnalysisWhy],
    [t.noAction, incident.noActionWhy],
  ].filter(([, text]) => text);
  if (!canEnd && written.length === 0) return null;
  return (
    <Section id="part-conclusion" rule title={t.conclusion}>
      {canEnd ? (
        <div className="q-form">
          <DraftField label={t.conclusion} hint={t.conclusionHint} draft={drafts.conclusion} />
          {incident.level === "green" && incident.factors.length === 0 && (
            <DraftField label={t.noAnalysis} draft={drafts.noAnalysis} />
          )}
          {incident.actions.length === 0 && <DraftField label={t.noAction} draft={drafts.noAction} />}
        </div>
      ) : (
        written.map(([label, text]) => (
          <p key={label} className="q-text-wide">
            {label !== t.conclusion && <span className="q-muted">{label}: </span>}
            {text}
          </p>
        ))
      )}
    </Section>
  );
}

/** The answer to whoever reported: sent ones, and the one being written. */
export function AnswerPart({ incident, drafts, steps }: { incident: Incident; drafts: Drafts; steps: CaseSteps }) {
  const t = useWords(caseWords);
  const format = useFormat();
  const [tried, setTried] = useState(false);
  const move = incident.moves.find((one) => one.name === "answer");
  const early = ["reported", "triaged", "investigating"].includes(incident.state);
  const mayWrite = move?.allowed ?? (early && incident.moves.some((one) => one.allowed));
  const draft = drafts.answer;
  const refused = steps.answer.refused;
  if (!mayWrite && incident.answers.length === 0) return null;
  const send = () => {
    setTried(true);
    if (draft.text.trim() !== "") void steps.answer.send();
  };
  return (
    <Section
      id="part-answer"
      rule
      title={t.answer}
      remark={mayWrite && draft.at ? t.answerKept(format.time(draft.at)) : undefined}
    >
      {incident.answers.length > 0 && (
        <Timeline
          label={t.answer}
          entries={incident.answers.map((one) => ({
            id: one.at,
            when: format.day(one.at),
            who: one.by,
            title: one.text,
          }))}
        />
      )}
      {mayWrite && (
        <>
          <div className="q-bare">
            <DraftField
              label={t.answer}
              draft={draft}
              error={tried && draft.text.trim() === "" ? t.needText : undefined}
            />
          </div>
          <div className="q-part-foot">
            <Button
              kind="plain"
              off={!move?.allowed}
              aria-describedby="answer-why"
              busy={steps.answer.busy}
              onClick={send}
            >
              {t.moves["answer"] ?? ""}
            </Button>
            <span className="q-meta" id="answer-why">
              {move?.allowed ? t.answerTo[incident.reporterMode](incident.reporter ?? "") : t.answerLater}
            </span>
            <Refusal refused={steps.answer.faster ? undefined : refused} />
          </div>
        </>
      )}
    </Section>
  );
}

/** What everybody should know of it: written before closing, read afterwards. */
export function LessonPart({ incident, drafts }: { incident: Incident; drafts: Drafts }) {
  const t = useWords(caseWords);
  const canClose = incident.moves.some((move) => move.name === "close" && move.allowed);
  if (!canClose && !incident.lesson) return null;
  return (
    <Section id="part-lesson" rule title={t.lesson}>
      {canClose ? (
        <div className="q-bare">
          <DraftField label={t.lesson} hint={t.lessonHint} draft={drafts.lesson} />
        </div>
      ) : (
        <p className="q-text-wide">{incident.lesson}</p>
      )}
    </Section>
  );
}

type ConflictProps = { incident: Incident; drafts: Drafts; steps: CaseSteps };

/** Somebody changed the case while this person wrote: what they did and what I wrote, side by side. */
export function CaseConflict({ incident, drafts, steps }: ConflictProps) {
  const t = useWords(caseWords);
  const fields = [
    { step: steps.act, draft: drafts.conclusion, theirs: incident.conclusion },
    { step: steps.answer, draft: drafts.answer, theirs: incident.answers.at(-1)?.text ?? null },
    { step: steps.close, draft: drafts.lesson, theirs: incident.lesson },
    { step: steps.investigate, draft: undefined, theirs: null },
  ];
  const found = fields.find(({ step }) => step.faster);
  if (!found) return null;
  const last = incident.history.at(-1);
  return (
    <OneConflict
      step={found.step}
      draft={found.draft}
      who={last?.by ?? t.somebody}
      at={last?.at ?? incident.when}
      theirs={found.theirs ?? t.theirsMove(t.done[last?.name ?? ""] ?? "")}
    />
  );
}

type OneProps = { step: CaseStep; draft: Draft | undefined; who: string; at: string; theirs: string };

function OneConflict({ step, draft, who, at, theirs }: OneProps) {
  const now = useNow();
  const t = useWords(caseWords);
  const format = useFormat();
  return (
    <Conflict
      title={t.conflict(who, format.time(at))}
      remark={t.conflictRemark}
      mine={{ when: format.time(draft?.at ?? now), text: draft?.text ?? "" }}
      theirs={{ who, when: format.time(at), text: theirs }}
      onKeep={() => void step.keepMine()}
      onTake={() => {
        draft?.clear();
        step.clear();
      }}
      onMerge={step.clear}
    />
  );
}
