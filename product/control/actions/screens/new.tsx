import { readMe } from "#product/identity/sign-in/contract.ts";
import { useLoaded, useSend, useSlug } from "#web/client/hooks.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { Button } from "#web/kit/button.tsx";
import { ErrorSummary } from "#web/kit/error-summary.tsx";
import { Facts } from "#web/kit/facts.tsx";
import { TextField } from "#web/kit/field.tsx";
import { Form, Tiles } from "#web/kit/form.tsx";
import { Go } from "#web/kit/go.tsx";
import { Page } from "#web/kit/page.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useAddress } from "#web/kit/use-address.ts";
import { useDraft } from "#web/kit/use-draft.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { createAction } from "../contract.ts";
import { kinds } from "../states.ts";
import { actionScreenWords } from "./action-words.ts";
import { useActionWords } from "./embed.tsx";
import { useSourceText } from "./source.tsx";

/** What an action comes from, by the address: `?incident=INC-0412`, `?indicator=F01`, or `?response=<id>&on=2026-11-22`. */
function useSource() {
  const address = useAddress();
  const textOf = useSourceText();
  const incident = address.get("incident");
  const indicator = address.get("indicator");
  const response = address.get("response");
  const on = /^\d{4}-\d{2}-\d{2}$/.exec(address.get("on") ?? "")?.[0];
  if (incident)
    return { sent: { type: "incident" as const, code: incident }, label: incident, place: `incidents/${incident}` };
  if (indicator)
    return {
      sent: { type: "indicator" as const, code: indicator },
      label: indicator,
      place: `indicators/${indicator}`,
    };
  if (response) {
    const label = textOf({ type: "response", id: response, label: on ?? null });
    return { sent: { type: "response" as const, id: response }, label, place: "feedback" };
  }
  return { sent: { type: "own" as const }, label: undefined, place: undefined };
}

/** Proposes an action, from anything: one line and its kind; the rest is decided in its plan. */
export function NewActionScreen() {
  const t = useWords(actionScreenWords);
  const names = useActionWords();
  const format = useFormat();
  const slug = useSlug();
  const navigate = useNavigate();
  const toast = useToast();
  const source = useSource();
  const me = useLoaded(readMe);
  const draft = useDraft(`action.${slug}.${me.person.id}.${Object.values(source.sent).join(".")}`);
  const [kind, setKind] = useState<(typeof kinds)[number]>("corrective");
  const [key] = useState(() => crypto.randomUUID());
  const [attempt, setAttempt] = useState(0);
  const create = useSend(createAction);
  const refused = useRefusal(create.problem);
  const wrong = draft.text.trim() === "" ? [{ field: "title", text: t.newMissing }] : [];
  const send = async () => {
    setAttempt(attempt + 1);
    if (wrong.length > 0 || create.busy) return;
    const made = await create.send({
      key,
      body: { title: draft.text, kind, source: source.sent },
    });
    if (!made) return;
    draft.clear();
    toast.show({ text: `${t.done["propose"] ?? ""}: ${made.code}` });
    await navigate({ href: `/c/${slug}/${source.sent.type === "incident" ? source.place : `actions/${made.code}`}` });
  };
  return (
    <Page title={t.newTitle} trail={[{ label: t.title, to: `/c/${slug}/actions` }, { label: t.newTitle }]}>
      <Form label={t.newTitle} onSend={() => void send()}>
        <ErrorSummary problems={attempt > 0 ? wrong : []} attempt={attempt} />
        <Facts
          rows={[
            [
              t.newFrom,
              source.label ? (
                <Go
                  key="from"
                  {...(source.sent.type === "response" ? {} : { className: "q-code" })}
                  to={`/c/${slug}/${source.place}`}
                >
                  {source.label}
                </Go>
              ) : (
                t.newFromNone
              ),
            ],
          ]}
        />
        <TextField
          id="title"
          size="touch"
          label={t.newWhat}
          hint={t.newWhatHint}
          maxLength={200}
          value={draft.text}
          error={attempt > 0 ? wrong[0]?.text : undefined}
          onChange={(event) => draft.write(event.target.value)}
        />
        <Tiles
          rows
          label={t.newKind}
          value={kind}
          onChange={setKind}
          tiles={kinds.map((one) => ({ value: one, label: names.kinds[one], hint: t.kindMeans[one] }))}
        />
        <div className="q-part-foot">
          <Button kind="primary" size="touch" type="submit" busy={create.busy}>
            {t.newSend}
          </Button>
          <span className="q-meta">{draft.at ? t.kept(format.time(draft.at)) : t.newAfter}</span>
          <Refusal refused={refused} />
        </div>
      </Form>
    </Page>
  );
}
