import { useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { TextAreaField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { finishVisit, reopenVisit, type VisitRow } from "../contract.ts";
import { visitWords } from "../words.ts";

const reasonMost = 4000;

/** What follows the end of a visit is said before; the toast takes it back. */
export function FinishDialog({ visit, onClose }: { visit: VisitRow; onClose: () => void }) {
  const t = useWords(visitWords);
  const format = useFormat();
  const toast = useToast();
  const now = useNow();
  const finish = useSend(finishVisit);
  const undo = useSend(reopenVisit);
  const refused = useRefusal(finish.problem);
  const { code } = visit;
  const takeBack = async () => {
    const back = await undo.send({ params: { code }, body: {} });
    toast.show({ text: back ? t.reopened(code) : t.reopenFailed(code) });
  };
  const send = async () => {
    const done = await finish.send({ params: { code }, body: {} });
    if (!done) return;
    toast.show({ text: t.finished(code), undo: () => void takeBack() });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.finishTitle(code)}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="primary" busy={finish.busy} onClick={() => void send()}>
            {t.finish}
          </Button>
        </>
      }
    >
      <p>{t.finishWhat(format.time(now))}</p>
      <p>{visit.neverSurvey ? t.finishNoSurvey : t.finishSurvey}</p>
      <Refusal refused={refused} />
    </Dialog>
  );
}

/** A visit that ended too early runs on; why is kept with it. */
export function ReopenDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const t = useWords(visitWords);
  const toast = useToast();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const reopen = useSend(reopenVisit);
  const refused = useRefusal(reopen.problem);
  const send = async () => {
    setTried(true);
    if (reason.trim() === "" || reopen.busy) return;
    const done = await reopen.send({ params: { code }, body: { reason: reason.trim() } });
    if (!done) return;
    toast.show({ text: t.reopened(code) });
    onClose();
  };
  const error = tried && reason.trim() === "" ? { error: t.reopenMissing } : {};
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.reopenTitle(code)}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="primary" busy={reopen.busy} onClick={() => void send()}>
            {t.reopen}
          </Button>
        </>
      }
    >
      <Form label={t.reopen} onSend={() => void send()}>
        <p>{t.reopenWhat}</p>
        <TextAreaField
          id="reason"
          label={t.reopenWhy}
          most={reasonMost}
          value={reason}
          {...error}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refusal refused={refused} />
      </Form>
    </Dialog>
  );
}
