import { z } from "zod";
import { route } from "#core/contract/route.ts";
import { day, id, instant } from "#core/contract/shapes.ts";
import { indicatorRow } from "../indicators/contract.ts";

const late = z.object({
  kind: z.enum(["triage", "answers", "actions", "comments", "checks"]),
  overdue: z.number().int(),
  due: z.number().int(),
  days: z.array(z.number().int()).length(8),
  link: z.string(),
});
export const readHome = route({
  act: "home.read",
  summary: "The quality manager's three questions: what is late, what is new, what changed.",
  method: "GET",
  path: "/home",
  right: "signal:read",
  ledger: { searches: "incident" },
  reply: z.object({
    now: instant,
    late: z.array(late),
    fresh: z.array(
      z.object({
        kind: z.enum(["incident", "comment"]),
        id,
        /** An anonymous answer has none. */
        code: z.string().nullable(),
        /** What happened in one line, or the words of the patient. */
        title: z.string(),
        /** Of a comment: the answer it explains, 1 to 6. */
        score: z.number().int().nullable(),
        harm: z.string().nullable(),
        place: z.string().nullable(),
        due: instant.nullable(),
        dueKind: z.string().nullable(),
        link: z.string(),
      }),
    ),
    changed: z.array(indicatorRow),
    indicators: z.number().int(),
    pareto: z.object({
      from: day,
      total: z.number().int(),
      bars: z.array(z.object({ type: z.string(), count: z.number().int(), cumulative: z.number() })),
    }),
    checks: z.array(z.object({ on: day, code: z.string(), title: z.string(), owner: z.string().nullable() })),
    counts: z.object({
      incidentsOpen: z.number().int(),
      actionsOpen: z.number().int(),
      tasks: z.number().int(),
      comments: z.number().int(),
    }),
  }),
  problems: [],
});
