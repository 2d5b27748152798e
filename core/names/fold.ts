/** Cyrillic to Latin. One spelling serves the start and the middle of a word, since y and i fall together afterwards.
 *  Source: Cabinet of Ministers of Ukraine, resolution 55 of 27.01.2010; ё ы э ъ are ours, for names from abroad. */
const LATIN: Readonly<Record<string, string>> = {
  а: "a", б: "b", в: "v", г: "h", ґ: "g", д: "d", е: "e", є: "ie", ж: "zh", з: "z", и: "y", і: "i", ї: "i", й: "i",
  к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch",
  ш: "sh", щ: "shch", ь: "", ю: "iu", я: "ia", ё: "io", ы: "y", э: "e", ъ: "",
}; // prettier-ignore

/** Latin letters that look like Cyrillic ones: a name typed half in each alphabet is meant to be Cyrillic. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  a: "а", e: "е", i: "і", o: "о", p: "р", c: "с", y: "у", x: "х", b: "в", h: "н", k: "к", m: "м", t: "т",
}; // prettier-ignore

/** Spellings of one sound, made one; the order matters: longer ones first, and zh before g, or Згурський would become
 *  Журський. */
const COLLAPSE: readonly (readonly [RegExp, string])[] = [
  [/shch|sch/g, "sc"],
  [/ch|cz/g, "c"],
  [/sh|sz/g, "s"],
  [/zh/g, "z"],
  [/kh/g, "h"],
  [/ts/g, "c"],
  [/g/g, "h"],
  [/w/g, "v"],
  [/x/g, "ks"],
  [/[yj]/g, "i"],
  [/(.)\1+/gu, "$1"], // before ie and io: Сергієнко has "iie" where Sergienko has "ie"
  [/ie/g, "e"],
  [/io/g, "o"],
  [/(.)\1+/gu, "$1"],
];

const DROPPED = /[’'ʼ`´‘′\-‐‑–]/g;

/** A name as it is searched by: one spelling for all the ways a Ukrainian name is written, in Cyrillic, in Latin, with or without
 *  apostrophe. Words stay apart by one blank. Merges a few different names (Жук and Зук): good for finding, never for
 *  deciding that two people are one. Not a transliteration to show. */
export function fold(name: string): string {
  const words = name.normalize("NFKC").toLowerCase().replace(DROPPED, "").split(/\s+/u);
  return words
    .map(foldWord)
    .filter((word) => word !== "")
    .join(" ");
}

function foldWord(word: string): string {
  const mixed = /\p{Script=Cyrillic}/u.test(word) && /[a-z]/.test(word);
  const oneScript = mixed ? replaceLetters(word, LOOK_ALIKE) : word;
  // Accents go (é → e), but й and ї are letters of their own and are turned into Latin first.
  const latin = replaceLetters(oneScript.replaceAll("зг", "zgh"), LATIN).normalize("NFD").replace(/\p{M}/gu, "");
  return COLLAPSE.reduce((text, [from, to]) => text.replace(from, to), latin);
}

const replaceLetters = (word: string, table: Readonly<Record<string, string>>): string =>
  Array.from(word, (letter) => table[letter] ?? letter).join("");
