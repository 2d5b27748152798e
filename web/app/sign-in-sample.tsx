import type { FieldProblem } from "#web/kit/error-summary.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePreferences } from "./preferences.tsx";
import { SignInLayout } from "./sign-in-layout.tsx";

const words = {
  uk: {
    login: "Вкажіть пошту або телефон",
    password: "Вкажіть пароль",
    person: "Олена Гай",
    roles: ["менеджерка з якості, експерт", "аудиторка"],
    last: "учора, 18:42, Львів, Firefox",
  },
  en: {
    login: "Give your e-mail or phone",
    password: "Give your password",
    person: "Olena Hai",
    roles: ["quality manager, expert", "auditor"],
    last: "yesterday, 18:42, Lviv, Firefox",
  },
};

/** The sign-in page with invented answers; the real one has the same layout and a server behind it. */
export function SignInSample() {
  const { onLanguage } = usePreferences();
  const t = words[useLanguage().language];
  const navigate = useNavigate();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [attempt, setAttempt] = useState(0);
  const [known, setKnown] = useState(false);
  const [always, setAlways] = useState(false);
  const problems: FieldProblem[] = [
    ...(login ? [] : [{ field: "login", text: t.login }]),
    ...(password ? [] : [{ field: "password", text: t.password }]),
  ];
  const enter = () => {
    if (problems.length > 0) setAttempt(attempt + 1);
    else setKnown(true);
  };
  return (
    <SignInLayout
      {...{ login, password, onLanguage, attempt }}
      onLogin={setLogin}
      onPassword={setPassword}
      onEnter={enter}
      onPasskey={() => setKnown(true)}
      onForgot={() => undefined}
      problems={attempt > 0 ? problems : undefined}
      links={{ help: "/help", privacy: "/privacy" }}
      clinics={
        known
          ? {
              person: t.person,
              last: "kalyna",
              all: [
                { id: "kalyna", name: "Калина", roles: t.roles[0] ?? "" },
                { id: "yasen", name: "Ясен", roles: t.roles[1] ?? "" },
              ],
              onOpen: () => void navigate({ to: "/kit" }),
              always: { name: "Калина", checked: always, onChange: setAlways },
              lastSignIn: t.last,
              onNotMe: () => undefined,
              onBack: () => setKnown(false),
            }
          : undefined
      }
    />
  );
}
