import type { Language } from "#core/contract/words.ts";
import { Button } from "#web/kit/button.tsx";
import { Check } from "#web/kit/choice.tsx";
import { ErrorSummary, type FieldProblem } from "#web/kit/error-summary.tsx";
import { PasswordField, TextField } from "#web/kit/field.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { firstLetter } from "#web/kit/person.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconChevronRight, IconKey, IconLock } from "@tabler/icons-react";
import { useEffect, type ReactNode } from "react";
import { appWords } from "./app-words.ts";
import "./sign-in.css";

export type ClinicChoice = { id: string; name: string; roles: string };

export type SignInLayoutProps = {
  login: string;
  password: string;
  onLogin: (login: string) => void;
  onPassword: (password: string) => void;
  onEnter: () => void;
  onPasskey?: () => void;
  onForgot?: () => void;
  onLanguage: (language: Language) => void;
  busy?: "password" | "passkey";
  /** `field` is "login" or "password"; what never says which half was wrong goes to `refusal`. */
  problems?: readonly FieldProblem[];
  refusal?: ReactNode;
  attempt?: number;
  /** After the password, when there are several clinics; on a phone it takes the form's place. */
  clinics?: {
    person: string;
    all: readonly ClinicChoice[];
    last?: string;
    onOpen: (id: string) => void;
    always?: { name: string; checked: boolean; onChange: (checked: boolean) => void };
    lastSignIn?: string;
    onNotMe?: () => void;
    onBack?: () => void;
  };
  /** Below the form, in its place: code of the app, desk mode. Replaces the fields. */
  step?: { title: string; content: ReactNode };
  /** To signing a clinic up, under the form. */
  signUp?: { label: string; onOpen: () => void };
  links?: { help: string; privacy: string };
  /** Stands right of the form while no clinic is chosen: the people of the demonstration. */
  beside?: ReactNode;
};

/** The sign-in page: form left, clinics right; on a phone one after the other. No data of its own. */
export function SignInLayout(props: SignInLayoutProps) {
  const t = useWords(appWords).signIn;
  const title = props.step?.title ?? t.title;
  useEffect(() => {
    document.title = `${title} · QMS`;
  }, [title]);
  return (
    <div
      className="q-sign"
      data-clinics={props.clinics ? true : undefined}
      data-beside={props.beside && !props.clinics ? true : undefined}
    >
      <Top onLanguage={props.onLanguage} />
      <main className="q-sign-panel">
        <div className="q-sign-form">
          {props.step ? (
            <>
              <h1>{props.step.title}</h1>
              {props.step.content}
            </>
          ) : (
            <Form {...props} />
          )}
        </div>
        {props.clinics ? <Clinics {...props.clinics} /> : props.beside}
      </main>
      <Foot links={props.links} />
    </div>
  );
}

function Top({ onLanguage }: Pick<SignInLayoutProps, "onLanguage">) {
  const t = useWords(appWords).signIn;
  const { language } = useLanguage();
  const all = [
    ["uk", "Українська"],
    ["en", "English"],
  ] as const;
  return (
    <header className="q-sign-top">
      <span className="q-sign-brand">
        <span className="q-sign-logo" aria-hidden>
          Q
        </span>
        QMS
      </span>
      <div role="group" aria-label={t.languages}>
        {all.map(([key, name]) => (
          <button type="button" key={key} lang={key} aria-pressed={language === key} onClick={() => onLanguage(key)}>
            {name}
          </button>
        ))}
      </div>
    </header>
  );
}

function Form(props: SignInLayoutProps) {
  const t = useWords(appWords).signIn;
  const errorOf = (field: string) => props.problems?.find((problem) => problem.field === field)?.text;
  const forgot = props.onForgot && (
    <button type="button" className="q-text-button" onClick={props.onForgot}>
      {t.forgot}
    </button>
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onEnter();
      }}
    >
      {props.clinics ? <h2>{t.title}</h2> : <h1>{t.title}</h1>}
      {props.problems && <ErrorSummary problems={props.problems} attempt={props.attempt} />}
      {props.refusal && (
        <div className="q-sign-refusal" role="alert">
          {props.refusal}
        </div>
      )}
      <TextField
        id="login"
        size="touch"
        label={t.login}
        autoComplete="username webauthn"
        inputMode="email"
        value={props.login}
        error={errorOf("login")}
        onChange={(event) => props.onLogin(event.target.value)}
      />
      <div className="q-sign-password">
        <PasswordField
          id="password"
          size="touch"
          label={t.password}
          showLabel={t.show}
          autoComplete="current-password"
          value={props.password}
          error={errorOf("password")}
          onChange={(event) => props.onPassword(event.target.value)}
        />
        {forgot}
      </div>
      <Button kind="primary" size="touch" type="submit" busy={props.busy === "password"} onClick={undefined}>
        {t.enter}
      </Button>
      {props.onPasskey && (
        <>
          <div className="q-sign-or">{t.or}</div>
          <Button size="touch" icon={IconKey} busy={props.busy === "passkey"} onClick={props.onPasskey}>
            {t.passkey}
          </Button>
        </>
      )}
      {props.signUp && (
        <button type="button" className="q-text-button" onClick={props.signUp.onOpen}>
          {props.signUp.label}
        </button>
      )}
    </form>
  );
}

function Clinics({
  person,
  all,
  last,
  onOpen,
  always,
  lastSignIn,
  onNotMe,
  onBack,
}: NonNullable<SignInLayoutProps["clinics"]>) {
  const t = useWords(appWords).signIn;
  return (
    <section className="q-sign-clinics" aria-label={t.choose}>
      <h1>{t.choose}</h1>
      <p className="q-muted">{person}</p>
      <ul>
        {all.map((clinic) => (
          <li key={clinic.id}>
            <button
              type="button"
              className="q-sign-clinic"
              data-last={clinic.id === last || undefined}
              onClick={() => onOpen(clinic.id)}
            >
              <span className="q-sign-mark" aria-hidden>
                {firstLetter(clinic.name)}
              </span>
              <span>
                <span className="q-sign-name">{clinic.name}</span>
                <span className="q-muted">{clinic.roles}</span>
              </span>
              <Icon of={IconChevronRight} size={18} />
            </button>
          </li>
        ))}
      </ul>
      {always && <Check label={t.always(always.name)} checked={always.checked} onChange={always.onChange} />}
      {lastSignIn && (
        <p className="q-sign-last q-muted">
          {t.last} {lastSignIn}.{" "}
          {onNotMe && (
            <button type="button" className="q-text-button" onClick={onNotMe}>
              {t.notMe}
            </button>
          )}
        </p>
      )}
      {onBack && (
        <button type="button" className="q-text-button q-sign-back" onClick={onBack}>
          {t.back}
        </button>
      )}
    </section>
  );
}

function Foot({ links }: Pick<SignInLayoutProps, "links">) {
  const t = useWords(appWords).signIn;
  return (
    <footer className="q-sign-foot">
      <span className="q-muted">
        <Icon of={IconLock} size={16} />
        {t.secure}
      </span>
      {links && (
        <nav aria-label={t.help}>
          <a href={links.help}>{t.help}</a>
          <a href={links.privacy}>{t.privacy}</a>
        </nav>
      )}
    </footer>
  );
}
