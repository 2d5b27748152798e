import type { z } from "zod";
import type { Context } from "#platform/http/context.ts";
import { changedIndicators, listIndicators } from "#product/control/indicators/index.ts";
import { listIncidents } from "#product/control/incidents/index.ts";
import { listTasks } from "#product/control/tasks/index.ts";
import { commentsSince } from "#product/feedback/surveys/index.ts";
import type { readHome } from "./contract.ts";
import { checksAhead, clockDues, commentDues, openCounts, typeCounts } from "./queries.ts";

type Home = z.output<typeof readHome.reply>;
type Late = Home["late"][number];

const kinds: readonly { kind: Late["kind"]; clocks: readonly string[]; link: string }[] = [
  {
    kind: "triage",
    clocks: ["incident.triage", "incident.analysis", "incident.analysis-start"],
    link: "/incidents?state=overdue",
  },
  { kind: "answers", clocks: ["incident.answer", "incident.tell-patient"], link: "/incidents?state=unanswered" },
  { kind: "actions", clocks: ["action.due", "action.decide"], link: "/actions?state=overdue" },
  { kind: "comments", clocks: ["comment"], link: "/feedback" },
  { kind: "checks", clocks: ["action.check"], link: "/actions?state=checking" },
];
const daysAhead = 7;
const freshHours = 36;
const freshMax = 6;
const commentsLeast = 2;
const lowScores = new Set([4, 5]);
const paretoDays = 90;
const paretoBars = 4;

const dayNumber = (ctx: Context, at: string): number => {
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate();
  return today.until(
    Temporal.Instant.from(at).subtract({ nanoseconds: 1 }).toZonedDateTimeISO(ctx.clinic.zone).toPlainDate(),
  ).days;
};

/** A comment waits until the last second of the day after it was written. */
const commentDue = (ctx: Context, on: string): string =>
  Temporal.PlainDate.from(on)
    .add({ days: 2 })
    .toZonedDateTime(ctx.clinic.zone)
    .subtract({ seconds: 1 })
    .toInstant()
    .toString();

/** Counts by kind: what is past due, what comes within seven days, and on which of them. Place 0 is what is late already. */
async function lateOf(ctx: Context): Promise<Late[]> {
  const dues: { kind: string; due_at: string }[] = await clockDues(
    ctx.db,
    ctx.now.add({ hours: 24 * (daysAhead + 1) }).toString(),
  );
  const noted = (await commentDues(ctx.db)).map(({ on_date }) => ({
    kind: "comment",
    due_at: commentDue(ctx, on_date),
  }));
  const all = [...dues, ...noted];
  return kinds.map(({ kind, clocks, link }) => {
    const days = Array.from({ length: daysAhead + 1 }, () => 0);
    let overdue = 0;
    let due = 0;
    for (const one of all.filter((item) => clocks.includes(item.kind))) {
      if (Temporal.Instant.compare(Temporal.Instant.from(one.due_at), ctx.now) < 0) {
        overdue++;
        days[0] = (days[0] ?? 0) + 1;
      } else {
        const at = Math.min(daysAhead, Math.max(1, dayNumber(ctx, one.due_at) + 1));
        due++;
        days[at] = (days[at] ?? 0) + 1;
      }
    }
    return { kind, overdue, due, days, link };
  });
}

type Fresh = Home["fresh"][number];

async function freshIncidents(ctx: Context): Promise<Fresh[]> {
  const { items } = await listIncidents(ctx, { state: "open", limit: 20 });
  return items
    .filter((row) => ctx.now.since(Temporal.Instant.from(row.when)).total("hours") < freshHours)
    .map((row) => ({
      kind: "incident",
      id: row.id,
      code: row.code,
      title: row.what,
      score: null,
      harm: row.nearMiss ? "near-miss" : row.harm,
      place: row.place,
      due: row.dueAt,
      dueKind: row.dueKind,
      link: `/incidents/${row.code}`,
    }));
}

/** Low scores with their words, and comments that ask for an answer. One that has opened a case is told by its case. */
async function freshComments(ctx: Context): Promise<Fresh[]> {
  const yesterday = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().subtract({ days: 1 });
  const comments = await commentsSince(ctx, yesterday.toString());
  return comments
    .filter((one) => one.incident === null && (lowScores.has(one.score) || one.wantsAnswer))
    .map((one) => ({
      kind: "comment",
      id: one.id,
      code: null,
      title: one.text,
      score: one.score,
      harm: null,
      place: one.where,
      due: commentDue(ctx, one.on),
      dueKind: "comment",
      link: "/feedback",
    }));
}

/** What came since yesterday: incidents first, and always room for what patients wrote. */
async function freshOf(ctx: Context): Promise<Fresh[]> {
  const incidents = await freshIncidents(ctx);
  const comments = await freshComments(ctx);
  const written = comments.slice(0, Math.max(freshMax - incidents.length, commentsLeast));
  return [...incidents.slice(0, freshMax - written.length), ...written];
}

async function paretoOf(ctx: Context): Promise<Home["pareto"]> {
  const from = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().subtract({ days: paretoDays });
  const counts = await typeCounts(ctx.db, from.toZonedDateTime(ctx.clinic.zone).toInstant().toString());
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const rest = counts.slice(paretoBars).reduce((sum, { count }) => sum + count, 0);
  let running = 0;
  const bars = [...counts.slice(0, paretoBars), ...(rest > 0 ? [{ type: "OTHER", count: rest }] : [])].map(
    ({ type, count }) => {
      running += count;
      return { type, count, cumulative: total === 0 ? 0 : running / total };
    },
  );
  return { from: from.toString(), total, bars };
}

/** The quality manager's morning: late, new, changed. */
export async function showHome(ctx: Context): Promise<Home> {
  const counts = await openCounts(ctx.db);
  const until = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().add({ days: 14 }).toString();
  const checks = await checksAhead(ctx.db, until);
  return {
    now: ctx.now.toString(),
    late: await lateOf(ctx),
    fresh: await freshOf(ctx),
    changed: await changedIndicators(ctx),
    indicators: (await listIndicators(ctx)).length,
    pareto: await paretoOf(ctx),
    checks: checks.map((row) => ({ on: row.check_on, code: row.code, title: row.code, owner: row.owner })),
    counts: {
      incidentsOpen: counts.incidents,
      actionsOpen: counts.actions,
      comments: counts.comments,
      tasks: (await listTasks(ctx)).tasks.length,
    },
  };
}
