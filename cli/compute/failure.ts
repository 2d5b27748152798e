import type { z } from "zod";

/** Why a line has no figures: a stable code, where (RFC 6901, empty for the whole line), and the reason in both languages. */
export type Failure = { readonly code: string; readonly pointer: string; readonly uk: string; readonly en: string };

const failures = {
  "compute.line-too-long": {
    pointer: "",
    uk: ({ max }: Words) => `Рядок довший за ${max} знаків. Розділіть дані на кілька рядків.`,
    en: ({ max }: Words) => `The line is longer than ${max} characters. Split the data over several lines.`,
  },
  "compute.not-json": {
    pointer: "",
    uk: () => "Рядок не є об'єктом JSON. Один рядок містить один об'єкт.",
    en: () => "The line is not JSON. One line holds one object.",
  },
  "compute.op-unknown": {
    pointer: "/op",
    uk: ({ known }: Words) => `Невідоме обчислення. Відомі: ${known}.`,
    en: ({ known }: Words) => `Unknown computation. Known ones: ${known}.`,
  },
  "compute.too-deep": {
    pointer: "",
    uk: () => "Дані вкладені надто глибоко.",
    en: () => "The data are nested too deeply.",
  },
  "compute.input-refused": {
    pointer: "",
    uk: ({ reason }: Words) => `Для цих даних такого обчислення немає: ${reason}.`,
    en: ({ reason }: Words) => `These data have no such figure: ${reason}.`,
  },
} as const;

type Words = Readonly<Record<string, string | number>>;

/** A failure by its code. */
export function failure(code: keyof typeof failures, words: Words): Failure {
  const { pointer, uk, en } = failures[code];
  return { code, pointer, uk: uk(words), en: en(words) };
}

/** The first thing a shape found wrong. Our own checks carry their Ukrainian words in `params.uk`. */
export function shapeFailure(issue: z.core.$ZodIssue): Failure {
  const path = issue.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const [uk, en] = reasonOf(issue);
  return {
    code: "compute.input-bad",
    pointer: path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
    uk,
    en,
  };
}

const types: Readonly<Record<string, readonly [string, string]>> = {
  number: ["Тут має бути число.", "A number is expected."],
  int: ["Тут має бути ціле число.", "A whole number is expected."],
  string: ["Тут має бути текст.", "A text is expected."],
  boolean: ["Тут має бути true або false.", "True or false is expected."],
  array: ["Тут має бути список.", "A list is expected."],
  object: ["Тут має бути об'єкт.", "An object is expected."],
};
const other = ["Таке значення тут не підходить.", "This value does not fit here."] as const;

/** Ukrainian and English words for an issue; zod's own Ukrainian names types in English. */
function reasonOf(issue: z.core.$ZodIssue): readonly [string, string] {
  if (issue.code === "custom") return [String(issue.params?.["uk"] ?? other[0]), issue.message];
  if (issue.code === "invalid_type") return types[issue.expected] ?? other;
  if (issue.code === "too_small") {
    return bound(issue.origin, Number(issue.minimum), issue.inclusive === false ? ">" : "≥");
  }
  if (issue.code === "too_big") {
    return bound(issue.origin, Number(issue.maximum), issue.inclusive === false ? "<" : "≤");
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String).join(", ");
    return [`Одне з: ${values}.`, `One of: ${values}.`];
  }
  return issue.code === "unrecognized_keys"
    ? ["Такого поля це обчислення не має.", "This computation has no such member."]
    : other;
}

function bound(origin: string, value: number, sign: ">" | "≥" | "<" | "≤"): readonly [string, string] {
  return origin === "array" || origin === "string"
    ? [`Довжина має бути ${sign} ${value}.`, `The length must be ${sign} ${value}.`]
    : [`Число має бути ${sign} ${value}.`, `The number must be ${sign} ${value}.`];
}

/** A check of ours: English message, Ukrainian beside it, and where. */
export const wrong = (path: readonly (string | number)[], en: string, uk: string) => ({
  code: "custom" as const, // a literal, or zod takes it for any string
  path: [...path],
  message: en,
  params: { uk },
});
