import { plural } from "#core/contract/words.ts";

const uk = {
  limit: (value: string) => `межа ${value}`,
  mean: (value: string) => `середнє ${value}`,
  of: (x: string, n: string) => `${x} із ${n}`,
  points: (n: number) => plural("uk", n, { one: "# точка", few: "# точки", many: "# точок", other: "# точки" }),
  sentence: (c: { title: string; points: string; last: string; value: string; mean: string; signals: string }) =>
    `${c.title}: ${c.points}. Остання, ${c.last}: ${c.value}${c.mean ? `, середнє ${c.mean}` : ""}. ${c.signals}`,
  signals: (n: number) =>
    n === 0
      ? "Особливих причин немає."
      : `Особлива причина: ${plural("uk", n, { one: "# точка", few: "# точки", many: "# точок", other: "# точки" })}.`,
  reader: (title: string) => `${title}: точки, стрілками ліворуч і праворуч`,
  period: "Період",
  count: "З них",
  all: "Усього",
  value: "Значення",
  lower: "Нижня",
  upper: "Верхня",
  sign: "Ознака",
  interval: (low: string, high: string) => `від ${low} до ${high}`,
  difference: "Різниця, інтервал 95\u00a0%",
  points100: "в.\u00a0п.",
  hidden: "приховано: замало відповідей",
  total: "Разом",
};

const en: typeof uk = {
  limit: (value) => `limit ${value}`,
  mean: (value) => `mean ${value}`,
  of: (x, n) => `${x} of ${n}`,
  points: (n) => plural("en", n, { one: "# point", other: "# points" }),
  sentence: (c) =>
    `${c.title}: ${c.points}. Latest, ${c.last}: ${c.value}${c.mean ? `, mean ${c.mean}` : ""}. ${c.signals}`,
  signals: (n) =>
    n === 0 ? "No special cause." : `Special cause: ${plural("en", n, { one: "# point", other: "# points" })}.`,
  reader: (title) => `${title}: points, by arrows left and right`,
  period: "Period",
  count: "Count",
  all: "Total",
  value: "Value",
  lower: "Lower",
  upper: "Upper",
  sign: "Sign",
  interval: (low, high) => `${low} to ${high}`,
  difference: "Difference, 95% interval",
  points100: "pp",
  hidden: "hidden: too few answers",
  total: "Total",
};

export const chartWords = { uk, en };
