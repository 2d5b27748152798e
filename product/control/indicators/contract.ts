import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { day, id, prose, version } from "#core/contract/shapes.ts";

const both = z.object({ uk: z.string(), en: z.string() });
const indicatorCode = z.string().regex(/^[A-Z]\d{2}[a-z]?$/);
const variation = z.enum([
  "improvement-high",
  "improvement-low",
  "concern-high",
  "concern-low",
  "neutral-high",
  "neutral-low",
  "common",
  "too-few",
]);
const assurance = z.enum(["pass", "fail", "hit-or-miss", "none"]);

export const point = z.object({
  /** First day of the period; for a t chart the day of the event. */
  label: day,
  value: z.number().nullable(),
  x: z.number().nullable(),
  n: z.number().nullable(),
  center: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  mark: z.enum(["improvement", "concern", "neutral"]).nullable(),
  rule: z.string().nullable(),
});
export const indicatorRow = z.object({
  code: indicatorCode,
  name: both,
  short: both,
  chart: z.enum(["p", "t"]),
  direction: z.enum(["increase", "decrease"]),
  unit: z.enum(["%", "days"]),
  donabedian: z.enum(["structure", "process", "outcome"]),
  latest: z.object({ value: z.number(), label: day, x: z.number().nullable(), n: z.number().nullable() }).nullable(),
  target: z.number().nullable(),
  variation,
  assurance,
  since: day.nullable(),
  rule: z.string().nullable(),
  owner: z.object({ id, name: z.string() }).nullable(),
  action: z.string().nullable(),
  points: z.number().int(),
  spark: z.array(
    z.object({
      value: z.number().nullable(),
      center: z.number().nullable(),
      lower: z.number().nullable(),
      upper: z.number().nullable(),
      mark: z.enum(["improvement", "concern", "neutral"]).nullable(),
    }),
  ),
});
export const indicator = indicatorRow.extend({
  definition: z.object({ numerator: both, denominator: both, exclusions: both, source: both, formula: both }),
  opensCase: z.boolean(),
  series: z.array(point),
  base: z.object({ from: day, to: day }).nullable(),
  rebases: z.array(z.object({ id, from: day, reason: z.string(), by: z.string().nullable() })),
  flags: z.array(
    z.object({
      number: z.number().int(),
      on: day,
      code: z.string(),
      title: z.string(),
      kind: z.enum(["action", "incident"]),
    }),
  ),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  missing: z.object({ count: z.number().int(), share: z.number() }).nullable(),
  /** The very line for `qms compute` that gives these limits. */
  compute: z.string(),
  updatedAt: z.string(),
  version: z.number().int(),
});
export type Indicator = z.output<typeof indicator>;
export type IndicatorRow = z.output<typeof indicatorRow>;
const byCode = z.object({ code: indicatorCode });

export const listIndicators = route({
  act: "indicator.list",
  summary: "All indicators with their judgement; concern first.",
  method: "GET",
  path: "/indicators",
  right: "indicator:read",
  ledger: { none: "counts only" },
  reply: z.array(indicatorRow),
  problems: [],
});
export const readIndicator = route({
  act: "indicator.read",
  summary: "One indicator: series, limits, marks, definition.",
  method: "GET",
  path: "/indicators/:code",
  right: "indicator:read",
  ledger: { none: "counts only; small groups follow the survey's mask" },
  params: byCode,
  reply: indicator,
  problems: ["indicator.unknown"],
});
export const drillIndicator = route({
  act: "indicator.drill",
  summary: "The rows behind one point, hidden ones counted.",
  method: "GET",
  path: "/indicators/:code/rows",
  right: "indicator:read",
  ledger: { searches: "response" },
  params: byCode,
  query: z.strictObject({ label: day }),
  reply: z.object({
    rows: z.array(z.object({ on: day, what: z.string(), where: z.string().nullable(), counts: z.boolean() })),
    hidden: z.number().int(),
    total: z.number().int(),
  }),
  problems: ["indicator.unknown"],
});
export const rebaseIndicator = route({
  act: "indicator.rebase",
  summary: "New limits from a point on; a person's act with a reason.",
  method: "POST",
  path: "/indicators/:code/rebase",
  right: "indicator:rebase",
  ledger: { writes: "indicator" },
  params: byCode,
  body: z.strictObject({ version, from: day, reason: prose }),
  reply: indicator,
  problems: [
    "indicator.unknown",
    "indicator.changed-meanwhile",
    "indicator.rebase-too-early",
    "indicator.rebase-not-sustained",
    "indicator.rebase-no-point",
  ],
});
export const undoRebase = route({
  act: "indicator.undo-rebase",
  summary: "Takes a rebase back.",
  method: "DELETE",
  path: "/indicators/:code/rebase/:id",
  right: "indicator:rebase",
  ledger: { writes: "indicator" },
  params: byCode.extend({ id }),
  reply: indicator,
  problems: ["indicator.unknown"],
});
export const setIndicator = route({
  act: "indicator.set",
  summary: "Target, owner, frozen base, whether a signal opens a case.",
  method: "PUT",
  path: "/indicators/:code",
  right: "indicator:define",
  ledger: { writes: "indicator" },
  params: byCode,
  body: z.strictObject({
    version,
    target: z.number().min(0).max(100000).nullable(),
    ownerId: id.nullable(),
    base: z.strictObject({ from: day, to: day }).nullable(),
    opensCase: z.boolean(),
  }),
  reply: indicator,
  problems: ["indicator.unknown", "indicator.changed-meanwhile", "member.unknown", "indicator.base-too-short"],
});
export const problems = {
  "indicator.unknown": { status: 404, uk: "Такого індикатора немає.", en: "There is no such indicator." },
  "indicator.changed-meanwhile": {
    status: 409,
    uk: "Індикатор змінено, поки ви писали.",
    en: "The indicator changed while you were writing.",
  },
  "indicator.rebase-too-early": {
    status: 409,
    uk: "Перерахувати межі можна після щонайменше 12 точок.",
    en: "Limits can be rebased after 12 points at least.",
  },
  "indicator.rebase-not-sustained": {
    status: 409,
    uk: "Після зміни потрібно щонайменше 8 точок.",
    en: "8 points after the change are needed at least.",
  },
  "indicator.rebase-no-point": { status: 422, uk: "На цю дату немає точки.", en: "There is no point on that date." },
  "indicator.base-too-short": {
    status: 422,
    uk: "Основа меж має містити щонайменше 12 точок.",
    en: "The base of the limits needs 12 points at least.",
  },
} satisfies Problems;
