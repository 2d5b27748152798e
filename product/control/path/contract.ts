import { z } from "zod";
import { route } from "#core/contract/route.ts";
import { code, day, instant } from "#core/contract/shapes.ts";

const interval = z.object({ low: z.number(), high: z.number() });
/** One step of the story. `at` is a day alone where an anonymous answer keeps no more. A step without `link` says why in `note`. */
export const step = z.object({
  kind: z.enum([
    "response",
    "signal",
    "incident",
    "triage",
    "cause",
    "action",
    "evidence",
    "effect",
    "answer",
    "close",
    "reopen",
  ]),
  at: instant.nullable(),
  on: day,
  title: z.string(),
  code: z.string().nullable(),
  link: z.string().nullable(),
  lines: z.array(z.string()),
  remark: z.string().nullable(),
  by: z.string().nullable(),
  note: z.string().nullable(),
});
export const path = z.object({
  code,
  title: z.string(),
  state: z.string(),
  proven: z.enum(["effective", "ineffective"]).nullable(),
  steps: z.array(step),
  stations: z.array(
    z.object({
      kind: z.string(),
      on: day.nullable(),
      at: instant.nullable(),
      daysSince: z.number().nullable(),
      secondsSince: z.number().nullable(),
      done: z.boolean(),
    }),
  ),
  effect: z
    .object({
      indicator: z.string(),
      name: z.object({ uk: z.string(), en: z.string() }),
      unit: z.enum(["%", "days"]),
      before: z.object({ x: z.number(), n: z.number(), share: z.number(), from: day, to: day }).nullable(),
      after: z.object({ x: z.number(), n: z.number(), share: z.number(), from: day, to: day }).nullable(),
      difference: z.object({ value: z.number(), interval }).nullable(),
      direction: z.enum(["increase", "decrease"]),
      action: z.string(),
    })
    .nullable(),
  balancing: z.array(
    z.object({
      code: z.string(),
      name: z.object({ uk: z.string(), en: z.string() }),
      before: z.number().nullable(),
      after: z.number().nullable(),
      variation: z.string(),
    }),
  ),
});
export type Path = z.output<typeof path>;
export const readPath = route({
  act: "path.read",
  summary: "One case from what happened to whether the fix worked, on one page.",
  method: "GET",
  path: "/incidents/:code/path",
  right: "incident:read",
  about: "incident",
  ledger: { reads: "incident" },
  params: z.object({ code }),
  reply: path,
  problems: ["incident.unknown"],
});
