import { z } from "zod";
import { plural, type Language } from "#core/contract/words.ts";

/** A letter ready to leave: plain text and the same as simple HTML, without pictures, counters or tracked links. */
export type Letter = { subject: string; text: string; html: string; language: Language };

const word = z.string().max(2000);
const base = z.object({
  language: z.enum(["uk", "en"]),
  clinic: word.default(""),
  name: word.default(""),
  link: z.string().max(500).default(""),
  hours: z.number().default(0),
  days: z.number().default(0),
  code: word.default(""),
});
type Facts = z.output<typeof base>;
type Parts = { subject: string; lines: string[]; button: string; after: string[] };

const hours = {
  uk: (n: number) => plural("uk", n, { one: "# годину", few: "# години", many: "# годин", other: "# години" }),
  en: (n: number) => plural("en", n, { one: "# hour", other: "# hours" }),
};
const days = {
  uk: (n: number) => plural("uk", n, { one: "# день", few: "# дні", many: "# днів", other: "# дня" }),
  en: (n: number) => plural("en", n, { one: "# day", other: "# days" }),
};

/** Every letter the product sends, in both languages. None holds a health fact. */
const letters = {
  "sign-up": {
    uk: (f) => ({
      subject: "Підтвердьте адресу",
      lines: [`${f.name}, вітаємо.`, `Щоб відкрити заклад «${f.clinic}», підтвердьте адресу і задайте пароль.`],
      button: "Підтвердити адресу",
      after: [`Посилання діє ${hours.uk(f.hours)}. Якщо ви цього не просили, нічого робити не треба.`],
    }),
    en: (f) => ({
      subject: "Confirm your address",
      lines: [`Hello ${f.name},`, `To open “${f.clinic}”, confirm your address and set a password.`],
      button: "Confirm the address",
      after: [`The link works for ${hours.en(f.hours)}. If you did not ask for this, nothing needs to be done.`],
    }),
  },
  invitation: {
    uk: (f) => ({
      subject: "Запрошення до роботи в QMS",
      lines: [`${f.name}, вітаємо.`, `Вас запрошено до закладу «${f.clinic}».`],
      button: "Прийняти запрошення",
      after: [`Посилання діє ${hours.uk(f.hours)}.`],
    }),
    en: (f) => ({
      subject: "You are invited to QMS",
      lines: [`Hello ${f.name},`, `You are invited to “${f.clinic}”.`],
      button: "Accept the invitation",
      after: [`The link works for ${hours.en(f.hours)}.`],
    }),
  },
  recovery: {
    uk: (f) => ({
      subject: "Новий пароль",
      lines: [`${f.name}, вітаємо.`, "За цим посиланням можна задати новий пароль."],
      button: "Задати пароль",
      after: [`Посилання діє ${hours.uk(f.hours)}. Якщо ви цього не просили, нічого робити не треба.`],
    }),
    en: (f) => ({
      subject: "A new password",
      lines: [`Hello ${f.name},`, "This link lets you set a new password."],
      button: "Set a password",
      after: [`The link works for ${hours.en(f.hours)}. If you did not ask for this, nothing needs to be done.`],
    }),
  },
  survey: {
    uk: (f) => ({
      subject: `Одне запитання від «${f.clinic}»`,
      lines: ["Вітаємо.", "Дякуємо, що були в нас. Яким був ваш досвід? Відповідь забирає менше хвилини."],
      button: "Відповісти",
      after: [
        "Відповідь зберігається без вашого імені й без зв'язку з цим листом.",
        `Посилання одноразове і діє ${days.uk(f.days)}.`,
      ],
    }),
    en: (f) => ({
      subject: `One question from “${f.clinic}”`,
      lines: ["Hello,", "Thank you for coming to us. How was your experience? The answer takes less than a minute."],
      button: "Answer",
      after: [
        "The answer is kept without your name and without any tie to this letter.",
        `The link works once, for ${days.en(f.days)}.`,
      ],
    }),
  },
  "incident-answer": {
    uk: (f) => ({
      subject: `Відповідь на ваше повідомлення ${f.code}`,
      lines: ["Вітаємо.", `Заклад «${f.clinic}» відповів на ваше повідомлення. Дякуємо, що сказали.`],
      button: "Прочитати відповідь",
      after: [],
    }),
    en: (f) => ({
      subject: `An answer to your report ${f.code}`,
      lines: ["Hello,", `“${f.clinic}” has answered your report. Thank you for speaking up.`],
      button: "Read the answer",
      after: [],
    }),
  },
} satisfies Record<string, Record<Language, (facts: Facts) => Parts>>;

export type LetterKind = keyof typeof letters;
const isKind = (kind: string): kind is LetterKind => Object.hasOwn(letters, kind);

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** Makes a letter of its kind and facts. Throws RangeError for a kind that nobody wrote, ZodError for facts of another shape. */
export function letterOf(kind: string, facts: unknown): Letter {
  if (!isKind(kind)) throw new RangeError(`letter ${kind}`);
  const parsed = base.parse(facts);
  const { subject, lines, button, after } = letters[kind][parsed.language](parsed);
  const text = [...lines, ...(parsed.link ? [`${button}: ${parsed.link}`] : []), ...after].join("\n\n");
  const paragraph = (line: string) => `<p>${escape(line)}</p>`;
  const link = /^https?:\/\//.test(parsed.link) ? `<p><a href="${escape(parsed.link)}">${escape(button)}</a></p>` : "";
  return {
    // a line end in a name must not begin a header
    subject: subject.replace(/\s+/g, " ").slice(0, 200),
    text: `${text}\n`,
    html: `<!doctype html><html lang="${parsed.language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body>${lines.map(paragraph).join("")}${link}${after.map(paragraph).join("")}</body></html>`,
    language: parsed.language,
  };
}
