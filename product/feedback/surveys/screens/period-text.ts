import type { Language } from "#core/contract/words.ts";
import type { surveyWords } from "../words.ts";

export type PeriodKind = "year" | "quarter" | "month";

export const kindOf = (period: string): PeriodKind =>
  period.length === 4 ? "year" : period.includes("Q") ? "quarter" : "month";

type Writing = { t: typeof surveyWords.uk; language: Language };

/** A period as people write it: "2026", "4 квартал 2026", "листопад 2026". */
export function periodText(period: string, { t, language }: Writing): string {
  const kind = kindOf(period);
  if (kind === "year") return period;
  if (kind === "quarter") return t.quarter(Number(period.slice(6)), period.slice(0, 4));
  const month = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(new Date(`${period}-01`));
  return `${month} ${period.slice(0, 4)}`;
}
