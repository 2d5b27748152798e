import { useSend, useSlug } from "#web/client/hooks.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { Button } from "#web/kit/button.tsx";
import { Due } from "#web/kit/due.tsx";
import { FactGrid, type Fact } from "#web/kit/facts.tsx";
import { ChoiceField, TextAreaField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { Go } from "#web/kit/go.tsx";
import { Person } from "#web/kit/person.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Section } from "#web/kit/section.tsx";
import { Timeline } from "#web/kit/timeline.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { Suspense, useState } from "react";
import { addEvidence, type Action } from "../contract.ts";
import { actionScreenWords } from "./action-words.ts";
import { EffectChart, useActionWords, useStrength } from "./embed.tsx";
import { Source } from "./source.tsx";
import { useDayState } from "./list.tsx";

/** Kind, category, strength, owner, dates and where it comes from. */
export function AboutPart({ action }: { action: Action }) {
  const t = useWords(actionScreenWords);
  const names = useActionWords();
  const strength = useStrength();
  const format = useFormat();
  const stateOf = useDayState();
  const rows: Fact[] = [
    [t.facts.kind, names.kinds[action.kind]],
    [t.facts.source, <Source key="source" of={action.source} />],
    [t.facts.category, action.category ? names.categories[action.category] : "–"],
    [t.facts.strength, strength(action.strength)],
    [t.facts.owner, action.owner ? <Person key="owner" withName name={action.owner.name} /> : "–"],
    [
      t.facts.due,
      action.dueOn ? (
        <Due key="due" state={stateOf(action)}>
          {stateOf(action) === "past" ? format.nearDay(action.dueOn) : t.until(format.nearDay(action.dueOn))}
        </Due>
      ) : (
        t.noPlan
      ),
    ],
  ];
  if (action.firstDueOn && action.firstDueOn !== action.dueOn)
    rows.push([t.facts.first, format.day(action.firstDueOn)]);
  if (action.indicator && action.checkOn)
    rows.push([
      t.facts.effect,
      `${action.indicator}, ${t.direction[action.effectDirection ?? "increase"]}, ${t.byCheck(format.day(action.checkOn))}`,
    ]);
  else if (action.owner) rows.push([t.facts.effect, t.noCheck]);
  if (action.cycle > 1) rows.push([t.facts.cycle, format.number(action.cycle)]);
  if (action.doneOn) rows.push([t.facts.done, format.day(action.doneOn)]);
  return (
    <Section title={t.about}>
      <FactGrid rows={rows} />
    </Section>
  );
}

const evidenceKinds = ["note", "link", "document", "course"] as const;
type EvidenceKind = (typeof evidenceKinds)[number];
const kindOf = (text: string | null): EvidenceKind => evidenceKinds.find((one) => one === text) ?? "note";

/** What shows that it was done. */
export function EvidencePart({ action }: { action: Action }) {
  const t = useWords(actionScreenWords);
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const canAdd = ["planned", "doing", "checking"].includes(action.state) && action.moves.some((move) => move.allowed);
  return (
    <Section
      id="part-evidence"
      rule
      title={t.evidence}
      aside={
        canAdd && (
          <button type="button" className="q-text-button q-no-print" onClick={() => setOpen(true)}>
            {t.addEvidence}
          </button>
        )
      }
    >
      {action.evidence.length === 0 ? (
        <p className="q-muted">{t.noEvidence}</p>
      ) : (
        <Timeline
          label={t.evidence}
          entries={action.evidence.map((one) => ({
            id: one.at,
            when: format.day(one.at),
            ...(one.by ? { who: one.by } : {}),
            title: one.text,
            aside: t.evidenceKinds[kindOf(one.kind)],
          }))}
        />
      )}
      {open && <AddEvidence code={action.code} close={() => setOpen(false)} />}
    </Section>
  );
}

function AddEvidence({ code, close }: { code: string; close: () => void }) {
  const t = useWords(actionScreenWords);
  const add = useSend(addEvidence);
  const refused = useRefusal(add.problem);
  const [text, setText] = useState("");
  const [kind, setKind] = useState<EvidenceKind>("note");
  const [tried, setTried] = useState(false);
  const send = async () => {
    setTried(true);
    if (text.trim() === "") return;
    if (await add.send({ params: { code }, body: { kind, text } })) close();
  };
  return (
    <Form label={t.addEvidence} onSend={() => void send()}>
      <ChoiceField
        label={t.newKind}
        value={kind}
        onChange={(value) => setKind(kindOf(value))}
        options={evidenceKinds.map((one) => ({ value: one, label: t.evidenceKinds[one] }))}
      />
      <TextAreaField
        autoFocus
        label={t.evidenceText}
        value={text}
        error={tried && text.trim() === "" ? t.needText : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="q-row">
        <Button kind="plain" size="bar" type="submit" busy={add.busy}>
          {t.add}
        </Button>
        <Button kind="quiet" size="bar" onClick={close}>
          {t.cancel}
        </Button>
        <Refusal refused={refused} />
      </div>
    </Form>
  );
}

/** Whether it worked: what the data propose, what was judged, and the indicator before and after. */
export function EffectPart({ action }: { action: Action }) {
  const t = useWords(actionScreenWords);
  const slug = useSlug();
  const { indicator, proposal } = action;
  if (!indicator) return null;
  const rule = proposal ? (t.rules[proposal.rule] ?? t.rulePoints) : "";
  return (
    <Section
      rule
      title={t.effect}
      remark={<span className="q-code">{indicator}</span>}
      aside={<Go to={`/c/${slug}/indicators/${indicator}`}>{t.indicator}</Go>}
    >
      {proposal && <p>{t.proposal[proposal.verdict](rule)}</p>}
      {action.verdict && (
        <p className="q-text-wide q-sentence">
          <b>{t.verdict[action.verdict]}</b>
          {action.verdictNote ? `: ${action.verdictNote}` : ""}
        </p>
      )}
      <Suspense fallback={null}>
        <EffectChart
          code={indicator}
          seen={action.seen}
          flags={action.doneOn ? [{ on: action.doneOn, name: t.flag(action.code) }] : []}
        />
      </Suspense>
    </Section>
  );
}
