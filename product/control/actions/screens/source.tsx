import { useHolds } from "#product/identity/sign-in/screens/embed.tsx";
import { useSlug } from "#web/client/hooks.ts";
import { Go } from "#web/kit/go.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import type { ActionRow } from "../contract.ts";
import { actionScreenWords } from "./action-words.ts";

/** What an action comes from, as text: the code of a case, the day of an answer, else its kind. */
export function useSourceText(): (source: ActionRow["source"]) => string {
  const t = useWords(actionScreenWords);
  const format = useFormat();
  return ({ type, label }) => {
    if (label === null) return t.sources[type];
    return type === "response" ? t.answerOf(format.day(label)) : label;
  };
}

/** The same with the way there, for who may go it. */
export function Source({ of }: { of: ActionRow["source"] }) {
  const slug = useSlug();
  const text = useSourceText()(of);
  const mayRead = useHolds()("response:read");
  if (of.type === "incident" && of.label)
    return (
      <Go className="q-code" to={`/c/${slug}/incidents/${of.label}`}>
        {text}
      </Go>
    );
  return of.type === "response" && mayRead ? <Go to={`/c/${slug}/feedback`}>{text}</Go> : text;
}
