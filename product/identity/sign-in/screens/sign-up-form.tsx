import { slug as slugShape } from "#core/contract/shapes.ts";
import { call } from "#web/client/api.ts";
import { Button } from "#web/kit/button.tsx";
import { ErrorSummary, type FieldProblem } from "#web/kit/error-summary.tsx";
import { ChoiceField, TextField } from "#web/kit/field.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { signUp } from "../contract.ts";
import { signInWords } from "../words.ts";
import { slugOf } from "./slug.ts";
import { useDoor } from "./use-door.ts";
import "./door.css";

/** Countries a clinic can name today; the list grows with the languages. */
const countries = [
  "UA",
  "AT",
  "BE",
  "BG",
  "CA",
  "CH",
  "CZ",
  "DE",
  "DK",
  "EE",
  "ES",
  "FI",
  "FR",
  "GB",
  "GE",
  "HU",
  "IE",
  "IL",
  "IT",
  "LT",
  "LV",
  "MD",
  "NL",
  "NO",
  "PL",
  "PT",
  "RO",
  "SE",
  "SK",
  "TR",
  "US",
] as const;
const zoneDefault = "Europe/Kyiv";
const zones = (): string[] => [...new Set([zoneDefault, ...Intl.supportedValuesOf("timeZone")])];

type Fields = { email: string; name: string; clinic: string; slug: string | undefined; country: string; zone: string };
const empty: Fields = { email: "", name: "", clinic: "", slug: undefined, country: "UA", zone: zoneDefault };

/** A clinic signs itself up. The answer is the same whether or not the address is known. */
export function SignUpForm({ onSignIn, outbox }: { onSignIn: () => void; outbox?: string }) {
  const t = useWords(signInWords);
  const { language } = useLanguage();
  const door = useDoor();
  const [form, setForm] = useState(empty);
  const [attempt, setAttempt] = useState(0);
  const [sent, setSent] = useState(false);
  const slug = form.slug ?? slugOf(form.clinic);
  const wrong: FieldProblem[] = [
    ...(/^\S+@\S+\.\S+$/.test(form.email.trim()) ? [] : [{ field: "email", text: t.signUp.emailBad }]),
    ...(form.name.trim() ? [] : [{ field: "name", text: t.signUp.nameBad }]),
    ...(form.clinic.trim() ? [] : [{ field: "clinic", text: t.signUp.clinicBad }]),
    ...(slugShape.safeParse(slug).success ? [] : [{ field: "slug", text: t.signUp.slugBad }]),
  ];
  const send = async () => {
    setAttempt(attempt + 1);
    if (wrong.length > 0) return;
    const { email, name, clinic, country, zone } = form;
    const body = {
      email: email.trim(),
      name: name.trim(),
      language,
      clinic: { name: clinic.trim(), slug, country, zone, languages: ["uk" as const, "en" as const] },
    };
    if (await door.run(() => call(signUp, { body }))) setSent(true);
  };
  if (sent) return <Sent email={form.email.trim()} onAgain={() => setSent(false)} {...(outbox ? { outbox } : {})} />;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p className="q-muted">{t.signUp.what}</p>
      <ErrorSummary problems={attempt > 0 ? wrong : []} attempt={attempt} />
      {door.refused && (
        <div className="q-sign-refusal" role="alert">
          {[door.refused.text, ...door.refused.errors].join(" ")}
        </div>
      )}
      <SignUpFields form={form} slug={slug} problems={attempt > 0 ? wrong : []} onChange={setForm} />
      <Button kind="primary" size="touch" type="submit" busy={door.busy}>
        {t.signUp.send}
      </Button>
      <p className="q-row">
        <span className="q-muted">{t.signUp.have}</span>
        <button type="button" className="q-text-button" onClick={onSignIn}>
          {t.toSignIn}
        </button>
      </p>
    </form>
  );
}

type FieldsProps = {
  form: Fields;
  slug: string;
  problems: readonly FieldProblem[];
  onChange: (form: Fields) => void;
};

function SignUpFields({ form, slug, problems, onChange }: FieldsProps) {
  const t = useWords(signInWords).signUp;
  const { language } = useLanguage();
  const names = new Intl.DisplayNames(language, { type: "region" });
  const faced = (field: "email" | "name" | "clinic" | "slug") => {
    const error = problems.find((problem) => problem.field === field)?.text;
    return { id: field, label: t[field], size: "touch" as const, ...(error === undefined ? {} : { error }) };
  };
  return (
    <>
      <TextField
        {...faced("email")}
        type="email"
        autoComplete="email"
        value={form.email}
        onChange={(event) => onChange({ ...form, email: event.currentTarget.value })}
      />
      <TextField
        {...faced("name")}
        autoComplete="name"
        value={form.name}
        onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
      />
      <TextField
        {...faced("clinic")}
        autoComplete="organization"
        value={form.clinic}
        onChange={(event) => onChange({ ...form, clinic: event.currentTarget.value })}
      />
      <TextField
        {...faced("slug")}
        hint={t.slugHint(location.host, slug)}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        value={slug}
        onChange={(event) => onChange({ ...form, slug: event.currentTarget.value.toLowerCase() })}
      />
      <ChoiceField
        label={t.country}
        size="touch"
        searchable
        nothing={t.nothing}
        options={countries.map((code) => ({ value: code, label: names.of(code) ?? code }))}
        value={form.country}
        onChange={(country) => onChange({ ...form, country: country ?? form.country })}
      />
      <ChoiceField
        label={t.zone}
        size="touch"
        searchable
        nothing={t.nothing}
        options={zones().map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        value={form.zone}
        onChange={(zone) => onChange({ ...form, zone: zone ?? form.zone })}
      />
    </>
  );
}

function Sent({ email, onAgain, outbox }: { email: string; onAgain: () => void; outbox?: string }) {
  const t = useWords(signInWords).signUp;
  return (
    <div className="q-door-note" role="status">
      <p className="q-name">{t.sentTitle}</p>
      <p>{t.sent(email)}</p>
      {outbox && (
        <p>
          <a href={outbox}>{t.outbox}</a>
        </p>
      )}
      <p className="q-muted">{t.sentAgain}</p>
      <Button size="touch" onClick={onAgain}>
        {t.again}
      </Button>
    </div>
  );
}
