import type { Both } from "#core/contract/words.ts";

/** An indicator as the library defines it; what a clinic sets (target, owner, base) stands in its own row. */
export type Definition = {
  code: string;
  name: Both;
  short: Both;
  chart: "p" | "t";
  direction: "increase" | "decrease";
  unit: "%" | "days";
  donabedian: "structure" | "process" | "outcome";
  numerator: Both;
  denominator: Both;
  exclusions: Both;
  source: Both;
  formula: Both;
  /** Least denominator a period to judge it. */
  minimum: number;
};

/** What is computed from live data today; codes are stable for ever. */
export const library: readonly Definition[] = [
  {
    code: "F01",
    name: { uk: "Позитивний досвід", en: "Positive experience" },
    short: { uk: "Позитивний досвід", en: "Positive experience" },
    chart: "p",
    direction: "increase",
    unit: "%",
    donabedian: "outcome",
    minimum: 30,
    numerator: { uk: "дуже добре і добре", en: "very good and good" },
    denominator: { uk: "усі відповіді 1–6", en: "all answers 1–6" },
    exclusions: {
      uk: "без відповіді на питання; тижні, де менше 5 відповідей, приховано",
      en: "no answer to the question; weeks with fewer than 5 answers are hidden",
    },
    source: { uk: "відповіді «Рекомендація (FFT)»", en: "answers to Recommend (FFT)" },
    formula: {
      uk: "Частка «дуже добре» і «добре» серед усіх відповідей, разом із «не знаю».",
      en: "The share of very good and good among all answers, don't know included.",
    },
  },
  {
    code: "F09",
    name: { uk: "Дні між низькими оцінками", en: "Days between low scores" },
    short: { uk: "Дні між низькими", en: "Days between low" },
    chart: "t",
    direction: "increase",
    unit: "days",
    donabedian: "outcome",
    minimum: 8,
    numerator: { uk: "дні від попередньої низької оцінки", en: "days since the low score before" },
    denominator: { uk: "–", en: "–" },
    exclusions: {
      uk: "зберігається лише день: оцінки одного дня рівномірно розкладено по ньому",
      en: "only the day is kept: scores of one day are spread evenly over it",
    },
    source: { uk: "відповіді «погано» і «дуже погано»", en: "answers poor and very poor" },
    formula: {
      uk: "Скільки днів минуло між сусідніми низькими оцінками; більше — краще.",
      en: "How many days passed between one low score and the next; more is better.",
    },
  },
];

export const definitionOf = (code: string): Definition | undefined => library.find((one) => one.code === code);
