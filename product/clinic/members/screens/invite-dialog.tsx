import type { GrantableType } from "#core/access/rights.ts";
import { useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { ErrorSummary, type FieldProblem } from "#web/kit/error-summary.tsx";
import { TextField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import { useMemo, useState } from "react";
import { inviteMember } from "../contract.ts";
import { memberWords } from "../words.ts";
import { TypeChecks } from "./type-checks.tsx";

/** A colleague by mail: address, name, and what they will do. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(memberWords);
  const toast = useToast();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [types, setTypes] = useState<readonly GrantableType[]>([]);
  const [attempt, setAttempt] = useState(0);
  // one key for the same words: a second press after a lost answer must not write a second letter
  // oxlint-disable-next-line react/exhaustive-deps -- other words are another invitation
  const key = useMemo(() => crypto.randomUUID(), [email, name, types]);
  const invite = useSend(inviteMember);
  const refused = useRefusal(invite.problem);
  const wrong: FieldProblem[] = [
    ...(/^\S+@\S+\.\S+$/.test(email.trim()) ? [] : [{ field: "email", text: t.emailBad }]),
    ...(name.trim() ? [] : [{ field: "name", text: t.nameBad }]),
    ...(types.length > 0 ? [] : [{ field: "types", text: t.typesBad }]),
  ];
  const problems = attempt > 0 ? [...wrong, ...(wrong.length === 0 ? (refused?.fields ?? []) : [])] : [];
  const errorOf = (field: string) => problems.find((problem) => problem.field === field)?.text;
  const faced = (field: string) => {
    const error = errorOf(field);
    return error === undefined ? {} : { error };
  };
  const send = async () => {
    setAttempt(attempt + 1);
    if (wrong.length > 0) return;
    const done = await invite.send({
      body: { email: email.trim(), name: name.trim(), types: types.map((type) => ({ type })) },
      key,
    });
    if (!done) return;
    toast.show({ text: t.invited(done.name) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.inviteTitle}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="primary" busy={invite.busy} onClick={() => void send()}>
            {t.inviteDo}
          </Button>
        </>
      }
    >
      <Form label={t.inviteTitle} onSend={() => void send()}>
        <ErrorSummary problems={problems} attempt={attempt} />
        <TextField
          id="email"
          type="email"
          label={t.email}
          autoComplete="off"
          value={email}
          {...faced("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextField
          id="name"
          label={t.fullName}
          autoComplete="off"
          maxLength={200}
          value={name}
          {...faced("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TypeChecks chosen={types} onChange={setTypes} error={errorOf("types")} />
        <p className="q-meta">{t.inviteWhat}</p>
        <Refusal refused={refused} />
      </Form>
    </Dialog>
  );
}
