import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { day, id, page, pageOf } from "#core/contract/shapes.ts";

const job = z.object({
  id,
  /** Name of what should have followed, as `product/loop.ts` has it. */
  reaction: z.string(),
  /** Code or kind of the last failure; never its words, which may name a person. */
  code: z.string(),
  tries: z.number().int(),
  on: day,
  sentAgainOn: day.nullable(),
});
export type Job = z.output<typeof job>;

export const listJobs = route({
  act: "job.list",
  summary: "Reactions given up after five tries, newest first.",
  method: "GET",
  path: "/jobs",
  right: "job:read",
  ledger: { none: "names of reactions and codes of failures, no personal data" },
  query: page.extend({ state: z.enum(["open", "all"]).default("open") }),
  reply: pageOf(job),
  problems: [],
});
export const retryJob = route({
  act: "job.retry",
  summary: "Sends a given-up reaction on its way again, with all its tries before it.",
  method: "POST",
  path: "/jobs/:id/retry",
  right: "job:retry",
  about: "job",
  ledger: { writes: "job" },
  params: z.object({ id }),
  body: z.strictObject({}),
  reply: job,
  problems: ["job.unknown", "job.sent-already", "job.event-gone"],
});

export const problems = {
  "job.unknown": { status: 404, uk: "Такої роботи немає.", en: "There is no such job." },
  "job.sent-already": { status: 409, uk: "Цю роботу вже запущено знову.", en: "This job was sent again already." },
  "job.event-gone": {
    status: 409,
    uk: "Події, з якої це починалося, вже немає: запускати нема чого.",
    en: "The event it began with is kept no longer: there is nothing to send again.",
  },
} satisfies Problems;
