import type { z } from "zod";
import { Problem, type FieldError } from "#core/contract/problem.ts";

type Words = { code: string; uk: string; en: string };

const choice: Words = {
  code: "field.choice",
  uk: "Оберіть одне зі значень списку.",
  en: "Choose one of the listed values.",
};

const custom: Record<string, Words> = {
  "text.broken": {
    code: "text.broken",
    uk: "Текст містить пошкоджені символи.",
    en: "The text holds broken characters.",
  },
  "text.control-characters": {
    code: "text.control-characters",
    uk: "Текст містить керівні символи.",
    en: "The text holds control characters.",
  },
  "text.hidden-characters": {
    code: "text.hidden-characters",
    uk: "Текст містить невидимі символи або символи зміни напряму.",
    en: "The text holds invisible or direction-changing characters.",
  },
  "time.range": {
    code: "time.range",
    uk: "Рік має бути від 1800 до 2199, а зміщення від UTC таким, яке буває.",
    en: "The year must lie between 1800 and 2199, and the offset from UTC must be one that exists.",
  },
  "zone.unknown": { code: "zone.unknown", uk: "Такого часового поясу немає.", en: "There is no such time zone." },
  "field.choice": choice,
  "text.one-line": { code: "text.one-line", uk: "Тут має бути один рядок.", en: "This must be one line." },
};

function tooSmall(issue: z.core.$ZodIssueTooSmall): Words {
  if (issue.origin === "string" && issue.minimum === 1)
    return { code: "field.empty", uk: "Заповніть це поле.", en: "Fill in this field." };
  if (issue.origin === "string")
    return {
      code: "field.short",
      uk: `Щонайменше символів: ${issue.minimum}.`,
      en: `At least ${issue.minimum} characters.`,
    };
  return { code: "field.small", uk: `Щонайменше ${issue.minimum}.`, en: `At least ${issue.minimum}.` };
}

function tooBig(issue: z.core.$ZodIssueTooBig): Words {
  if (issue.origin === "string")
    return {
      code: "field.long",
      uk: `Щонайбільше символів: ${issue.maximum}.`,
      en: `At most ${issue.maximum} characters.`,
    };
  return { code: "field.large", uk: `Щонайбільше ${issue.maximum}.`, en: `At most ${issue.maximum}.` };
}

/** Our words for one zod issue; zod's own text is never shown. */
function wordsOf(issue: z.core.$ZodIssue): Words {
  switch (issue.code) {
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue);
    case "invalid_type":
      return issue.input === undefined
        ? { code: "field.missing", uk: "Заповніть це поле.", en: "Fill in this field." }
        : { code: "field.type", uk: "Значення іншого типу.", en: "The value is of another type." };
    case "invalid_value":
      return choice;
    case "unrecognized_keys":
      return { code: "field.unknown", uk: "Невідоме поле.", en: "Unknown field." };
    case "custom": {
      const params: unknown = issue.params;
      const code = typeof params === "object" && params !== null && "code" in params ? String(params.code) : "";
      return custom[code] ?? { code: code || "field.invalid", uk: "Перевірте це поле.", en: "Check this field." };
    }
    case "invalid_element":
    case "invalid_format":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
      return { code: "field.format", uk: "Перевірте, як записано це поле.", en: "Check how this field is written." };
    default:
      return issue satisfies never;
  }
}

const pointerOf = (prefix: string, path: PropertyKey[]): string =>
  prefix + path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Checks one part of a request. Throws `request.invalid` with an error beside each field. */
export function parsePart<S extends z.ZodType>(shape: S, value: unknown, prefix: "" | "/query" | "/path"): z.output<S> {
  const parsed = shape.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors: FieldError[] = parsed.error.issues
    .slice(0, 50)
    .map((issue) => ({ pointer: pointerOf(prefix, issue.path), ...wordsOf(issue) }));
  throw new Problem("request.invalid", {}, errors);
}
