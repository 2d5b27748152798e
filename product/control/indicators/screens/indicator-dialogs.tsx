import { listMembers } from "#product/clinic/members/contract.ts";
import { ApiProblem } from "#web/client/api.ts";
import { useMaybe, useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { ErrorSummary } from "#web/kit/error-summary.tsx";
import { ChoiceField, TextAreaField, TextField } from "#web/kit/field.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { Form } from "#web/kit/form.tsx";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { rebaseIndicator, setIndicator, undoRebase, type Indicator } from "../contract.ts";
import { indicatorWords } from "../words.ts";
import { labelsOf } from "./chart-of.ts";

type Props = { indicator: Indicator; onClose: () => void };

const useRefusal = (problem: Error | null, field: string) => {
  const { language } = useLanguage();
  return problem instanceof ApiProblem
    ? [{ field, text: problem.body.errors?.[0]?.[language] ?? problem.body[language] }]
    : problem
      ? [{ field, text: problem.message }]
      : [];
};

/** New limits from a point on, with a reason that stands on the chart. */
export function RebaseDialog({ indicator, onClose }: Props) {
  const t = useWords(indicatorWords);
  const format = useFormat();
  const toast = useToast();
  const [from, setFrom] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const rebase = useSend(rebaseIndicator);
  const undo = useSend(undoRebase);
  const [attempt, setAttempt] = useState(0);
  const refused = useRefusal(rebase.problem, "reason");
  const missing = [
    ...(from ? [] : [{ field: "from", text: t.rebaseNoPoint }]),
    ...(reason.trim() ? [] : [{ field: "reason", text: t.rebaseNoReason }]),
  ];
  const problems = attempt > 0 && missing.length > 0 ? missing : refused;
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text;
  const send = async () => {
    setAttempt(attempt + 1);
    if (!from || missing.length > 0) return;
    const done = await rebase.send({
      params: { code: indicator.code },
      body: { version: indicator.version, from, reason },
    });
    const made = done?.rebases.at(-1);
    if (!made) return;
    toast.show({ text: t.rebased, undo: () => void undo.send({ params: { code: indicator.code, id: made.id } }) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.rebaseTitle}
      foot={
        <>
          <Button kind="plain" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" busy={rebase.busy} onClick={() => void send()}>
            {t.rebaseDo}
          </Button>
        </>
      }
    >
      <Form label={t.rebaseTitle} onSend={() => void send()}>
        <ErrorSummary problems={problems} attempt={attempt} />
        <p className="q-muted">{t.rebaseWhy}</p>
        <ChoiceField
          id="from"
          label={t.rebaseFrom}
          error={errorOf("from")}
          searchable
          options={labelsOf(indicator).map((label) => ({ value: label, label: format.day(label) }))}
          value={from}
          onChange={setFrom}
        />
        <TextAreaField
          id="reason"
          error={errorOf("reason")}
          label={t.rebaseReason}
          value={reason}
          most={4000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Form>
    </Dialog>
  );
}

/** Target and owner. */
export function SettingsDialog({ indicator, onClose }: Props) {
  const t = useWords(indicatorWords);
  const members = useMaybe(listMembers);
  const [target, setTarget] = useState(indicator.target === null ? "" : String(Math.round(indicator.target * 10) / 10));
  const [owner, setOwner] = useState<string | null>(indicator.owner?.id ?? null);
  const save = useSend(setIndicator);
  const problems = useRefusal(save.problem, "target");
  const send = async () => {
    const number = target.trim() === "" ? null : Number(target.replace(",", "."));
    const done = await save.send({
      params: { code: indicator.code },
      body: {
        version: indicator.version,
        target: number,
        ownerId: owner,
        base: indicator.base,
        opensCase: indicator.opensCase,
      },
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.settingsTitle}
      foot={
        <>
          <Button kind="plain" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind="primary" busy={save.busy} onClick={() => void send()}>
            {t.save}
          </Button>
        </>
      }
    >
      <Form label={t.settingsTitle} onSend={() => void send()}>
        <ErrorSummary problems={problems} />
        <TextField
          id="target"
          label={t.targetField(indicator.unit === "%" ? t.unitPercent : t.unitDays)}
          inputMode="decimal"
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
        <ChoiceField
          label={t.owner}
          searchable
          options={(members ?? []).map((member) => ({ value: member.id, label: member.name }))}
          value={owner}
          onChange={setOwner}
        />
      </Form>
    </Dialog>
  );
}
