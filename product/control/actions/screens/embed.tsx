import { useWords } from "#web/kit/words.ts";
import { strengths } from "../states.ts";
import { actionWords } from "../words.ts";

/** Names of kinds, strengths, categories and states, for screens that show something of an action. */
export const useActionWords = () => useWords(actionWords);

/** How strong an action is, in a word; a code of a later version shows as it is. */
export function useStrength(): (strength: string | null) => string {
  const names = useActionWords();
  return (strength) => {
    const known = strengths.find((one) => one === strength);
    return known ? names.strengths[known] : (strength ?? "–");
  };
}
