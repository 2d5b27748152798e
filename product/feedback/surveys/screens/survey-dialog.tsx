import { useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { ErrorSummary, type FieldProblem } from "#web/kit/error-summary.tsx";
import { FactGrid } from "#web/kit/facts.tsx";
import { TextField } from "#web/kit/field.tsx";
import { Form, FormRow } from "#web/kit/form.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { setSurvey, type Survey } from "../contract.ts";
import { surveyWords } from "../words.ts";

const fields = ["delay", "cap", "quietFrom", "quietUntil"] as const;
type Field = (typeof fields)[number];
/** What the contract takes; hours instead of its minutes. */
const most: Record<Field, number> = { delay: 336, cap: 365, quietFrom: 23, quietUntil: 23 };
type Texts = Record<Field, string>;

const textsOf = (survey: Survey): Texts => ({
  delay: String(Math.round(survey.delayMinutes / 60)),
  cap: String(survey.capDays),
  quietFrom: String(survey.quietFromHour),
  quietUntil: String(survey.quietUntilHour),
});

/** A delay that is no whole number of hours stays as it was unless the person wrote another. */
const minutesOf = (text: string, survey: Survey): number =>
  text === textsOf(survey).delay ? survey.delayMinutes : Number(text) * 60;

/** When and how often letters leave, and the pause. */
export function SurveyDialog({ survey, onClose }: { survey: Survey; onClose: () => void }) {
  const t = useWords(surveyWords);
  const toast = useToast();
  const [texts, setTexts] = useState(() => textsOf(survey));
  const [attempt, setAttempt] = useState(0);
  const save = useSend(setSurvey);
  const refused = useRefusal(save.problem);
  const wrong = fields.flatMap((field): FieldProblem[] => {
    const text = texts[field].trim();
    if (!/^\d+$/.test(text)) return [{ field, text: t.notWhole }];
    return Number(text) > most[field] ? [{ field, text: t.range("0", String(most[field])) }] : [];
  });
  const problems = attempt > 0 ? wrong : [];
  const send = async (state: "live" | "paused") => {
    setAttempt(attempt + 1);
    if (wrong.length > 0) return;
    const done = await save.send({
      params: { id: survey.id },
      body: {
        version: survey.version,
        state,
        delayMinutes: minutesOf(texts.delay.trim(), survey),
        capDays: Number(texts.cap),
        quietFromHour: Number(texts.quietFrom),
        quietUntilHour: Number(texts.quietUntil),
      },
    });
    if (!done) return;
    toast.show({ text: state === survey.state ? t.saved : state === "paused" ? t.paused : t.resumed });
    onClose();
  };
  const state = survey.state === "paused" ? "paused" : "live";
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.surveyTitle}
      foot={
        <>
          <Button busy={save.busy} onClick={() => void send(state === "live" ? "paused" : "live")}>
            {state === "live" ? t.pause : t.resume}
          </Button>
          <Button kind="primary" busy={save.busy} onClick={() => void send(state)}>
            {t.save}
          </Button>
        </>
      }
    >
      <Form label={t.surveyTitle} onSend={() => void send(state)}>
        <ErrorSummary problems={problems} attempt={attempt} />
        <FactGrid
          rows={[
            [t.state, t.surveyStates[survey.state]],
            [t.mode, t.modes[survey.mode]],
          ]}
        />
        <p className="q-meta">{t.modeWhy}</p>
        {(
          [
            ["delay", "cap"],
            ["quietFrom", "quietUntil"],
          ] as const
        ).map((row) => (
          <FormRow key={row[0]}>
            {row.map((field) => (
              <TextField
                key={field}
                id={field}
                label={t[field]}
                inputMode="numeric"
                value={texts[field]}
                {...errorOf(problems, field)}
                onChange={(event) => setTexts({ ...texts, [field]: event.currentTarget.value })}
              />
            ))}
          </FormRow>
        ))}
        <p className="q-meta">{t.pauseWhat}</p>
        <Refusal refused={refused} />
      </Form>
    </Dialog>
  );
}

const errorOf = (problems: readonly FieldProblem[], field: string): { error?: string } => {
  const found = problems.find((problem) => problem.field === field);
  return found ? { error: found.text } : {};
};
