import { listMembers } from "#product/clinic/members/contract.ts";
import { useMaybe, useSend } from "#web/client/hooks.ts";
import { useRefusal, type Refused } from "#web/kit/use-refusal.ts";
import { Button } from "#web/kit/button.tsx";
import { Options } from "#web/kit/choice.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { ChoiceField, TextAreaField, TextField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useWords } from "#web/kit/words.ts";
import { useState, type ReactNode } from "react";
import {
  investigateIncident,
  mergeIncident,
  rejectIncident,
  reopenIncident,
  tellPatient,
  type Incident,
} from "../contract.ts";
import type { Ask } from "./case-head.tsx";
import { caseWords } from "./case-words.ts";
import { TriageDrawer } from "./triage-drawer.tsx";
import { useDone, type Drafts } from "./use-case.ts";

type AskProps = { incident: Incident; drafts: Drafts; close: () => void };

/** What a move asks before it is made: a drawer for triage, a dialog for a decision. */
export function CaseAsk({ what, ...rest }: AskProps & { what: Ask }) {
  const asks = {
    triage: TriageDrawer,
    investigate: TeamDialog,
    merge: MergeDialog,
    reject: RejectDialog,
    reopen: ReopenDialog,
    "tell-patient": TellDialog,
  };
  const One = asks[what];
  return <One {...rest} />;
}

type FrameProps = {
  title: string;
  name: string;
  close: () => void;
  send: () => void;
  busy: boolean;
  refused: Refused | undefined;
  danger?: boolean;
  children: ReactNode;
};

function Frame({ title, name, close, send, busy, refused, danger, children }: FrameProps) {
  const t = useWords(caseWords);
  return (
    <Dialog
      open
      onClose={close}
      title={title}
      foot={
        <>
          <Button kind={danger ? "danger-fill" : "primary"} busy={busy} onClick={send}>
            {t.moves[name] ?? name}
          </Button>
          <Button kind="quiet" onClick={close}>
            {t.form.leaveAs}
          </Button>
        </>
      }
    >
      <Form label={title} onSend={send}>
        <Refusal refused={refused} />
        {children}
      </Form>
    </Dialog>
  );
}

/** A red case is looked into by two at least: the second one is named here. */
function TeamDialog({ incident, drafts, close }: AskProps) {
  const t = useWords(caseWords);
  const members = (useMaybe(listMembers) ?? []).filter((one) => one.id !== incident.owner?.id);
  const send = useSend(investigateIncident);
  const done = useDone(incident.code, drafts);
  const [mate, setMate] = useState<string | null>(null);
  const press = async () => {
    const reply = await send.send({
      params: { code: incident.code },
      body: { version: incident.version, team: mate ? [mate] : [] },
    });
    if (!reply) return;
    done("investigate", reply);
    close();
  };
  return (
    <Frame
      title={t.moves["investigate"] ?? ""}
      name="investigate"
      close={close}
      send={() => void press()}
      busy={send.busy}
      refused={useRefusal(send.problem)}
    >
      <ChoiceField
        label={t.form.team}
        hint={t.form.teamHint}
        searchable
        value={mate}
        onChange={setMate}
        options={members.map((one) => ({ value: one.id, label: one.name }))}
      />
    </Frame>
  );
}

function MergeDialog({ incident, drafts, close }: AskProps) {
  const t = useWords(caseWords);
  const send = useSend(mergeIncident);
  const done = useDone(incident.code, drafts);
  const [into, setInto] = useState("");
  const [tried, setTried] = useState(false);
  const code = into.trim().toUpperCase();
  const isCode = /^INC-\d{1,9}$/.test(code);
  const press = async () => {
    setTried(true);
    if (!isCode) return;
    const reply = await send.send({
      params: { code: incident.code },
      body: { version: incident.version, into: code },
    });
    if (!reply) return;
    done("merge", reply);
    close();
  };
  return (
    <Frame
      title={t.form.mergeTitle}
      name="merge"
      close={close}
      send={() => void press()}
      busy={send.busy}
      refused={useRefusal(send.problem)}
    >
      <TextField
        autoFocus
        label={t.form.mergeInto}
        hint={t.form.mergeHint}
        value={into}
        error={tried && !isCode ? t.form.mergeWrong : undefined}
        onChange={(event) => setInto(event.target.value)}
      />
    </Frame>
  );
}

const reasons = ["not-incident", "duplicate-unclear", "test", "other-clinic"] as const;

function RejectDialog({ incident, drafts, close }: AskProps) {
  const t = useWords(caseWords);
  const send = useSend(rejectIncident);
  const done = useDone(incident.code, drafts);
  const [reason, setReason] = useState<(typeof reasons)[number] | null>(null);
  const [answer, setAnswer] = useState("");
  const [tried, setTried] = useState(false);
  const press = async () => {
    setTried(true);
    if (!reason || answer.trim() === "") return;
    const reply = await send.send({
      params: { code: incident.code },
      body: { version: incident.version, reason, answer },
    });
    if (!reply) return;
    done("reject", reply);
    close();
  };
  return (
    <Frame
      danger
      title={t.form.rejectTitle}
      name="reject"
      close={close}
      send={() => void press()}
      busy={send.busy}
      refused={useRefusal(send.problem)}
    >
      <Options
        label={t.form.rejectReason}
        value={reason}
        onChange={setReason}
        error={tried && !reason ? t.form.missing : undefined}
        options={reasons.map((one) => ({ value: one, label: t.form.rejectReasons[one] }))}
      />
      <TextAreaField
        label={t.form.rejectAnswer}
        value={answer}
        error={tried && answer.trim() === "" ? t.needText : undefined}
        onChange={(event) => setAnswer(event.target.value)}
      />
    </Frame>
  );
}

/** One text and a button: reopening, and that the patient was told. */
type TextDialogProps = {
  title: string;
  label: string;
  name: string;
  close: () => void;
  send: (text: string) => Promise<Incident | undefined>;
  busy: boolean;
  problem: Error | null;
  code: string;
  drafts: Drafts;
};

function TextDialog({ title, label, name, close, send, busy, problem, code, drafts }: TextDialogProps) {
  const t = useWords(caseWords);
  const done = useDone(code, drafts);
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const press = async () => {
    setTried(true);
    if (text.trim() === "") return;
    const reply = await send(text);
    if (!reply) return;
    done(name, reply);
    close();
  };
  return (
    <Frame title={title} name={name} close={close} send={() => void press()} busy={busy} refused={useRefusal(problem)}>
      <TextAreaField
        autoFocus
        label={label}
        value={text}
        error={tried && text.trim() === "" ? t.needText : undefined}
        onChange={(event) => setText(event.target.value)}
      />
    </Frame>
  );
}

function ReopenDialog({ incident, drafts, close }: AskProps) {
  const t = useWords(caseWords);
  const send = useSend(reopenIncident);
  return (
    <TextDialog
      title={t.form.reopenTitle}
      label={t.form.reason}
      name="reopen"
      code={incident.code}
      drafts={drafts}
      close={close}
      busy={send.busy}
      problem={send.problem}
      send={(reason) => send.send({ params: { code: incident.code }, body: { version: incident.version, reason } })}
    />
  );
}

function TellDialog({ incident, drafts, close }: AskProps) {
  const t = useWords(caseWords);
  const send = useSend(tellPatient);
  return (
    <TextDialog
      title={t.form.tellTitle}
      label={t.form.tellNote}
      name="tell-patient"
      code={incident.code}
      drafts={drafts}
      close={close}
      busy={send.busy}
      problem={send.problem}
      send={(note) => send.send({ params: { code: incident.code }, body: { version: incident.version, note } })}
    />
  );
}
