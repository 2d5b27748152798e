import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { id, instant, page, pageOf, prose } from "#core/contract/shapes.ts";

export const signal = z.object({
  id,
  rule: z.string(),
  severity: z.enum(["green", "amber", "red"]),
  state: z.enum(["raised", "seen", "explained", "false", "case"]),
  raisedAt: instant,
  subject: z.string(),
  case: z.string().nullable(),
});
export const listSignals = route({
  act: "signal.list",
  summary: "Quality signals, newest first.",
  method: "GET",
  path: "/signals",
  right: "signal:read",
  ledger: { searches: "signal" },
  query: page,
  reply: pageOf(signal),
  problems: [],
});
export const settleSignal = route({
  act: "signal.settle",
  summary: "Explains a signal or calls it false, with a reason that feeds the rule's precision.",
  method: "POST",
  path: "/signals/:id/settle",
  right: "incident:triage",
  about: "signal",
  ledger: { writes: "signal" },
  params: z.object({ id }),
  body: z.strictObject({ as: z.enum(["explained", "false"]), reason: prose }),
  reply: signal,
  problems: ["signal.unknown", "signal.moved-meanwhile"],
});
export const problems = {
  "signal.unknown": { status: 404, uk: "Такого сигналу немає.", en: "There is no such signal." },
  "signal.moved-meanwhile": { status: 409, uk: "Сигнал уже вирішено.", en: "The signal is already settled." },
} satisfies Problems;
