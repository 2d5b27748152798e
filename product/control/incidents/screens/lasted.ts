import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { caseWords } from "./case-words.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something took, or has lasted until now, in the largest unit that says it: minutes, hours, days. */
export function useLasted(): (from: string, to?: string) => string {
  const t = useWords(caseWords);
  const now = useNow();
  return (from, to) => {
    const ms = Math.max((to ? Date.parse(to) : now.getTime()) - Date.parse(from), 0);
    if (ms < hour) return t.minutes(Math.max(Math.floor(ms / minute), 1));
    return ms < 2 * day ? t.hours(Math.floor(ms / hour)) : t.days(Math.floor(ms / day));
  };
}
