import type { UserType } from "#core/access/rights.ts";
import { enterDemo, signIn } from "#product/identity/sign-in/contract.ts";
import { demoRoster } from "#product/demo/words.ts";
import { ApiProblem, call, challenge, session } from "#web/client/api.ts";
import { queries } from "#web/client/hooks.ts";
import { useLanguage } from "#web/kit/language.tsx";
import { Person } from "#web/kit/person.tsx";
import { useWords } from "#web/kit/words.ts";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, useState } from "react";
import { isDemo } from "./mode.ts";
import { usePreferences } from "./preferences.tsx";
import { SignInLayout } from "./sign-in-layout.tsx";
import { typeWords } from "#product/clinic/members/words.ts";

const words = {
  uk: {
    login: "Вкажіть пошту або телефон",
    password: "Вкажіть пароль",
    offline: "Немає зв'язку. Спробуйте ще раз.",
    none: "Вас ще не додано до жодного закладу.",
    signUp: "Зареєструвати клініку",
    demo: "Демонстраційна клініка",
    demoAs: "Оберіть, ким зайти: пароль не потрібен.",
  },
  en: {
    login: "Give your e-mail or phone",
    password: "Give your password",
    offline: "No connection. Try again.",
    none: "You do not belong to any clinic yet.",
    signUp: "Sign up a clinic",
    demo: "Demonstration clinic",
    demoAs: "Choose whom to enter as: no password is needed.",
  },
};

type Entered = {
  person: { name: string };
  clinics: readonly { slug: string; name: string; types: readonly UserType[] }[];
};
const lastKey = "qms.clinic";

/** Becomes one of the demo's people; the page that is open stays open where it is allowed. */
export async function becomeDemo(as: string): Promise<Entered> {
  const nonce = await challenge();
  const entered = await call(enterDemo, { body: { as }, nonce });
  await (await session()).started(entered);
  // not `clear`: a page that stands open would go on showing what the other person saw
  await queries.resetQueries();
  return entered;
}

const UnlockPage = lazy(() => import("./door-pages.tsx").then((module) => ({ default: module.UnlockPage })));

/** The door: the password alone where the session is only locked, else signing in. */
export function SignInPage() {
  const { to, locked } = useSearch({ strict: false });
  return locked ? <UnlockPage to={to} /> : <SignIn to={to} />;
}

/** Signing in: password, then the clinic when there are several. */
function SignIn({ to }: { to: string | undefined }) {
  const { onLanguage } = usePreferences();
  const { language } = useLanguage();
  const t = useWords(words);
  const types = useWords(typeWords);
  const navigate = useNavigate();
  const [form, setForm] = useState({ login: "", password: "" });
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [entered, setEntered] = useState<Entered>();
  const open = (slug: string) => {
    localStorage.setItem(lastKey, slug);
    void navigate({ href: typeof to === "string" && to.startsWith(`/c/${slug}`) ? to : `/c/${slug}` });
  };
  const settle = (person: Entered) => {
    const [only] = person.clinics;
    if (person.clinics.length === 1 && only) open(only.slug);
    else if (person.clinics.length === 0) setRefusal(t.none);
    else setEntered(person);
  };
  const run = async (work: () => Promise<Entered>) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      settle(await work());
    } catch (error) {
      setRefusal(error instanceof ApiProblem ? error.body[language] : t.offline);
    }
    setBusy(false);
  };
  const problems = [
    ...(form.login ? [] : [{ field: "login", text: t.login }]),
    ...(form.password ? [] : [{ field: "password", text: t.password }]),
  ];
  const enter = () => {
    setAttempt(attempt + 1);
    if (problems.length > 0) return;
    void run(async () => {
      const nonce = await challenge();
      const answer = await call(signIn, { body: form, nonce });
      await (await session()).started(answer);
      queries.clear();
      return answer;
    });
  };
  return (
    <>
      <SignInLayout
        login={form.login}
        password={form.password}
        onLogin={(login) => setForm({ ...form, login })}
        onPassword={(password) => setForm({ ...form, password })}
        onEnter={enter}
        onLanguage={onLanguage}
        {...(busy ? { busy: "password" as const } : {})}
        problems={attempt > 0 ? problems : []}
        refusal={refusal}
        attempt={attempt}
        beside={isDemo() ? <Roster onEnter={(as) => void run(() => becomeDemo(as))} /> : undefined}
        signUp={{ label: t.signUp, onOpen: () => void navigate({ to: "/sign-up" }) }}
        {...(entered
          ? {
              clinics: {
                person: entered.person.name,
                all: entered.clinics.map((clinic) => ({
                  id: clinic.slug,
                  name: clinic.name,
                  roles: clinic.types.map((type) => types[type]).join(", "),
                })),
                onOpen: open,
                onBack: () => setEntered(undefined),
              },
            }
          : {})}
      />
    </>
  );
}

/** Eight people to look at the demonstration as, one press each. */
function Roster({ onEnter }: { onEnter: (as: string) => void }) {
  const t = useWords(words);
  const { language } = useLanguage();
  return (
    <section className="q-sign-clinics q-sign-roster" aria-label={t.demo}>
      <h2>{t.demo}</h2>
      <p className="q-muted">{t.demoAs}</p>
      <ul>
        {demoRoster.map((one) => (
          <li key={one.as}>
            <button type="button" onClick={() => onEnter(one.as)}>
              <Person name={one.name[language]} />
              <span className="q-name">{one.name[language]}</span>
              <span className="q-muted">{one.position[language]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
