import { registerPatient } from "#product/clinic/patients/contract.ts";
import { useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Options } from "#web/kit/choice.tsx";
import { DateField } from "#web/kit/date-field.tsx";
import { ErrorSummary, type FieldProblem } from "#web/kit/error-summary.tsx";
import { TextField } from "#web/kit/field.tsx";
import type { Found } from "#web/kit/find-field.tsx";
import { FormRow } from "#web/kit/form.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Section } from "#web/kit/section.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useNow } from "#web/kit/use-now.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import { dayIn } from "#web/kit/zoned.ts";
import { useMemo, useState } from "react";
import { newVisitWords } from "./new-visit-words.ts";

type Texts = { family: string; given: string; patronymic: string; phone: string; email: string };
const empty: Texts = { family: "", given: "", patronymic: "", phone: "", email: "" };
const oldest = "1900-01-01";

function useNewPatient(onMade: (patient: Found, alike: number) => void) {
  const t = useWords(newVisitWords);
  const toast = useToast();
  const [texts, setTexts] = useState(empty);
  const [birthDate, setBirthDate] = useState<string | null>(null);
  const [sex, setSex] = useState<"f" | "m" | "u">("u");
  const [attempt, setAttempt] = useState(0);
  // oxlint-disable-next-line react/exhaustive-deps -- other words are another patient
  const key = useMemo(() => crypto.randomUUID(), [texts, birthDate, sex]);
  const register = useSend(registerPatient);
  const refused = useRefusal(register.problem);
  const { family, given, patronymic, phone, email } = texts;
  const wrong: FieldProblem[] = [
    ...(family.trim() ? [] : [{ field: "family", text: t.missing.family }]),
    ...(given.trim() ? [] : [{ field: "given", text: t.missing.given }]),
    ...(birthDate ? [] : [{ field: "birthDate", text: t.missing.birthDate }]),
    ...(email.trim() === "" || /^\S+@\S+\.\S+$/.test(email.trim()) ? [] : [{ field: "email", text: t.emailWrong }]),
  ];
  const send = async () => {
    setAttempt(attempt + 1);
    if (wrong.length > 0 || !birthDate || register.busy) return;
    const made = await register.send({
      key,
      body: {
        family: family.trim(),
        given: given.trim(),
        ...(patronymic.trim() ? { patronymic: patronymic.trim() } : {}),
        birthDate,
        sex,
        phones: phone.trim() ? [phone.trim()] : [],
        emails: email.trim() ? [email.trim()] : [],
      },
    });
    if (!made) return;
    toast.show({ text: t.registered(made.code) });
    onMade({ value: made.id, label: `${family.trim()} ${given.trim()}` }, made.alike);
  };
  const problems = attempt > 0 ? (wrong.length > 0 ? wrong : (refused?.fields ?? [])) : [];
  return {
    texts,
    write: (change: Partial<Texts>) => setTexts({ ...texts, ...change }),
    birthDate,
    setBirthDate,
    sex,
    setSex,
    attempt,
    problems,
    refused: problems.length > 0 ? undefined : refused,
    busy: register.busy,
    send,
  };
}

/** A card for somebody who was never here: name and birth date, the rest where it is known. */
export function NewPatient({ onMade }: { onMade: (patient: Found, alike: number) => void }) {
  const t = useWords(newVisitWords);
  const { timeZone } = useLanguage();
  const today = dayIn(useNow(), timeZone);
  const form = useNewPatient(onMade);
  const faced = (field: string) => {
    const error = form.problems.find((one) => one.field === field)?.text;
    return error === undefined ? {} : { error };
  };
  const text = (field: keyof Texts, type = "text") => ({
    id: field,
    type,
    label: t[field],
    autoComplete: "off",
    maxLength: 200,
    value: form.texts[field],
    ...faced(field),
    onChange: (event: { currentTarget: { value: string } }) => form.write({ [field]: event.currentTarget.value }),
  });
  return (
    <Section title={t.newPatient}>
      <div className="q-form" id="patient" tabIndex={-1}>
        <ErrorSummary problems={form.problems} attempt={form.attempt} />
        <FormRow>
          <TextField {...text("family")} />
          <TextField {...text("given")} />
        </FormRow>
        <TextField {...text("patronymic")} />
        <DateField
          id="birthDate"
          label={t.birthDate}
          min={oldest}
          max={today}
          value={form.birthDate}
          {...faced("birthDate")}
          onChange={form.setBirthDate}
        />
        <Options
          label={t.sex}
          value={form.sex}
          onChange={form.setSex}
          options={(["f", "m", "u"] as const).map((value) => ({ value, label: t.sexes[value] }))}
        />
        <FormRow>
          <TextField {...text("phone", "tel")} />
          <TextField {...text("email", "email")} hint={t.emailHint} />
        </FormRow>
        <div>
          <Button kind="soft" busy={form.busy} onClick={() => void form.send()}>
            {t.register}
          </Button>
        </div>
        <Refusal refused={form.refused} />
      </div>
    </Section>
  );
}
