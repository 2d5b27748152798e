import { useSend } from "#web/client/hooks.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { Button, IconButton } from "#web/kit/button.tsx";
import { Causes, type Cause } from "#web/kit/causes.tsx";
import { ChoiceField, TextAreaField, TextField } from "#web/kit/field.tsx";
import { Form, FormRow } from "#web/kit/form.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Section } from "#web/kit/section.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { Timeline } from "#web/kit/timeline.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { instantIn, wallIn } from "#web/kit/zoned.ts";
import { IconCornerDownRight, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { addFactor, addTimelineLine, removeFactor, type Incident } from "../contract.ts";
import { factors } from "../states.ts";
import { caseWords } from "./case-words.ts";
import { useIncidentWords } from "./embed.tsx";

type Factor = Incident["factors"][number];
type Nest = Factor & { under: Nest[] };

/** Causes as they hang under each other: they come in reading order with their depth. */
function nested(all: readonly Factor[]): Nest[] {
  const tops: Nest[] = [];
  const open: Nest[] = [];
  for (const factor of all) {
    const one: Nest = { ...factor, under: [] };
    open.length = Math.min(open.length, factor.depth);
    (open.at(-1)?.under ?? tops).push(one);
    open.push(one);
  }
  return tops;
}

/** Five whys as a tree that grows under the keyboard: a cause under any other, each can be taken back. */
export function CausesPart({ incident, canWork }: { incident: Incident; canWork: boolean }) {
  const t = useWords(caseWords);
  const names = useIncidentWords();
  const [under, setUnder] = useState<Factor | "top">();
  const remove = useSend(removeFactor);
  const refused = useRefusal(remove.problem);
  const kinds = new Set(incident.factors.map((one) => one.factor));
  const cause = (one: Nest): Cause => ({
    id: one.id,
    text: one.text,
    mark: (
      <>
        {one.factor && (kinds.size > 1 || one.under.length === 0) && (
          <Tag tone="primary">{names.factors[one.factor]}</Tag>
        )}
        {canWork && (
          <span className="q-row q-no-print">
            <IconButton icon={IconCornerDownRight} size={16} label={t.addWhy(one.text)} onClick={() => setUnder(one)} />
            <IconButton
              icon={IconX}
              size={16}
              label={t.removeCause(one.text)}
              onClick={() => void remove.send({ params: { code: incident.code, factor: one.id } })}
            />
          </span>
        )}
      </>
    ),
    causes: one.under.map(cause),
  });
  return (
    <Section
      id="part-factors"
      rule
      title={t.causes}
      remark={t.causesRemark}
      aside={
        canWork && (
          <button type="button" className="q-text-button q-no-print" onClick={() => setUnder("top")}>
            {t.addCause}
          </button>
        )
      }
    >
      {incident.factors.length === 0 ? (
        <p className="q-muted">{t.noCauses}</p>
      ) : (
        <Causes label={t.causes} causes={nested(incident.factors).map(cause)} />
      )}
      <Refusal refused={refused} />
      {under && (
        <AddCause
          key={under === "top" ? "top" : under.id}
          code={incident.code}
          under={under === "top" ? undefined : under}
          close={() => setUnder(undefined)}
        />
      )}
    </Section>
  );
}

function AddCause({ code, under, close }: { code: string; under: Factor | undefined; close: () => void }) {
  const t = useWords(caseWords);
  const names = useIncidentWords();
  const add = useSend(addFactor);
  const refused = useRefusal(add.problem);
  const [text, setText] = useState("");
  const [kind, setKind] = useState<string>("");
  const [tried, setTried] = useState(false);
  const factor = factors.find((one) => one === kind);
  const send = async () => {
    setTried(true);
    if (text.trim() === "") return;
    const done = await add.send({
      params: { code },
      body: { text, ...(under ? { parentId: under.id } : {}), ...(factor ? { factor } : {}) },
    });
    if (done) close();
  };
  return (
    <Form label={t.addCause} onSend={() => void send()}>
      {under && <p className="q-meta">{t.addWhy(under.text)}</p>}
      <FormRow>
        <TextField
          autoFocus
          label={under ? t.whyUnder : t.causeText}
          value={text}
          error={tried && text.trim() === "" ? t.needText : undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <ChoiceField
          label={t.causeKind}
          value={kind}
          onChange={(value) => setKind(value ?? "")}
          options={[
            { value: "", label: t.causeNone },
            ...factors.map((one) => ({ value: one, label: names.factors[one] })),
          ]}
        />
      </FormRow>
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

/** What took place, moment by moment. */
export function TimelinePart({ incident, canWork }: { incident: Incident; canWork: boolean }) {
  const t = useWords(caseWords);
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <Section
      id="part-timeline"
      rule
      title={t.timeline}
      aside={
        canWork && (
          <button type="button" className="q-text-button q-no-print" onClick={() => setOpen(true)}>
            {t.addLine}
          </button>
        )
      }
    >
      {incident.timeline.length === 0 ? (
        <p className="q-muted">{t.noTimeline}</p>
      ) : (
        <Timeline
          label={t.timeline}
          wide
          entries={incident.timeline.map((line) => ({
            id: line.id,
            when: format.day(line.happenedAt),
            hour: format.time(line.happenedAt),
            title: line.text,
          }))}
        />
      )}
      {open && <AddLine incident={incident} close={() => setOpen(false)} />}
    </Section>
  );
}

function AddLine({ incident, close }: { incident: Incident; close: () => void }) {
  const t = useWords(caseWords);
  const { timeZone } = useLanguage();
  const add = useSend(addTimelineLine);
  const refused = useRefusal(add.problem);
  const [at, setAt] = useState(wallIn(incident.when, timeZone));
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const send = async () => {
    setTried(true);
    if (text.trim() === "" || at === "") return;
    const done = await add.send({
      params: { code: incident.code },
      body: { happenedAt: instantIn(at, timeZone), text },
    });
    if (done) close();
  };
  return (
    <Form label={t.addLine} onSend={() => void send()}>
      <TextField
        autoFocus
        type="datetime-local"
        label={t.lineWhen}
        value={at}
        onChange={(event) => setAt(event.target.value)}
      />
      <TextAreaField
        label={t.lineText}
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
