import { problem } from "#core/contract/problem.ts";
import { nextCode } from "#platform/database/codes.ts";
import { startClock, workingDaysAfter } from "#platform/jobs/clocks.ts";
import type { Context } from "#platform/http/context.ts";
import { incidentReported } from "./events.ts";
import { insertIncident, insertMove } from "./queries.ts";
import { sealText } from "./show-incident.ts";
import { restrictedTypes, type Harm, type IncidentType } from "./states.ts";

/** Working days: triage 1, answer to the reporter 20. Stated severe harm or death: triage within 4 hours. */
export const clocks = {
  triageDays: 1,
  severeHours: 4,
  answerDays: 20,
  tellDays: 10,
  analysisDays: { green: 10, amber: 20 },
  redStartHours: 72,
  redEndDays: 45,
};

export type Report = {
  title: string;
  story?: string | undefined;
  doneAtOnce?: string | undefined;
  type?: IncidentType | undefined;
  nearMiss: boolean;
  harm?: Harm | undefined;
  place?: string | undefined;
  occurredAt?: string | undefined;
  mode: "named" | "confidential";
};
type Source = { type: "report" | "response" | "signal"; id: string | null; signalId: string | null };
export type NewIncident = Omit<Report, "mode"> & {
  mode: "named" | "confidential" | "anonymous";
  reporterId: string | null;
  source: Source;
  departmentId?: string | null;
  siteId?: string | null;
  dayOnly?: boolean;
};

/** Writes the incident, its first move and its clocks; undefined when its signal has opened one already. */
export async function openIncident(
  ctx: Context,
  asked: NewIncident,
): Promise<{ id: string; code: string; answerBy: string } | undefined> {
  const id = ctx.db.newId();
  const code = await nextCode(ctx.db, "INC");
  const severe = asked.harm === "severe" || asked.harm === "death";
  const made = await insertIncident(ctx.db, {
    id,
    code,
    title: (await sealText(ctx, { id, field: "title", text: asked.title })) ?? Buffer.alloc(0),
    story: await sealText(ctx, { id, field: "story", text: asked.story }),
    doneAtOnce: await sealText(ctx, { id, field: "done", text: asked.doneAtOnce }),
    place: asked.place ?? null,
    departmentId: asked.departmentId ?? null,
    siteId: asked.siteId ?? null,
    occurredAt: asked.occurredAt ?? ctx.now.toString(),
    dayOnly: asked.dayOnly ?? false,
    type: asked.type ?? null,
    nearMiss: asked.nearMiss,
    harm: asked.harm ?? null,
    mode: asked.mode,
    reporterId: asked.reporterId,
    sourceType: asked.source.type,
    sourceId: asked.source.id,
    signalId: asked.source.signalId,
    reportedAt: ctx.now.toString(),
    restricted: asked.type !== undefined && restrictedTypes.includes(asked.type),
  });
  if (!made) return undefined;
  await insertMove(ctx.db, {
    id: ctx.db.newId(),
    incidentId: id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name: "report",
    from: null,
    to: "reported",
  });
  const answerBy = workingDaysAfter(ctx.now, clocks.answerDays, ctx.clinic.zone);
  await startClock(ctx, {
    kind: "incident.triage",
    subject: "incident",
    id,
    dueAt: severe
      ? ctx.now.add({ hours: clocks.severeHours })
      : workingDaysAfter(ctx.now, clocks.triageDays, ctx.clinic.zone),
  });
  await startClock(ctx, { kind: "incident.answer", subject: "incident", id, dueAt: answerBy });
  ctx.events.add(incidentReported, { id });
  ctx.ledger.about("incident", id);
  return { id, code, answerBy: answerBy.toString() };
}

/** Reports an incident in a person's name, or with the name kept back. Throws `incident.in-future`. */
export async function reportIncident(
  ctx: Context,
  asked: Report,
): Promise<{ id: string; code: string; answerBy: string }> {
  if (
    asked.occurredAt &&
    Temporal.Instant.compare(Temporal.Instant.from(asked.occurredAt), ctx.now.add({ minutes: 5 })) > 0
  )
    throw problem("incident.in-future");
  const made = await openIncident(ctx, {
    ...asked,
    reporterId: ctx.member.id,
    source: { type: "report", id: null, signalId: null },
  });
  if (!made) throw new Error("a report has no signal to meet");
  return made;
}
