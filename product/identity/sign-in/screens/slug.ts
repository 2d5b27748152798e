/** Ukrainian letters in Latin by the state rules of 2010 (Cabinet of Ministers, resolution 55), inside a word. */
const latin: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "h",
  ґ: "g",
  д: "d",
  е: "e",
  є: "ie",
  ж: "zh",
  з: "z",
  и: "y",
  і: "i",
  ї: "i",
  й: "i",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ю: "iu",
  я: "ia",
  ь: "",
};
/** These are written otherwise at the beginning of a word. */
const first: Readonly<Record<string, string>> = { є: "ye", ї: "yi", й: "y", ю: "yu", я: "ya" };
/** Characters an address takes at most. */
const slugMost = 40;

/** A clinic's address out of its name: "Клініка «Калина»" → "klinika-kalyna"; "" when nothing of it can be written so. */
export function slugOf(name: string): string {
  const words = name
    .toLocaleLowerCase("uk")
    .replaceAll(/['’ʼ«»"]/g, "")
    .replaceAll("зг", "zgh")
    .split(/[^\p{L}\p{N}]+/u);
  return words
    .map((word) =>
      Array.from(word)
        .map((letter, at) => (at === 0 ? first[letter] : undefined) ?? latin[letter] ?? letter)
        .join("")
        .normalize("NFKD")
        .replaceAll(/[^a-z0-9]/g, ""),
    )
    .filter((word) => word !== "")
    .join("-")
    .slice(0, slugMost)
    .replace(/-+$/, "");
}
