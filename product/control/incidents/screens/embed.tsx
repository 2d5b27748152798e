import { useSlug } from "#web/client/hooks.ts";
import { HarmMeter, type Harm as HarmShown } from "#web/kit/harm.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { harms } from "../states.ts";
import { incidentWords } from "../words.ts";
import { caseWords } from "./case-words.ts";

/** Harm as people see it: a near miss did not reach anybody, whatever it could have done; not said yet is a dash. */
export function HarmOf({ harm, nearMiss }: { harm: string | null; nearMiss: boolean }) {
  const shown: HarmShown | null = nearMiss ? "not-reached" : (harms.find((one) => one === harm) ?? null);
  return shown ? <HarmMeter harm={shown} /> : <>–</>;
}

/** Names of types, states, harms and clocks, for screens that show something of an incident. */
export const useIncidentWords = () => useWords(incidentWords);

/** Whether a due time is behind, on this calendar day, or ahead. */
export function useDueState(): (at: string) => "ahead" | "today" | "past" {
  const format = useFormat();
  const now = useNow();
  return (at) => {
    if (Date.parse(at) < now.getTime()) return "past";
    return format.fullDay(at) === format.fullDay(now) ? "today" : "ahead";
  };
}

/** The breadcrumb and tabs that all pages of a case share; `actions` is how many it has. */
export function useCaseFrame(incident: { code: string }, actions: number) {
  const t = useWords(caseWords);
  const slug = useSlug();
  const base = `/c/${slug}/incidents/${incident.code}`;
  return {
    trail: [{ label: t.trail, to: `/c/${slug}/incidents` }, { label: incident.code }],
    tabs: (current: "incident" | "path" | "actions") => ({
      label: t.tabs,
      current,
      all: [
        { key: "incident", label: t.tabIncident, to: base },
        { key: "path", label: t.tabPath, to: `${base}/path` },
        { key: "actions", label: t.tabActions, to: `${base}/actions`, count: actions },
      ],
    }),
  };
}
