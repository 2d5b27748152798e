import { useMemo } from "react";
import { formatter, type Formatter } from "./format.ts";
import { useLanguage } from "./language.tsx";

/** The formatter of the person's language and the clinic's zone. */
export function useFormat(): Formatter {
  const { language, timeZone } = useLanguage();
  return useMemo(() => formatter(language, timeZone), [language, timeZone]);
}
