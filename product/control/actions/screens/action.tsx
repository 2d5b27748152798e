import { useSend, useSlug } from "#web/client/hooks.ts";
import { useRefusal, type Refused } from "#web/kit/use-refusal.ts";
import { Button, IconButton } from "#web/kit/button.tsx";
import { Menu, type MenuEntry } from "#web/kit/menu.tsx";
import { Page } from "#web/kit/page.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Section } from "#web/kit/section.tsx";
import { Stepper, type Step } from "#web/kit/stepper.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { Timeline } from "#web/kit/timeline.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { IconDots } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { startAction, type Action } from "../contract.ts";
import { ActionAsk } from "./action-dialogs.tsx";
import { AboutPart, EffectPart, EvidencePart } from "./action-parts.tsx";
import { actionScreenWords } from "./action-words.ts";
import { useActionWords } from "./embed.tsx";
import { useAction, useDone, type Ask } from "./use-action.ts";

const stages = ["new", "planned", "doing", "checking", "effective"] as const;
const onward = ["plan", "start", "finish", "confirm"];
const asked: readonly Ask[] = ["plan", "decline", "withdraw", "postpone", "finish", "confirm", "refute"];

/** One action: what it changes, who and by when, what shows that it was done, and whether it worked. */
export function ActionScreen() {
  const { code = "" } = useParams({ strict: false });
  return <One key={code} action={useAction(code)} />;
}

function One({ action }: { action: Action }) {
  const t = useWords(actionScreenWords);
  const slug = useSlug();
  const [asking, ask] = useState<Ask>();
  const start = useSend(startAction);
  const done = useDone(action.code);
  const refused = useRefusal(start.problem);
  const begin = async () => {
    const reply = await start.send({ params: { code: action.code }, body: { version: action.version } });
    if (reply) done("start", reply);
  };
  const press = (name: string) => {
    const found = asked.find((one) => one === name);
    if (found) ask(found);
    else void begin();
  };
  return (
    <Page
      title={action.title}
      code={action.code}
      tag={<ActionTag action={action} />}
      trail={[{ label: t.title, to: `/c/${slug}/actions` }, { label: action.code }]}
      under={<Under action={action} refused={refused} />}
      actions={<Actions action={action} press={press} busy={start.busy} />}
      side={{ label: t.history, width: 320, content: <History action={action} /> }}
    >
      <AboutPart action={action} />
      <EvidencePart action={action} />
      <EffectPart action={action} />
      {asking && <ActionAsk what={asking} action={action} close={() => ask(undefined)} />}
    </Page>
  );
}

const mainMove = (action: Action) => action.moves.find((move) => onward.includes(move.name));

function Actions({ action, press, busy }: { action: Action; press: (name: string) => void; busy: boolean }) {
  const t = useWords(actionScreenWords);
  const main = mainMove(action);
  const others: MenuEntry[] = action.moves
    .filter((move) => move.allowed && move.name !== main?.name)
    .map((move) => ({
      key: move.name,
      label: t.moves[move.name] ?? move.name,
      danger: move.name === "decline" || move.name === "withdraw",
      run: () => press(move.name),
    }));
  if ((action.state === "planned" || action.state === "doing") && action.moves.some((move) => move.allowed))
    others.unshift({ key: "postpone", label: t.moves["postpone"] ?? "", run: () => press("postpone") });
  return (
    <>
      {others.length > 0 && (
        <Menu groups={[{ entries: others }]}>
          <IconButton icon={IconDots} label={t.more} />
        </Menu>
      )}
      {main && (
        <Button
          kind="primary"
          off={!main.allowed}
          busy={busy}
          aria-describedby={main.allowed ? undefined : "action-next"}
          onClick={() => press(main.name)}
        >
          {t.moves[main.name] ?? main.name}
        </Button>
      )}
    </>
  );
}

/** The stages, and under them why the next step is not this person's or was refused. */
function Under({ action, refused }: { action: Action; refused: Refused | undefined }) {
  const t = useWords(actionScreenWords);
  const format = useFormat();
  const main = mainMove(action);
  const last = action.state === "done" ? "effective" : action.state;
  const current = stages.findIndex((stage) => stage === last);
  const reached = (stage: string) =>
    action.history.findLast((move) => move.to === stage || (stage === "effective" && move.to === "done"))?.at;
  const steps: Step[] = stages.map((stage, at) => {
    const when = reached(stage);
    const name = stage === "effective" && action.noCheck ? t.stepDone : t.steps[stage];
    return when && at <= current ? { name, when: format.day(when) } : { name };
  });
  return (
    <>
      {current >= 0 && (
        <Stepper label={t.stepper} steps={steps} current={last === "effective" ? stages.length : current} />
      )}
      <Refusal refused={refused} />
      {main && !main.allowed && (
        <p className="q-meta" id="action-next">
          {t.nextStep(t.moves[main.name] ?? main.name, t.why[main.reason ?? "right"] ?? "")}
        </p>
      )}
    </>
  );
}

function ActionTag({ action }: { action: Action }) {
  const t = useWords(actionScreenWords);
  const names = useActionWords();
  if (action.state === "effective") return <Tag tone="ok">{names.states.effective}</Tag>;
  if (action.state === "declined" || action.state === "withdrawn") return <Tag>{names.states[action.state]}</Tag>;
  return action.verdict === "ineffective" ? <Tag tone="warn">{t.verdict.ineffective}</Tag> : null;
}

function History({ action }: { action: Action }) {
  const t = useWords(actionScreenWords);
  const format = useFormat();
  const today = format.fullDay(useNow());
  return (
    <Section title={t.history}>
      <Timeline
        label={t.history}
        entries={action.history.toReversed().map((move) => {
          const name = t.done[move.name] ?? move.name;
          return {
            id: `${move.at}-${move.name}`,
            when: format.fullDay(move.at) === today ? format.time(move.at) : format.day(move.at),
            ...(move.by ? { who: move.by } : {}),
            title: move.reason ? `${name}: ${move.reason}` : name,
          };
        })}
      />
    </Section>
  );
}
