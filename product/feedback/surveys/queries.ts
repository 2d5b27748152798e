import { sql } from "kysely";
import type { Page } from "#core/contract/shapes.ts";
import type { Db } from "#platform/database/db.ts";
import { afterKey } from "#platform/database/keyset.ts";

const surveyColumns = [
  "id",
  "instrument",
  "title_uk",
  "title_en",
  "state",
  "mode",
  "delay_minutes",
  "cap_days",
  "quiet_from_hour",
  "quiet_until_hour",
  "expires_days",
  "version",
] as const;

export const surveyRows = (db: Db) =>
  db.many(db.from("feedback.survey").select(surveyColumns).orderBy("created_at").orderBy("id").limit(100));

export const surveyRow = (db: Db, id: string) =>
  db.one("survey.unknown", db.from("feedback.survey").select(surveyColumns).where("id", "=", id));

export const insertSurvey = (db: Db, row: { id: string; titleUk: string; titleEn: string; createdBy: string | null }) =>
  db.run(
    db.insert("feedback.survey").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      instrument: "FFT",
      title_uk: row.titleUk,
      title_en: row.titleEn,
      state: "live",
      mode: "anonymous",
      created_by: row.createdBy,
    }),
  );

/** 0 when the version is not the one the person saw. */
export const updateSurvey = (
  db: Db,
  id: string,
  o: {
    version: number;
    state: string;
    delayMinutes: number;
    capDays: number;
    quietFromHour: number;
    quietUntilHour: number;
  },
) =>
  db.run(
    db
      .update("feedback.survey")
      .set({
        state: o.state,
        delay_minutes: o.delayMinutes,
        cap_days: o.capDays,
        quiet_from_hour: o.quietFromHour,
        quiet_until_hour: o.quietUntilHour,
        version: sql`version + 1`,
      })
      .where("id", "=", id)
      .where("version", "=", o.version),
  );

/** Whether the patient was invited (and not held back) on or after a day. Index: invitation_patient. */
export const invitedSince = async (db: Db, patientId: string, day: string): Promise<boolean> =>
  (await db.maybe(
    db
      .from("feedback.invitation")
      .select("id")
      .where("patient_id", "=", patientId)
      .where("queued_on", ">", day)
      .where("state", "<>", "suppressed")
      .limit(1),
  )) !== null;

/** Locks a patient's invitations to the end of the transaction: two visits that end together invite once. */
export const lockPatient = (db: Db, patientId: string) =>
  db.run(sql`select pg_advisory_xact_lock(hashtextextended(${`${db.clinicId} invite ${patientId}`}, 0))`);

export const insertInvitation = (
  db: Db,
  row: {
    surveyId: string;
    visitId: string;
    patientId: string;
    state: "queued" | "suppressed";
    why: string | null;
    queuedOn: string;
    sendAfter: string | null;
    siteId: string;
    departmentId: string | null;
    serviceId: string;
  },
) =>
  db.run(
    db
      .insert("feedback.invitation")
      .values({
        clinic_id: db.clinicId ?? "",
        survey_id: row.surveyId,
        visit_id: row.visitId,
        patient_id: row.patientId,
        state: row.state,
        why: row.why,
        queued_on: row.queuedOn,
        send_after: row.sendAfter,
        site_id: row.siteId,
        department_id: row.departmentId,
        service_id: row.serviceId,
      })
      .onConflict((conflict) => conflict.columns(["clinic_id", "survey_id", "visit_id"]).doNothing()),
  );

/** Invitations whose time has come, locked; another worker's are passed over. Index: invitation_due. */
export const dueInvitations = (db: Db, now: string, limit: number) =>
  db.many(
    db
      .from("feedback.invitation")
      .select(["id", "survey_id", "visit_id", "patient_id", "site_id"])
      .where("state", "=", "queued")
      .where("send_after", "<=", now)
      .orderBy("send_after")
      .limit(limit)
      .forUpdate()
      .skipLocked(),
  );

/** Forgets a visit's invitations that have not left. Index: invitation_visit. */
export const dropWaiting = (db: Db, visitId: string) =>
  db.run(
    db.delete("feedback.invitation").where("visit_id", "=", visitId).where("state", "in", ["queued", "suppressed"]),
  );

export const setInvitation = (
  db: Db,
  id: string,
  o: { state: string; why?: string | null; sentOn?: string; expiresAt?: string; sendAfter?: string },
) =>
  db.run(
    db
      .update("feedback.invitation")
      .set({
        state: o.state,
        why: o.why ?? null,
        ...(o.sentOn === undefined ? {} : { sent_on: o.sentOn }),
        ...(o.expiresAt === undefined ? {} : { expires_at: o.expiresAt }),
        ...(o.sendAfter === undefined ? {} : { send_after: o.sendAfter }),
      })
      .where("id", "=", id),
  );

/** What the answer page shows of an invitation. */
export const invitationShown = (db: Db, id: string) =>
  db.one(
    "link.dead",
    sql<{
      survey_state: string;
      mode: string;
      title_uk: string;
      title_en: string;
      clinic: string;
      department: string | null;
      language: string | null;
    }>`select s.state as survey_state, s.mode, s.title_uk, s.title_en, c.name as clinic, d.name as department, p.language
      from feedback.invitation i
        join feedback.survey s on s.clinic_id = i.clinic_id and s.id = i.survey_id
        join clinic.fact_clinic c on c.clinic_id = i.clinic_id
        left join clinic.fact_department d on d.clinic_id = i.clinic_id and d.id = i.department_id
        left join clinic.fact_patient p on p.clinic_id = i.clinic_id and p.id = i.patient_id
      where i.clinic_id = ${db.clinicId} and i.id = ${id}`,
  );

/** The survey and the places of an invitation. */
export const invitationPlaces = (db: Db, id: string) =>
  db.one(
    "link.dead",
    sql<{ survey_id: string; site_id: string | null; department_id: string | null; survey_state: string }>`
      select i.survey_id, i.site_id, i.department_id, s.state as survey_state from feedback.invitation i
        join feedback.survey s on s.clinic_id = i.clinic_id and s.id = i.survey_id
      where i.clinic_id = ${db.clinicId} and i.id = ${id}`,
  );

/** How many were sent an invitation of these places since a day. Index: invitation_sent_day. */
export const sentSince = (
  db: Db,
  o: { surveyId: string; siteId: string | null; departmentId: string | null; day: string },
) =>
  db.one(
    "service.unexpected",
    sql<{ department: number; site: number }>`select
        count(*) filter (where department_id = ${o.departmentId}::uuid) as department, count(*) filter (where site_id = ${o.siteId}::uuid) as site
      from feedback.invitation where clinic_id = ${db.clinicId} and survey_id = ${o.surveyId} and sent_on >= ${o.day}`,
  );

export const insertResponse = (
  db: Db,
  row: {
    id: string;
    surveyId: string;
    onDate: string;
    score: number;
    comment: Buffer | null;
    contact: Buffer | null;
    trackingHash: Buffer | null;
    language: string;
    siteId: string | null;
    departmentId: string | null;
    themes: string[];
  },
) =>
  db.run(
    db.insert("feedback.response").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      survey_id: row.surveyId,
      on_date: row.onDate,
      score: row.score,
      comment: row.comment,
      wanted_answer: row.contact !== null || row.trackingHash !== null,
      contact: row.contact,
      tracking_hash: row.trackingHash,
      language: row.language,
      site_id: row.siteId,
      department_id: row.departmentId,
      themes: row.themes,
    }),
  );

const responseColumns = [
  "id",
  "survey_id",
  "on_date",
  "score",
  "comment",
  "wanted_answer",
  "site_id",
  "department_id",
  "service_id",
  "state",
  "themes",
] as const;

/** The answer, locked to the end of the transaction. */
export const lockResponse = (db: Db, id: string) =>
  db.one("response.unknown", db.from("feedback.response").select(responseColumns).where("id", "=", id).forUpdate());

/** Answers with text, newest day first, in no order within a day that tells which came when (random ids). Index: response_comments. */
export const commentsByDay = (db: Db, o: Page & { state: "new" | "all"; theme?: string | undefined }) => {
  let query = db
    .from("feedback.response")
    .select(responseColumns)
    .where("comment", "is not", null)
    .where(afterKey({ on_date: "day", id: "id" }, o.after, "desc"))
    .orderBy("on_date", "desc")
    .orderBy("id", "desc")
    .limit(o.limit + 1);
  if (o.state === "new") query = query.where("state", "=", "new");
  if (o.theme !== undefined) query = query.where(sql<boolean>`${o.theme} = any(themes)`);
  return db.many(query);
};

export const newComments = async (db: Db): Promise<number> =>
  (
    await db.one(
      "service.unexpected",
      sql<{ n: number }>`select count(*) as n from (select 1 from feedback.response where clinic_id = ${db.clinicId}
        and comment is not null and state = 'new' limit 1000) as found`,
    )
  ).n;

export const setResponse = (db: Db, id: string, o: { state: string; why: string | null }) =>
  db.run(db.update("feedback.response").set({ state: o.state, hidden_why: o.why }).where("id", "=", id));

/** Codes of the incidents that answers opened. */
export const incidentsOfResponses = (db: Db, ids: readonly string[]) =>
  db.many(
    sql<{ id: string; code: string }>`select s.subject_id as id, i.code from control.fact_signal s
      join control.fact_incident i on i.clinic_id = s.clinic_id and i.id = s.case_id
      where s.clinic_id = ${db.clinicId} and s.rule = 'D17' and s.key = any(${[...ids]}::text[]) and s.case_type = 'incident'`,
  );

/** Codes of the actions that were proposed from answers, oldest first. Index: action_source. */
export const actionsOfResponses = (db: Db, ids: readonly string[]) =>
  db.many(
    sql<{ id: string; code: string }>`select source_id as id, code from control.fact_action
      where clinic_id = ${db.clinicId} and source_type = 'response' and source_id = any(${[...ids]}::uuid[]) order by created_at, id`,
  );

/** Sent invitations after an id, a batch of them. Index: invitation_sent. */
export const sentInvitations = (db: Db, after: string, limit: number) =>
  db.many(
    db
      .from("feedback.invitation")
      .select("id")
      .where("state", "=", "sent")
      .where("id", ">", after)
      .orderBy("id")
      .limit(limit),
  );

/** Somebody answered; who answered what stands nowhere. */
export const closeInvitations = (db: Db, ids: readonly string[]) =>
  db.run(
    sql`update feedback.invitation set state = 'closed' where clinic_id = ${db.clinicId} and state = 'sent' and id = any(${[...ids]}::uuid[])`,
  );

export const expireInvitations = (db: Db, now: string) =>
  db.run(
    sql`update feedback.invitation set state = 'expired' where clinic_id = ${db.clinicId} and state = 'sent' and expires_at <= ${now}`,
  );

export const clinicName = async (db: Db): Promise<string> =>
  (
    await db.one(
      "clinic.unknown",
      sql<{ name: string }>`select name from clinic.fact_clinic where clinic_id = ${db.clinicId}`,
    )
  ).name;
