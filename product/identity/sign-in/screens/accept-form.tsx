import { call, challenge } from "#web/client/api.ts";
import { Button } from "#web/kit/button.tsx";
import { PasswordField } from "#web/kit/field.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconCheck, IconCircle } from "@tabler/icons-react";
import { useState } from "react";
import { acceptLink } from "../contract.ts";
import { signInWords } from "../words.ts";
import { begun, useDoor, type Entered } from "./use-door.ts";
import "./door.css";

const passwordLeast = 12;
const passwordMost = 128;
/** Length as the server counts it: code points of the normalised text. */
const lengthOf = (password: string): number => Array.from(password.normalize("NFKC")).length;

/** A one-use link turns into a password and a session. The link is not touched before the password is sent. */
export function AcceptForm({
  token,
  onIn,
  onDead,
}: {
  token: string;
  onIn: (entered: Entered) => void;
  onDead: () => void;
}) {
  const t = useWords(signInWords);
  const door = useDoor();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const length = lengthOf(password);
  const wrong = length < passwordLeast ? t.accept.short : length > passwordMost ? t.accept.long : undefined;
  const error = tried ? wrong : undefined;
  const send = async () => {
    setTried(true);
    if (wrong !== undefined) {
      document.getElementById("password")?.focus();
      return;
    }
    const entered = await door.run(async () => {
      const nonce = await challenge();
      return begun(await call(acceptLink, { body: { token, password }, nonce }));
    });
    if (entered) onIn(entered);
  };
  if (door.refused?.code === "link.dead" || door.refused?.code === "request.invalid") return <Dead onDead={onDead} />;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p className="q-muted">{t.accept.what}</p>
      {door.refused && (
        <div className="q-sign-refusal" role="alert">
          {door.refused.text}
        </div>
      )}
      <PasswordField
        id="password"
        size="touch"
        label={t.accept.password}
        showLabel={t.showPassword}
        autoComplete="new-password"
        aria-describedby="rules"
        value={password}
        {...(error === undefined ? {} : { error })}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <ul className="q-rules q-meta" id="rules" aria-label={t.accept.rules}>
        <Rule met={length >= passwordLeast}>{t.accept.ruleLength}</Rule>
        <Rule met={length > 0 && length <= passwordMost}>{t.accept.ruleLong}</Rule>
        <li>{t.accept.ruleFree}</li>
      </ul>
      <Button kind="primary" size="touch" type="submit" busy={door.busy}>
        {t.accept.enter}
      </Button>
    </form>
  );
}

function Rule({ met, children }: { met: boolean; children: string }) {
  const t = useWords(signInWords);
  return (
    <li data-met={met || undefined}>
      <Icon of={met ? IconCheck : IconCircle} size={14} />
      {children}
      <span className="q-hidden">, {met ? t.accept.met : t.accept.notMet}</span>
    </li>
  );
}

function Dead({ onDead }: { onDead: () => void }) {
  const t = useWords(signInWords);
  return (
    <div role="alert" className="q-door-note">
      <p className="q-name">{t.accept.deadTitle}</p>
      <p className="q-muted">{t.accept.dead}</p>
      <Button kind="primary" size="touch" onClick={onDead}>
        {t.toSignIn}
      </Button>
    </div>
  );
}
