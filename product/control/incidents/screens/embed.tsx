import { HarmMeter, type Harm as HarmShown } from "#web/kit/harm.tsx";
import { useWords } from "#web/kit/words.ts";
import type { Harm } from "../states.ts";
import { incidentWords } from "../words.ts";

/** Harm as people see it: a near miss did not reach anybody, whatever it could have done; not said yet is a dash. */
export function HarmOf({ harm, nearMiss }: { harm: Harm | null; nearMiss: boolean }) {
  const shown: HarmShown | null = nearMiss ? "not-reached" : harm;
  return shown ? <HarmMeter harm={shown} /> : <>–</>;
}

/** Names of types, states, harms and clocks, for screens that show something of an incident. */
export const useIncidentWords = () => useWords(incidentWords);
