import type { z } from "zod";
import { prose } from "#core/contract/shapes.ts";
import type { importFeedbackRow } from "./contract.ts";
import { noAnswer, scoreMin } from "./fft.ts";

export type GivenRow = z.output<typeof importFeedbackRow>;
export type GoodRow = { no: number; key: string; service: string; score: number; day: string; comment: string | null };
/** What is wrong with a row; `code` is what would mend it. */
export type Fault = { code: FaultCode; no: number; value?: string };

/** Every fault of a row, with the sentence that says how to mend it. */
export const faultWords = {
  "rating.unreadable": {
    uk: "Оцінка має бути цілим числом від 1 до 7 (1 дуже добре … 5 дуже погано, 6 не знаю, 7 без відповіді).",
    en: "The rating must be a whole number from 1 to 7 (1 very good … 5 very poor, 6 don't know, 7 no answer).",
  },
  "service.empty": { uk: "Рядок не називає послуги.", en: "The row names no service." },
  "service.long": {
    uk: "Назва послуги довша за 200 символів: перевірте, чи не зсунуто стовпці.",
    en: "The service's name is over 200 characters: check whether columns are shifted.",
  },
  "service.unknown": {
    uk: "Такої послуги в закладі немає. Додайте її або імпортуйте зі створенням.",
    en: "The clinic has no such service. Add it, or import with making services.",
  },
  "date.unreadable": {
    uk: "Дату запишіть як 2026-11-24 або 24.11.2026.",
    en: "Write the date as 2026-11-24 or 24.11.2026.",
  },
  "date.future": { uk: "Дата ще не настала.", en: "The date is yet to come." },
  "comment.long": { uk: "Коментар довший за 4000 символів.", en: "The comment is over 4,000 characters." },
  "comment.unreadable": {
    uk: "Коментар містить керівні або пошкоджені символи.",
    en: "The comment holds control characters or broken ones.",
  },
} as const;
export type FaultCode = keyof typeof faultWords;

const commentMax = 4000;
const serviceMax = 200;

/** One spelling of a service's name: runs of blanks are one, case does not matter. */
export const plainName = (name: string): string =>
  name.normalize("NFC").replace(/\s+/g, " ").trim().toLocaleLowerCase("uk");

function dayOf(text: string): string | undefined {
  const local = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = local ? `${local[3]}-${(local[2] ?? "").padStart(2, "0")}-${(local[1] ?? "").padStart(2, "0")}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  try {
    return Temporal.PlainDate.from(iso, { overflow: "reject" }).toString();
  } catch {
    return undefined;
  }
}

/** Reads one row. Text that looks like a formula is text. `day` stands for a row without a date. */
export function readRow(row: GivenRow, o: { day: string; today: string }): GoodRow | Fault {
  const service = row.service.normalize("NFC").replace(/\s+/g, " ").trim();
  if (service === "") return { code: "service.empty", no: row.no };
  if (service.length > serviceMax || !prose.safeParse(service).success) return { code: "service.long", no: row.no };
  const rating = row.rating.trim();
  const score = /^\d$/.test(rating) ? Number(rating) : 0;
  if (score < scoreMin || score > noAnswer) return { code: "rating.unreadable", no: row.no };
  const date = row.date?.trim() ?? "";
  const day = date === "" ? o.day : dayOf(date);
  if (day === undefined) return { code: "date.unreadable", no: row.no };
  if (day > o.today || day < "1990-01-01")
    return { code: day > o.today ? "date.future" : "date.unreadable", no: row.no };
  const comment = row.comment?.trim() ?? "";
  if (comment.length > commentMax) return { code: "comment.long", no: row.no };
  const words = comment === "" ? null : prose.safeParse(comment);
  if (words && !words.success) return { code: "comment.unreadable", no: row.no };
  return { no: row.no, key: row.key, service, score, day, comment: words?.data ?? null };
}

export const isGood = (row: GoodRow | Fault): row is GoodRow => !("code" in row);
export const isFault = (row: GoodRow | Fault): row is Fault => "code" in row;
