/** Words on screen, in mail and in problems: two languages side by side, typed. */

export const languages = ["uk", "en"] as const;
export type Language = (typeof languages)[number];

/** Both languages of one text. */
export type Both = { uk: string; en: string };

type Forms = {
  uk: { one: string; few: string; many: string; other: string };
  en: { one: string; other: string };
};

const rules = { uk: new Intl.PluralRules("uk"), en: new Intl.PluralRules("en") };
const numbers = { uk: new Intl.NumberFormat("uk"), en: new Intl.NumberFormat("en") };

/** Picks the form of a counted noun; `#` in the form becomes the number, grouped as the language does.
 *  Ukrainian must give all four CLDR forms, English two. Source: Unicode CLDR plural rules. */
export function plural<L extends Language>(language: L, n: number, forms: Forms[L]): string {
  const table: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string } = forms;
  const form = table[rules[language].select(n)] ?? table.other;
  return form.replace("#", numbers[language].format(n));
}
