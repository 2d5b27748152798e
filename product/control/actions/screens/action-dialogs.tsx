import { useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { DateField } from "#web/kit/date-field.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { TextAreaField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { dayIn } from "#web/kit/zoned.ts";
import { useState, type ReactNode } from "react";
import {
  confirmAction,
  declineAction,
  finishAction,
  postponeAction,
  refuteAction,
  withdrawAction,
  type Action,
} from "../contract.ts";
import { ActionConflict } from "./action-conflict.tsx";
import { actionScreenWords } from "./action-words.ts";
import { PlanDrawer } from "./plan-drawer.tsx";
import { useMoveForm, type Ask, type MoveForm } from "./use-action.ts";

type AskProps = { action: Action; close: () => void };

/** What a move asks before it is made. */
export function ActionAsk({ what, ...rest }: AskProps & { what: Ask }) {
  const asks = {
    plan: PlanDrawer,
    postpone: PostponeDialog,
    finish: FinishDialog,
    confirm: ConfirmDialog,
    refute: RefuteDialog,
  };
  if (what === "decline" || what === "withdraw") return <EndDialog name={what} {...rest} />;
  const One = asks[what];
  return <One {...rest} />;
}

type FrameProps = AskProps & { name: string; form: MoveForm; mine: string; press: () => void; children: ReactNode };

function Frame({ name, form, mine, press, action, close, children }: FrameProps) {
  const t = useWords(actionScreenWords);
  const title = t.moves[name] ?? name;
  return (
    <Dialog
      open
      onClose={close}
      title={title}
      foot={
        <>
          <Button kind="primary" busy={form.busy} onClick={press}>
            {title}
          </Button>
          <Button kind="quiet" onClick={close}>
            {t.leaveAs}
          </Button>
        </>
      }
    >
      <Form label={title} onSend={press}>
        <ActionConflict form={form} mine={mine} action={action} drop={close} />
        <Refusal refused={form.faster ? undefined : form.refused} />
        {children}
      </Form>
    </Dialog>
  );
}

/** A reason and whether it was tried without: most of these dialogs ask for just that. */
function useText() {
  const t = useWords(actionScreenWords);
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const isEmpty = text.trim() === "";
  return {
    text,
    isEmpty,
    tried,
    try: () => setTried(true),
    field: (label: string, hint?: string, needed = true) => (
      <TextAreaField
        label={label}
        hint={hint}
        value={text}
        error={needed && tried && isEmpty ? t.needText : undefined}
        onChange={(event) => setText(event.target.value)}
      />
    ),
  };
}

/** Ends an action that was not done: a proposal is declined, an open one taken back. Either needs a reason and nothing else. */
function EndDialog({ action, close, name }: AskProps & { name: "decline" | "withdraw" }) {
  const t = useWords(actionScreenWords);
  const text = useText();
  const end = useSend(name === "decline" ? declineAction : withdrawAction);
  const form = useMoveForm(end, {
    action,
    name,
    close,
    send: (version) =>
      text.isEmpty ? undefined : end.send({ params: { code: action.code }, body: { version, reason: text.text } }),
  });
  const press = () => {
    text.try();
    void form.press();
  };
  return (
    <Frame name={name} {...{ action, close, form, press }} mine={text.text}>
      {text.field(t.reason)}
    </Frame>
  );
}

function FinishDialog({ action, close }: AskProps) {
  const t = useWords(actionScreenWords);
  const text = useText();
  const finish = useSend(finishAction);
  const has = action.evidence.some((one) => one.cycle === action.cycle);
  const form = useMoveForm(finish, {
    action,
    name: "finish",
    close,
    send: (version) =>
      text.isEmpty && !has
        ? undefined
        : finish.send({
            params: { code: action.code },
            body: { version, ...(text.isEmpty ? {} : { evidence: text.text }) },
          }),
  });
  const press = () => {
    text.try();
    void form.press();
  };
  return (
    <Frame name="finish" {...{ action, close, form, press }} mine={text.text}>
      {text.field(t.finishEvidence, t.finishHint, !has)}
    </Frame>
  );
}

function ConfirmDialog({ action, close }: AskProps) {
  const t = useWords(actionScreenWords);
  const text = useText();
  const confirm = useSend(confirmAction);
  const form = useMoveForm(confirm, {
    action,
    name: "confirm",
    close,
    send: (version) =>
      confirm.send({
        params: { code: action.code },
        body: { version, ...(text.isEmpty ? {} : { note: text.text }) },
      }),
  });
  return (
    <Frame name="confirm" {...{ action, close, form }} press={() => void form.press()} mine={text.text}>
      {text.field(t.note, t.noteHint, false)}
    </Frame>
  );
}

/** A new date and why: moving a due date, and planning anew what did not work. */
function useReasonAndDay() {
  const t = useWords(actionScreenWords);
  const { timeZone } = useLanguage();
  const now = useNow();
  const text = useText();
  const [day, setDay] = useState<string | null>(null);
  return {
    text,
    day,
    fields: (
      <>
        <DateField
          label={t.newDue}
          value={day}
          min={dayIn(now, timeZone)}
          error={text.tried && !day ? t.missing : undefined}
          onChange={setDay}
        />
        {text.field(t.reason)}
      </>
    ),
  };
}

function PostponeDialog({ action, close }: AskProps) {
  const asked = useReasonAndDay();
  const postpone = useSend(postponeAction);
  const form = useMoveForm(postpone, {
    action,
    name: "postpone",
    close,
    send: (version) =>
      asked.text.isEmpty || !asked.day
        ? undefined
        : postpone.send({
            params: { code: action.code },
            body: { version, dueOn: asked.day, reason: asked.text.text },
          }),
  });
  const press = () => {
    asked.text.try();
    void form.press();
  };
  return (
    <Frame name="postpone" {...{ action, close, form, press }} mine={asked.text.text}>
      {asked.fields}
    </Frame>
  );
}

function RefuteDialog({ action, close }: AskProps) {
  const asked = useReasonAndDay();
  const refute = useSend(refuteAction);
  const form = useMoveForm(refute, {
    action,
    name: "refute",
    close,
    send: (version) =>
      asked.text.isEmpty || !asked.day
        ? undefined
        : refute.send({
            params: { code: action.code },
            body: { version, dueOn: asked.day, reason: asked.text.text },
          }),
  });
  const press = () => {
    asked.text.try();
    void form.press();
  };
  return (
    <Frame name="refute" {...{ action, close, form, press }} mine={asked.text.text}>
      {asked.fields}
    </Frame>
  );
}
