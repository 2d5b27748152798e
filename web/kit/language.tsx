import type { Language } from "#core/contract/words.ts";
import { createContext, useContext, useMemo, type ReactNode } from "react";

/** What a screen needs to say anything: the person's language and the clinic's clock. */
export type Speech = { language: Language; timeZone: string };

const SpeechContext = createContext<Speech>({ language: "uk", timeZone: "Europe/Kyiv" });

/** Sets language and time zone (IANA name) for everything inside. */
export function LanguageProvider({ language, timeZone, children }: Speech & { children: ReactNode }) {
  const speech = useMemo(() => ({ language, timeZone }), [language, timeZone]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** The language and time zone of the place where this is called. */
export function useLanguage(): Speech {
  return useContext(SpeechContext);
}
