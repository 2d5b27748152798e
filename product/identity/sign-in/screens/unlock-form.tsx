import { call, challenge } from "#web/client/api.ts";
import { Button } from "#web/kit/button.tsx";
import { PasswordField } from "#web/kit/field.tsx";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { unlockSession } from "../contract.ts";
import { signInWords } from "../words.ts";
import { begun, useDoor, type Entered } from "./use-door.ts";

/** Ends of a session that a password cannot unlock any more. */
const over = new Set(["session.ended", "session.none"]);

/** The password alone: who it is the locked session knows. `onOver` when that session has meanwhile ended. */
export function UnlockForm({ onIn, onOther }: { onIn: (entered: Entered) => void; onOther: () => void }) {
  const t = useWords(signInWords);
  const door = useDoor();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const missing = tried && password === "";
  const send = async () => {
    setTried(true);
    if (password === "") {
      document.getElementById("password")?.focus();
      return;
    }
    const entered = await door.run(async () => {
      const nonce = await challenge();
      return begun(await call(unlockSession, { body: { password }, nonce }));
    });
    if (entered) onIn(entered);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p className="q-muted">{t.unlock.what}</p>
      {door.refused && (
        <div className="q-sign-refusal" role="alert">
          {door.refused.text}
        </div>
      )}
      <PasswordField
        id="password"
        size="touch"
        label={t.unlock.password}
        showLabel={t.showPassword}
        autoComplete="current-password"
        autoFocus
        value={password}
        {...(missing ? { error: t.unlock.missing } : {})}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {door.refused && over.has(door.refused.code) ? (
        <Button kind="primary" size="touch" onClick={onOther}>
          {t.toSignIn}
        </Button>
      ) : (
        <>
          <Button kind="primary" size="touch" type="submit" busy={door.busy}>
            {t.unlock.unlock}
          </Button>
          <Button kind="quiet" size="touch" onClick={onOther}>
            {t.unlock.other}
          </Button>
        </>
      )}
    </form>
  );
}
