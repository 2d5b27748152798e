import { aliasesOf } from "./aliases.ts";
import { fold } from "./fold.ts";
import { otherLayout } from "./keyboard.ts";

/** A part of a person's name. */
export type NamePart = "family" | "given" | "patronymic";

const SHORTEST = 2;
/** Letters of the longest prefix kept: surnames decide, given names and patronymics only narrow. 18 tokens a patient instead of
 *  31, for the same answers. */
const LONGEST: Readonly<Record<NamePart, number>> = { family: 8, given: 5, patronymic: 4 };

/** Folded prefixes a name can be found by, each once. Words of a double surname (Нечуй-Левицький) are found alone as well, and a
 *  given name by its forms in the other language. */
export function namePieces(part: NamePart, name: string): string[] {
  const whole = fold(name).replaceAll(" ", "");
  const words = fold(name.replace(/[-‐‑–]/g, " ")).split(" ");
  const forms = [whole, ...words, ...(part === "given" ? words.flatMap(aliasesOf) : [])];
  return [...new Set(forms.flatMap((form) => prefixes(form, LONGEST[part])))];
}

const prefixes = (word: string, longest: number): string[] => {
  const letters = Array.from(word);
  const lengths = Array.from(
    { length: Math.max(0, Math.min(longest, letters.length) - SHORTEST + 1) },
    (_, at) => at + SHORTEST,
  );
  return lengths.map((length) => letters.slice(0, length).join(""));
};

/** Folded pieces that one word of a query may stand for, likeliest first: as typed and as typed with the other keyboard layout,
 *  each cut to the longest prefix of a surname, a given name and a patronymic, since nobody says which one a word is.
 *  Empty for words of one letter. */
export function queryPieces(word: string): string[] {
  const typed = [word, otherLayout(word)]
    .filter((form) => form !== undefined)
    .map((form) => fold(form).replaceAll(" ", ""));
  const cut = (length: number): string[] => typed.map((form) => Array.from(form).slice(0, length).join(""));
  const pieces = [...cut(LONGEST.family), ...cut(LONGEST.given), ...cut(LONGEST.patronymic)];
  return [...new Set(pieces)].filter((piece) => Array.from(piece).length >= SHORTEST);
}

/** The words of a query, longest first: the longest has the fewest patients. */
export const queryWords = (query: string): string[] =>
  query
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== "")
    .toSorted((one, other) => other.length - one.length);

/** A card number or document number as it is searched by: capitals and digits, nothing between. */
export const cardPiece = (value: string): string =>
  value
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
