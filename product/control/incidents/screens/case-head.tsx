import { useSlug } from "#web/client/hooks.ts";
import { Button, IconButton, LinkButton } from "#web/kit/button.tsx";
import { Menu, type MenuEntry } from "#web/kit/menu.tsx";
import { Refusal, goToPart } from "#web/kit/refusal.tsx";
import { Stepper, type Step } from "#web/kit/stepper.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { IconDots, IconTarget } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Incident } from "../contract.ts";
import { caseWords } from "./case-words.ts";
import { useLasted } from "./lasted.ts";
import type { CaseSteps, Drafts } from "./use-case.ts";

const stages = ["reported", "triaged", "investigating", "actions", "answered", "closed"] as const;
/** Moves that lead on, in the order of the stages; the others stand in the menu. */
const onward = ["triage", "investigate", "act", "answer", "close", "reopen"] as const;
type Onward = (typeof onward)[number];
export type Ask = "triage" | "investigate" | "merge" | "reject" | "reopen" | "tell-patient";

export function CaseTag({ incident }: { incident: Incident }): ReactNode {
  const t = useWords(caseWords);
  if (incident.state === "merged") return <Tag>{t.mergedInto(incident.mergedInto ?? "–")}</Tag>;
  if (incident.state === "rejected") return <Tag>{t.rejected}</Tag>;
  return incident.restricted ? <Tag tone="violet">{t.restricted}</Tag> : null;
}

/** Where the case stands: when each step was reached, how long the present one lasts. */
export function CaseStepper({ incident }: { incident: Incident }) {
  const t = useWords(caseWords);
  const format = useFormat();
  const lasted = useLasted();
  const today = format.fullDay(useNow());
  const current = stages.findIndex((stage) => stage === incident.state);
  if (current < 0) return null;
  const reached = (stage: string) =>
    incident.history.findLast((move) => move.to === stage && move.name !== "joined")?.at;
  const steps: Step[] = stages.map((stage, at) => {
    const when = reached(stage);
    if (!when || at > current) return { name: t.steps[stage] };
    if (at === current && stage !== "closed") return { name: t.steps[stage], when: lasted(when), used: 0.45 };
    return { name: t.steps[stage], when: format.fullDay(when) === today ? format.time(when) : format.day(when) };
  });
  return <Stepper label={t.stepper} steps={steps} current={incident.state === "closed" ? stages.length : current} />;
}

type HeadProps = { incident: Incident; steps: CaseSteps; drafts: Drafts; ask: (what: Ask) => void };

/** The next move as the one primary button, proposing an action beside it, the rest in the menu. */
export function CaseActions({ incident, steps, drafts, ask }: HeadProps) {
  const t = useWords(caseWords);
  const slug = useSlug();
  const main = mainMove(incident);
  const press = usePress({ incident, steps, drafts, ask });
  const others: MenuEntry[] = incident.moves
    .filter((move) => move.allowed && move.name !== main?.name)
    .map((move) => ({
      key: move.name,
      label: t.moves[move.name] ?? move.name,
      danger: move.name === "reject",
      run: () => press(move.name),
    }));
  if (incident.tellPatient === "yes" && !incident.patientToldAt && incident.moves.some((move) => move.allowed))
    others.push({ key: "tell", label: t.moves["tell-patient"] ?? "", run: () => ask("tell-patient") });
  return (
    <>
      {others.length > 0 && (
        <Menu groups={[{ entries: others }]}>
          <IconButton icon={IconDots} label={t.more} />
        </Menu>
      )}
      <LinkButton icon={IconTarget} to={`/c/${slug}/actions/new?incident=${incident.code}`}>
        {t.action}
      </LinkButton>
      {main && (
        <Button
          kind="primary"
          off={!main.allowed}
          busy={isOwn(main.name) ? steps[main.name].busy : false}
          aria-describedby={main.allowed ? undefined : "case-next"}
          onClick={() => press(main.name)}
        >
          {t.moves[main.name] ?? main.name}
        </Button>
      )}
    </>
  );
}

/** Under the head: why the next step is not this person's, or why it was refused and where to mend it. */
export function CaseNext({ incident, steps }: { incident: Incident; steps: CaseSteps }) {
  const t = useWords(caseWords);
  const main = mainMove(incident);
  const refused = [steps.investigate, steps.act, steps.close].find((step) => step.refused && !step.faster)?.refused;
  return (
    <>
      <Refusal refused={refused} />
      {main && !main.allowed && (
        <p className="q-meta" id="case-next">
          {t.next(t.moves[main.name] ?? main.name, t.why[main.reason ?? "right"] ?? "")}
        </p>
      )}
    </>
  );
}

const isOwn = (name: string): name is keyof CaseSteps => ["investigate", "act", "answer", "close"].includes(name);
const isOnward = (name: string): name is Onward => onward.some((one) => one === name);

/** The move that leads on from here. A green case may go straight to actions, so its analysis can be ended at once. */
export function mainMove(incident: Incident): Incident["moves"][number] | undefined {
  const found = incident.moves.filter((move) => isOnward(move.name));
  const wanted = incident.state === "triaged" && incident.level === "green" ? "act" : found[0]?.name;
  return found.find((move) => move.name === wanted) ?? found[0];
}

/** Makes a move by its name: what needs words first leads to the part where they are written. */
function usePress({ incident, steps, drafts, ask }: HeadProps): (name: string) => void {
  return (name) => {
    if (name === "answer" && drafts.answer.text.trim() === "") return goToPart("answer");
    if (name === "close" && drafts.lesson.text.trim().length < 4) return goToPart("lesson");
    // a red analysis is led by two people: who the second one is has to be said
    if (name === "investigate" && incident.level === "red") return ask("investigate");
    if (isOwn(name)) return void steps[name].send();
    if (name === "triage" || name === "merge" || name === "reject" || name === "reopen") ask(name);
    return undefined;
  };
}
