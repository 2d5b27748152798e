import { sql } from "kysely";
import { problem } from "#core/contract/problem.ts";
import type { Page } from "#core/contract/shapes.ts";
import { builder, type Db } from "#platform/database/db.ts";
import { afterKey } from "#platform/database/keyset.ts";

const columns = [
  "id",
  "code",
  "state",
  "class",
  "title",
  "story",
  "done_at_once",
  "place",
  "site_id",
  "department_id",
  "occurred_at",
  "day_only",
  "type",
  "subtype",
  "near_miss",
  "actual_harm",
  "potential_harm",
  "likelihood",
  "level",
  "tell_patient",
  "tell_patient_why",
  "patient_told_at",
  "lead_id",
  "reporter_mode",
  "reporter_id",
  "source_type",
  "source_id",
  "signal_id",
  "reported_at",
  "triaged_at",
  "analysed_at",
  "answered_at",
  "closed_at",
  "no_analysis_why",
  "no_action_why",
  "conclusion",
  "lesson",
  "merged_into",
  "version",
] as const;

/** Whoever may see restricted ones: by right, as its reporter or lead, or named in it. The class is a wall, not a filter of the list. */
const visible = (o: Seer) =>
  o.restricted
    ? sql<boolean>`true`
    : sql<boolean>`(class = 'normal' or reporter_id = ${o.memberId} or lead_id = ${o.memberId} or exists (select from control.incident_person p
        where p.clinic_id = incident.clinic_id and p.incident_id = incident.id and p.member_id = ${o.memberId}))`;
export type Seer = { memberId: string | null; restricted: boolean };

/** Of these incidents those that are not for everybody, each with whom it names. */
export const namedIn = (db: Db, ids: readonly string[]) =>
  db.many(sql<{ id: string; members: string[] }>`
    select i.id, array_remove(array[i.reporter_id, i.lead_id], null) || coalesce((select array_agg(p.member_id) from control.incident_person p
      where p.clinic_id = i.clinic_id and p.incident_id = i.id), '{}') as members
    from control.incident i where i.clinic_id = ${db.clinicId} and i.id = any(${[...ids]}::uuid[]) and i.class <> 'normal'`);

export const incidentByCode = (db: Db, code: string, seer: Seer) =>
  db.one("incident.unknown", db.from("control.incident").select(columns).where("code", "=", code).where(visible(seer)));
/** Locked to the end of the transaction. Throws `incident.unknown`. */
export const lockIncident = (db: Db, code: string, seer: Seer) =>
  db.one(
    "incident.unknown",
    db.from("control.incident").select(columns).where("code", "=", code).where(visible(seer)).forUpdate(),
  );
export type IncidentData = Awaited<ReturnType<typeof incidentByCode>>;

export type ListAsked = Page & {
  state: "all" | "open" | "mine" | "overdue" | "unanswered";
  type?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};
const ended = ["closed", "merged", "rejected"];

/** The register, newest first. Index: incident_time; open ones incident_open. */
export function incidentsByTime(
  db: Db,
  asked: ListAsked,
  o: { seer: Seer; now: string; from: string | null; to: string | null },
) {
  let query = db.from("control.incident").select(columns).where(visible(o.seer));
  if (asked.state !== "all") query = query.where("state", "not in", ended);
  if (asked.state === "mine")
    query = query.where((e) => e.or([e("lead_id", "=", o.seer.memberId), e("reporter_id", "=", o.seer.memberId)]));
  if (asked.state === "unanswered") query = query.where("answered_at", "is", null);
  if (asked.state === "overdue") query = query.where(overdue(o.now));
  if (asked.type) query = query.where("type", "=", asked.type);
  if (o.from) query = query.where("reported_at", ">=", o.from);
  if (o.to) query = query.where("reported_at", "<", o.to);
  return db.many(
    query
      .where(afterKey({ reported_at: "instant", id: "id" }, asked.after, "desc"))
      .orderBy("reported_at", "desc")
      .orderBy("id", "desc")
      .limit(asked.limit + 1),
  );
}

const overdue = (now: string) =>
  sql<boolean>`exists (select from platform.fact_clock k where k.clinic_id = incident.clinic_id and k.subject_type = 'incident' and k.subject_id = incident.id and k.stopped_at is null and k.due_at < ${now}::timestamptz)`;

/** Counts of the register's tabs in one pass over open rows and a count of all. */
export const registerCounts = (db: Db, seer: Seer, now: string) =>
  db.one(
    "incident.unknown",
    sql<{ all: number; open: number; mine: number; overdue: number; unanswered: number; hidden: number }>`
      select count(*) filter (where ${visible(seer)})::int as all,
        count(*) filter (where ${visible(seer)} and state not in ('closed', 'merged', 'rejected'))::int as open,
        count(*) filter (where state not in ('closed', 'merged', 'rejected') and (lead_id = ${seer.memberId} or reporter_id = ${seer.memberId}))::int as mine,
        count(*) filter (where ${visible(seer)} and state not in ('closed', 'merged', 'rejected') and ${overdue(now)})::int as overdue,
        count(*) filter (where ${visible(seer)} and state not in ('closed', 'merged', 'rejected') and answered_at is null)::int as unanswered,
        count(*) filter (where (${visible(seer)}) is not true)::int as hidden
      from control.incident where clinic_id = ${db.clinicId}`,
  );

type Insert = {
  id: string;
  code: string;
  title: Buffer;
  story: Buffer | null;
  doneAtOnce: Buffer | null;
  place: string | null;
  departmentId?: string | null;
  siteId?: string | null;
  occurredAt: string | null;
  dayOnly: boolean;
  type: string | null;
  nearMiss: boolean;
  harm: string | null;
  mode: "named" | "confidential" | "anonymous";
  reporterId: string | null;
  sourceType: string;
  sourceId: string | null;
  signalId: string | null;
  reportedAt: string;
  restricted: boolean;
};
/** Null when the signal has opened its case already. */
export const insertIncident = (db: Db, row: Insert) =>
  db.maybe(
    db
      .insert("control.incident")
      .values({
        clinic_id: db.clinicId ?? "",
        id: row.id,
        code: row.code,
        title: row.title,
        story: row.story,
        done_at_once: row.doneAtOnce,
        place: row.place,
        site_id: row.siteId ?? null,
        department_id: row.departmentId ?? null,
        occurred_at: row.occurredAt,
        day_only: row.dayOnly,
        type: row.type,
        near_miss: row.nearMiss,
        actual_harm: row.harm,
        reporter_mode: row.mode,
        reporter_id: row.reporterId,
        source_type: row.sourceType,
        source_id: row.sourceId,
        signal_id: row.signalId,
        reported_at: row.reportedAt,
        class: row.restricted ? "restricted" : "normal",
        created_by: row.reporterId,
      })
      .onConflict((conflict) => conflict.columns(["clinic_id", "signal_id"]).doNothing())
      .returning("id"),
  );

export type Change = Partial<{
  state: string;
  class: string;
  type: string;
  subtype: string | null;
  near_miss: boolean;
  actual_harm: string;
  potential_harm: string;
  likelihood: string;
  level: string;
  tell_patient: string;
  tell_patient_why: Buffer | null;
  patient_told_at: string | null;
  lead_id: string | null;
  triaged_at: string | null;
  analysed_at: string | null;
  answered_at: string | null;
  closed_at: string | null;
  no_analysis_why: Buffer | null;
  no_action_why: Buffer | null;
  conclusion: Buffer | null;
  reject_reason: string | null;
  lesson: Buffer | null;
  merged_into: string | null;
}>;
/** Writes only from the state and version that was read. Throws `incident.moved-meanwhile`. */
export async function changeIncident(
  db: Db,
  row: { id: string; state: string; version: number },
  change: Change,
): Promise<void> {
  const changed = await db.run(
    db
      .update("control.incident")
      .set({ ...change, version: row.version + 1 })
      .where("id", "=", row.id)
      .where("state", "=", row.state)
      .where("version", "=", row.version),
  );
  if (changed === 0) throw problem("incident.moved-meanwhile");
}

export const insertMove = (
  db: Db,
  row: {
    id: string;
    incidentId: string;
    at: string;
    memberId: string | null;
    name: string;
    from: string | null;
    to: string;
    reason?: Buffer | null;
    undoOf?: string | null;
  },
) =>
  db.run(
    db.insert("control.incident_move").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      incident_id: row.incidentId,
      at: row.at,
      member_id: row.memberId,
      name: row.name,
      from_state: row.from,
      to_state: row.to,
      reason: row.reason ?? null,
      undo_of: row.undoOf ?? null,
    }),
  );
export const movesOfIncident = (db: Db, id: string) =>
  db.many(
    db
      .from("control.incident_move")
      .select(["id", "at", "member_id", "name", "from_state", "to_state", "reason", "undo_of"])
      .where("incident_id", "=", id)
      .orderBy("at")
      .orderBy("id")
      .limit(300),
  );

export const factorsOf = (db: Db, id: string) =>
  db.many(
    db
      .from("control.incident_factor")
      .select(["id", "parent_id", "position", "text", "factor"])
      .where("incident_id", "=", id)
      .where("removed_at", "is", null)
      .orderBy("position")
      .limit(100),
  );
export const insertFactor = (
  db: Db,
  row: {
    id: string;
    incidentId: string;
    parentId: string | null;
    position: number;
    text: Buffer;
    factor: string | null;
    memberId: string | null;
  },
) =>
  db.run(
    db.insert("control.incident_factor").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      incident_id: row.incidentId,
      parent_id: row.parentId,
      position: row.position,
      text: row.text,
      factor: row.factor,
      member_id: row.memberId,
    }),
  );
export const removeFactorRow = (db: Db, incidentId: string, id: string, at: string) =>
  db.run(
    db
      .update("control.incident_factor")
      .set({ removed_at: at })
      .where("incident_id", "=", incidentId)
      .where("id", "=", id)
      .where("removed_at", "is", null),
  );

export const linesOf = (db: Db, id: string) =>
  db.many(
    db
      .from("control.incident_line")
      .select(["id", "happened_at", "text"])
      .where("incident_id", "=", id)
      .orderBy("happened_at")
      .orderBy("id")
      .limit(200),
  );
export const insertLine = (
  db: Db,
  row: { id: string; incidentId: string; happenedAt: string; text: Buffer; memberId: string | null },
) =>
  db.run(
    db.insert("control.incident_line").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      incident_id: row.incidentId,
      happened_at: row.happenedAt,
      text: row.text,
      member_id: row.memberId,
    }),
  );

export const answersOf = (db: Db, id: string) =>
  db.many(
    db
      .from("control.incident_answer")
      .select(["id", "at", "text", "member_id"])
      .where("incident_id", "=", id)
      .orderBy("at")
      .limit(50),
  );
export const insertAnswer = (
  db: Db,
  row: { id: string; incidentId: string; text: Buffer; toWhom: string; memberId: string | null; at: string },
) =>
  db.run(
    db.insert("control.incident_answer").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      incident_id: row.incidentId,
      text: row.text,
      to_whom: row.toWhom,
      member_id: row.memberId,
      at: row.at,
    }),
  );

export const peopleOf = (db: Db, id: string) =>
  db.many(db.from("control.incident_person").select(["member_id", "role"]).where("incident_id", "=", id).limit(50));
export const setTeam = async (db: Db, incidentId: string, team: readonly string[]): Promise<void> => {
  await db.run(db.delete("control.incident_person").where("incident_id", "=", incidentId).where("role", "=", "team"));
  for (const memberId of new Set(team))
    await db.run(
      builder
        .insertInto("control.incident_person")
        .values({ clinic_id: db.clinicId ?? "", incident_id: incidentId, member_id: memberId, role: "team" })
        .onConflict((conflict) => conflict.doNothing()),
    );
};

export const departmentNames = (db: Db, ids: readonly string[]) =>
  db.many(
    sql<{
      id: string;
      name: string;
    }>`select id, name from clinic.fact_department where clinic_id = ${db.clinicId} and id = any(${[...ids]}::uuid[])`,
  );
export const codesOf = (db: Db, ids: readonly string[]) =>
  db.many(
    db
      .from("control.incident")
      .select(["id", "code"])
      .where((e) => e("id", "=", e.fn.any(e.val([...ids])))),
  );
