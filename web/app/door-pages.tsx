import { AcceptForm } from "#product/identity/sign-in/screens/accept-form.tsx";
import { SignUpForm } from "#product/identity/sign-in/screens/sign-up-form.tsx";
import { UnlockForm } from "#product/identity/sign-in/screens/unlock-form.tsx";
import type { Entered } from "#product/identity/sign-in/screens/use-door.ts";
import { signInWords } from "#product/identity/sign-in/words.ts";
import { useWords } from "#web/kit/words.ts";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { isDemo } from "./mode.ts";
import { usePreferences } from "./preferences.tsx";
import { SignInLayout } from "./sign-in-layout.tsx";

const nothing = () => undefined;

/** The sign-in panel with something else in the form's place. */
function DoorPage({ title, children }: { title: string; children: ReactNode }) {
  const { onLanguage } = usePreferences();
  return (
    <SignInLayout
      login=""
      password=""
      onLogin={nothing}
      onPassword={nothing}
      onEnter={nothing}
      onLanguage={onLanguage}
      step={{ title, content: children }}
    />
  );
}

/** Where the door leads: back to the page that was open, or to the first clinic. */
function useEntering() {
  const navigate = useNavigate();
  return {
    toSignIn: () => void navigate({ to: "/sign-in", search: {} }),
    enter: ({ clinics }: Entered, to?: string) => {
      const [only] = clinics;
      const back = clinics.find(({ slug }) => to?.startsWith(`/c/${slug}`));
      if (!only) return void navigate({ to: "/sign-in", search: {} });
      localStorage.setItem("qms.clinic", (back ?? only).slug);
      return void (back && to ? navigate({ href: to }) : navigate({ to: "/" }));
    },
  };
}

/** A clinic signs itself up. */
export function SignUpPage() {
  const t = useWords(signInWords);
  const { toSignIn } = useEntering();
  return (
    <DoorPage title={t.signUp.title}>
      <SignUpForm onSignIn={toSignIn} {...(isDemo() ? { outbox: "/dev/outbox" } : {})} />
    </DoorPage>
  );
}

/** The link of a letter: a new password, and in. */
export function AcceptPage() {
  const { token = "" } = useParams({ strict: false });
  const t = useWords(signInWords);
  const { toSignIn, enter } = useEntering();
  return (
    <DoorPage title={t.accept.title}>
      <AcceptForm token={token} onIn={enter} onDead={toSignIn} />
    </DoorPage>
  );
}

/** A locked session asks for the password alone and goes on where it stood. */
export function UnlockPage({ to }: { to: string | undefined }) {
  const t = useWords(signInWords);
  const { toSignIn, enter } = useEntering();
  return (
    <DoorPage title={t.unlock.title}>
      <UnlockForm onIn={(entered) => enter(entered, to)} onOther={toSignIn} />
    </DoorPage>
  );
}
