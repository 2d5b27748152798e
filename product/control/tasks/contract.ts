import { z } from "zod";
import { route } from "#core/contract/route.ts";
import { instant } from "#core/contract/shapes.ts";

export const task = z.object({
  key: z.string(),
  kind: z.enum([
    "triage",
    "analyse",
    "answer",
    "close",
    "tell-patient",
    "action-decide",
    "action-start",
    "action-finish",
    "effect-check",
    "comment",
    "answer-received",
  ]),
  /** Of a comment: the answer it explains, 1 to 6. */
  score: z.number().int().nullable(),
  code: z.string(),
  link: z.string(),
  dueAt: instant.nullable(),
  size: z.enum(["1", "15", "more"]),
  group: z.enum(["overdue", "today", "week", "later", "waiting"]),
});
export type Task = z.output<typeof task>;
export const listTasks = route({
  act: "task.list",
  summary: "Everything that waits for this person, whatever module it comes from.",
  method: "GET",
  path: "/tasks",
  right: "task:read",
  ledger: { searches: "task" },
  reply: z.object({ tasks: z.array(task), nextDue: instant.nullable() }),
  problems: [],
});
