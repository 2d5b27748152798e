import { useLanguage } from "./language.tsx";

/**
 * Words of a screen: `const en: typeof uk`, so a key or an argument missing in one language does not compile.
 * Counted nouns are functions over `plural` of core/contract/words.ts.
 */
export type Words<W> = { uk: W; en: W };

/** The words of this screen in the person's language. */
export function useWords<W>(words: Words<W>): W {
  return words[useLanguage().language];
}
