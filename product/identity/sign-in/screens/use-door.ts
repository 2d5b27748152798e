import type { Language } from "#core/contract/words.ts";
import { ApiProblem, Offline, session } from "#web/client/api.ts";
import { queries } from "#web/client/hooks.ts";
import { useLanguage } from "#web/kit/language.tsx";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { signInWords } from "../words.ts";

/** Whom an answer of the door let in, and where they may go. */
export type Entered = { clinics: readonly { slug: string }[] };
export type Refused = { code: string; text: string; errors: readonly string[] };

/** Work at the door (signing up, accepting, unlocking): busy, or refused in words. */
export function useDoor() {
  const t = useWords(signInWords);
  const { language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const run = async <A>(work: () => Promise<A>): Promise<A | undefined> => {
    setBusy(true);
    setRefused(undefined);
    try {
      return await work();
    } catch (error) {
      setRefused(refusedOf(error, { language, offline: t.offline, other: t.other }));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, refused };
}

function refusedOf(error: unknown, o: { language: Language; offline: string; other: string }): Refused {
  if (error instanceof ApiProblem)
    return {
      code: error.body.code,
      text: error.body[o.language],
      errors: (error.body.errors ?? []).map((one) => one[o.language]),
    };
  return error instanceof Offline
    ? { code: "offline", text: o.offline, errors: [] }
    : { code: "page", text: o.other, errors: [] };
}

/** Takes over the session that an answer began: `{ct, exp, now, …}`. What an earlier person had loaded is forgotten. */
export async function begun<A extends Entered>(answer: A): Promise<A> {
  await (await session()).started(answer);
  queries.clear();
  return answer;
}
