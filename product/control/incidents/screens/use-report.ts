import { useNow } from "#web/kit/use-now.ts";
import { readMe } from "#product/identity/sign-in/contract.ts";
import { useLoaded, useSend, useSlug } from "#web/client/hooks.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useLanguage } from "#web/kit/language.tsx";
import { useDraft } from "#web/kit/use-draft.ts";
import { instantIn, wallIn } from "#web/kit/zoned.ts";
import { useState } from "react";
import { z } from "zod";
import { reportIncident } from "../contract.ts";
import { harms, types } from "../states.ts";

const kept = z.object({
  title: z.string(),
  story: z.string(),
  done: z.string(),
  place: z.string(),
  type: z.enum(types).nullable(),
  nearMiss: z.boolean(),
  harm: z.enum(harms).nullable(),
  at: z.string(),
  mode: z.enum(["named", "confidential"]),
  key: z.string(),
});
export type ReportForm = z.output<typeof kept>;

const emptyForm = (timeZone: string): ReportForm => ({
  title: "",
  story: "",
  done: "",
  place: "",
  type: null,
  nearMiss: false,
  harm: null,
  at: wallIn(new Date(), timeZone),
  mode: "named",
  key: crypto.randomUUID(),
});

function formOf(text: string, timeZone: string): ReportForm {
  try {
    return kept.parse(JSON.parse(text));
  } catch {
    return emptyForm(timeZone);
  }
}

/** A report being written: kept on this device until the server has it, and sent once however often one presses. */
export function useReport() {
  const slug = useSlug();
  const me = useLoaded(readMe);
  const { timeZone } = useLanguage();
  const now = useNow();
  const draft = useDraft(`report.${slug}.${me.person.id}`);
  const [fresh, setFresh] = useState(() => emptyForm(timeZone));
  const form = draft.text === "" ? fresh : formOf(draft.text, timeZone);
  const report = useSend(reportIncident);
  const [sent, setSent] = useState<{ code: string; answerBy: string }>();
  const isFuture = Date.parse(instantIn(form.at, timeZone)) > now.getTime() + 60_000;
  const send = async () => {
    const answer = await report.send({
      key: form.key,
      body: {
        title: form.title,
        nearMiss: form.nearMiss,
        mode: form.mode,
        occurredAt: instantIn(form.at, timeZone),
        ...(form.story ? { story: form.story } : {}),
        ...(form.done ? { doneAtOnce: form.done } : {}),
        ...(form.place ? { place: form.place } : {}),
        ...(form.type ? { type: form.type } : {}),
        ...(form.harm && !form.nearMiss ? { harm: form.harm } : {}),
      },
    });
    if (!answer) return;
    draft.clear();
    setSent(answer);
  };
  return {
    form,
    isFuture,
    sent,
    keptAt: draft.at,
    busy: report.busy,
    refused: useRefusal(report.problem),
    change: (change: Partial<ReportForm>) => draft.write(JSON.stringify({ ...form, ...change })),
    send,
    again: () => {
      setFresh(emptyForm(timeZone));
      setSent(undefined);
    },
  };
}
