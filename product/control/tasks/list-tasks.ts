import { holds } from "#core/access/rights.ts";
import type { Context } from "#platform/http/context.ts";
import type { Task } from "./contract.ts";
import { actionTasks, commentTasks, incidentTasks, type ActionTask, type IncidentTask } from "./queries.ts";

type Draft = Omit<Task, "group">;

const incidentKinds: Record<string, { kind: Task["kind"]; size: Task["size"] } | undefined> = {
  reported: { kind: "triage", size: "15" },
  triaged: { kind: "analyse", size: "more" },
  investigating: { kind: "analyse", size: "more" },
  actions: { kind: "answer", size: "15" },
  answered: { kind: "close", size: "1" },
};

/** Triage, answers and closing are for whoever holds the right; an analysis is its lead's. */
function ofIncident(ctx: Context, row: IncidentTask): Draft | undefined {
  const found = incidentKinds[row.state];
  if (!found) return undefined;
  const rights = {
    triage: "incident:triage",
    analyse: "incident:investigate",
    answer: "incident:answer",
    close: "incident:close",
  } as const;
  const right =
    found.kind === "triage" || found.kind === "analyse" || found.kind === "answer" || found.kind === "close"
      ? rights[found.kind]
      : undefined;
  if (!right || !holds(ctx.member.types, right)) return undefined;
  if (found.kind === "analyse" && row.lead_id !== null && row.lead_id !== ctx.member.id) return undefined;
  return {
    key: `incident:${row.id}`,
    kind: found.kind,
    score: null,
    code: row.code,
    link: `/incidents/${row.code}`,
    dueAt: row.due_at,
    size: found.size,
  };
}

const endOf = (ctx: Context, day: string | null): string | null =>
  day === null
    ? null
    : Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(ctx.clinic.zone).toInstant().toString();

function ofAction(ctx: Context, row: ActionTask): Draft | undefined {
  const common = { key: `action:${row.id}`, score: null, code: row.code, link: `/actions/${row.code}` };
  const own = row.owner_id === ctx.member.id;
  if (row.state === "new" && holds(ctx.member.types, "action:assign"))
    return { ...common, kind: "action-decide", dueAt: null, size: "15" };
  if (row.state === "planned" && own)
    return { ...common, kind: "action-start", dueAt: endOf(ctx, row.due_on), size: "1" };
  if (row.state === "doing" && own)
    return { ...common, kind: "action-finish", dueAt: endOf(ctx, row.due_on), size: "15" };
  if (row.state === "checking" && !own && holds(ctx.member.types, "action:verify"))
    return { ...common, kind: "effect-check", dueAt: endOf(ctx, row.check_on), size: "15" };
  return undefined;
}

function groupOf(ctx: Context, dueAt: string | null): Task["group"] {
  if (dueAt === null) return "later";
  const due = Temporal.Instant.from(dueAt);
  if (Temporal.Instant.compare(due, ctx.now) < 0) return "overdue";
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate();
  // the end of a day is the first instant of the next
  const days = today.until(due.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(ctx.clinic.zone).toPlainDate()).days;
  return days <= 0 ? "today" : days <= 7 ? "week" : "later";
}

/** Everything that waits for this person, by due date. A comment on an answer waits one working day. */
export async function listTasks(ctx: Context): Promise<{ tasks: Task[]; nextDue: string | null }> {
  const drafts: Draft[] = [];
  for (const row of await incidentTasks(ctx.db))
    drafts.push(...[ofIncident(ctx, row)].filter((one) => one !== undefined));
  for (const row of await actionTasks(ctx.db)) drafts.push(...[ofAction(ctx, row)].filter((one) => one !== undefined));
  if (holds(ctx.member.types, "response:handle"))
    for (const row of await commentTasks(ctx.db))
      drafts.push({
        key: `comment:${row.id}`,
        kind: "comment",
        score: Math.min(row.score, 6),
        code: "",
        link: "/feedback",
        dueAt: endOf(ctx, Temporal.PlainDate.from(row.on_date).add({ days: 1 }).toString()),
        size: "1",
      });
  const tasks = drafts
    .map((draft) => ({ ...draft, group: groupOf(ctx, draft.dueAt) }))
    .toSorted((a, b) => ((a.dueAt ?? "9") < (b.dueAt ?? "9") ? -1 : 1));
  return { tasks, nextDue: tasks.find((task) => task.dueAt !== null)?.dueAt ?? null };
}
