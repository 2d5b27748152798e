import { problem } from "#core/contract/problem.ts";
import type { QueryOf, ReplyGiven } from "#core/contract/route.ts";
import { pageOfRows } from "#platform/database/keyset.ts";
import { memberId, type Context } from "#platform/http/context.ts";
import { patientNames } from "#product/clinic/patients/index.ts";
import type * as contract from "./contract.ts";
import { diagnosesOf, proceduresOf, setSurveyFlag, visitByCode, visitsByTime, type VisitRecord } from "./queries.ts";

export type Row = ReplyGiven<typeof contract.finishVisit>;

const states = ["open", "draft", "signed", "amended", "voided"] as const;

/** Whether a letter was answered is shown to nobody: closed and expired invitations read as sent ones. */
function invitationWord(state: string | null): Row["invitation"] {
  if (state === null) return "none";
  if (state === "queued" || state === "suppressed") return state;
  return "sent";
}

async function shown(ctx: Context, rows: readonly VisitRecord[]): Promise<Row[]> {
  const names = await patientNames(
    ctx,
    rows.map(({ patient_id }) => patient_id),
  );
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    state: states.find((state) => state === row.state) ?? "open",
    patient: names.get(row.patient_id) ?? { id: row.patient_id, name: "", code: "" },
    member: { id: row.member_id, name: row.member },
    service: row.service,
    department: row.department,
    neverSurvey: row.never_survey,
    source: row.source === "import" ? "import" : "native",
    invitation: invitationWord(row.invitation),
  }));
}

/** One visit as a list shows it. Throws `visit.unknown`. */
export async function showVisit(ctx: Context, code: string): Promise<Row> {
  const [row] = await shown(ctx, [await visitByCode(ctx.db, code)]);
  if (!row) throw problem("visit.unknown");
  return row;
}

/** Visits of the clinic or of the person who asks, newest first. A day is the clinic's own. */
export async function listVisits(
  ctx: Context,
  query: QueryOf<typeof contract.listVisits>,
): Promise<ReplyGiven<typeof contract.listVisits>> {
  const start = query.day
    ? Temporal.PlainDate.from(query.day).toZonedDateTime({ timeZone: ctx.clinic.zone })
    : undefined;
  const rows = await visitsByTime(ctx.db, {
    after: query.after,
    limit: query.limit,
    state: query.state,
    member: query.mine ? memberId(ctx) : null,
    from: start?.toInstant().toString() ?? null,
    until: start?.add({ days: 1 }).toInstant().toString() ?? null,
  });
  const { items, next } = pageOfRows(rows, query.limit, (row) => [row.started_at, row.id]);
  return { items: await shown(ctx, items), ...(next ? { next } : {}) };
}

/** One visit with its diagnoses and procedures. Throws `visit.unknown`. */
export async function readVisit(ctx: Context, code: string): Promise<ReplyGiven<typeof contract.readVisit>> {
  const record = await visitByCode(ctx.db, code);
  // one flight for all three: they need nothing of each other
  const [[row], diagnoses, procedures] = await Promise.all([
    shown(ctx, [record]),
    diagnosesOf(ctx.db, record.id),
    proceduresOf(ctx.db, record.id),
  ]);
  if (!row) throw problem("visit.unknown");
  return {
    ...row,
    version: record.version,
    diagnoses: diagnoses.map(({ code: of, system, title, outside_visit }) => ({
      code: of,
      system,
      title,
      outsideVisit: outside_visit,
    })),
    procedures: procedures.map(({ code: of, title, started_at, outside_visit }) => ({
      code: of,
      title,
      startedAt: started_at,
      outsideVisit: outside_visit,
    })),
  };
}

/** "Do not survey" for one visit: after a loss, a death, a first cancer diagnosis. Throws `visit.unknown`. */
export async function setNeverSurvey(ctx: Context, code: string, never: boolean): Promise<Row> {
  const { id } = await visitByCode(ctx.db, code);
  await setSurveyFlag(ctx.db, id, never);
  return showVisit(ctx, code);
}
