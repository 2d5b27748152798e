import { useWords } from "#web/kit/words.ts";
import { Page } from "#web/kit/page.tsx";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { Incident } from "../contract.ts";
import { CaseAsk } from "./case-dialogs.tsx";
import { CaseActions, CaseNext, CaseStepper, CaseTag, type Ask } from "./case-head.tsx";
import { useCaseFrame } from "./embed.tsx";
import { ActionsPart, StoryPart, TriagePart } from "./case-parts.tsx";
import { CaseSide } from "./case-side.tsx";
import { caseWords } from "./case-words.ts";
import { CausesPart, TimelinePart } from "./causes-part.tsx";
import { AnswerPart, CaseConflict, ConclusionPart, LessonPart } from "./texts-part.tsx";
import { useCase, useCaseSteps, useDrafts } from "./use-case.ts";

/** Causes and moments are gathered until the answer is given, by whoever may investigate. */
const workable = new Set(["reported", "triaged", "investigating", "actions"]);

/** One incident, the whole story on one page: what, how bad, why, what we do, what we answer. */
export function CaseScreen() {
  const { code = "" } = useParams({ strict: false });
  return <Case key={code} incident={useCase(code)} />;
}

function Case({ incident }: { incident: Incident }) {
  const t = useWords(caseWords);
  const drafts = useDrafts(incident);
  const steps = useCaseSteps(incident, drafts);
  const [asking, ask] = useState<Ask>();
  const frame = useCaseFrame(incident, incident.actions.length);
  const canWork = workable.has(incident.state) && incident.moves.some((move) => move.allowed);
  return (
    <Page
      title={incident.what}
      code={incident.code}
      tag={<CaseTag incident={incident} />}
      trail={frame.trail}
      tabs={frame.tabs("incident")}
      under={
        <>
          <CaseStepper incident={incident} />
          <CaseNext incident={incident} steps={steps} />
        </>
      }
      actions={<CaseActions incident={incident} steps={steps} drafts={drafts} ask={ask} />}
      side={{ label: t.clocks, width: 336, content: <CaseSide incident={incident} /> }}
    >
      <CaseConflict incident={incident} drafts={drafts} steps={steps} />
      <StoryPart incident={incident} />
      <TriagePart incident={incident} />
      {incident.level && <CausesPart incident={incident} canWork={canWork} />}
      {incident.level && <TimelinePart incident={incident} canWork={canWork} />}
      <ConclusionPart incident={incident} drafts={drafts} />
      <ActionsPart incident={incident} />
      <AnswerPart incident={incident} drafts={drafts} steps={steps} />
      <LessonPart incident={incident} drafts={drafts} />
      {asking && <CaseAsk what={asking} incident={incident} drafts={drafts} close={() => ask(undefined)} />}
    </Page>
  );
}

/** The actions of one incident on a page of their own, to be sent or printed. */
export function CaseActionsScreen() {
  const { code = "" } = useParams({ strict: false });
  const incident = useCase(code);
  const frame = useCaseFrame(incident, incident.actions.length);
  return (
    <Page
      title={incident.what}
      code={incident.code}
      tag={<CaseTag incident={incident} />}
      trail={frame.trail}
      tabs={frame.tabs("actions")}
    >
      <ActionsPart incident={incident} rule={false} />
    </Page>
  );
}
