import { sql } from "kysely";
import type { Page } from "#core/contract/shapes.ts";
import type { Db } from "#platform/database/db.ts";
import { afterKey } from "#platform/database/keyset.ts";

export type VisitRecord = {
  id: string;
  code: string;
  started_at: string;
  ended_at: string | null;
  state: string;
  patient_id: string;
  member_id: string;
  member: string;
  service: string;
  department: string | null;
  never_survey: boolean;
  source: string;
  version: number;
  invitation: string | null;
};

/** A visit with the names a list shows; the patient's are sealed and opened by the caller. */
const visitRecord = (db: Db) => sql`
  select v.id, v.code, v.started_at, v.ended_at, v.state, v.patient_id, v.member_id, m.name as member, s.name_uk as service,
    d.name as department, v.never_survey, v.source, v.version,
    (select i.state from feedback.fact_invitation i where i.clinic_id = v.clinic_id and i.visit_id = v.id
      order by i.state in ('queued', 'suppressed') limit 1) as invitation
  from clinic.visit v
    join clinic.fact_member m on m.clinic_id = v.clinic_id and m.id = v.member_id
    join clinic.fact_service s on s.clinic_id = v.clinic_id and s.id = v.service_id
    left join clinic.fact_department d on d.clinic_id = v.clinic_id and d.id = v.department_id
  where v.clinic_id = ${db.clinicId}`;

/** Visits, newest first, one page after `after`. Index: visit_started; with `member`: visit_member. */
export const visitsByTime = (
  db: Db,
  o: Page & { from: string | null; until: string | null; state: "all" | "open" | "finished"; member: string | null },
): Promise<VisitRecord[]> => {
  const conditions = [
    sql<boolean>`v.state <> 'voided'`,
    afterKey({ "v.started_at": "instant", "v.id": "id" }, o.after, "desc"),
    ...(o.from ? [sql<boolean>`v.started_at >= ${o.from}`] : []),
    ...(o.until ? [sql<boolean>`v.started_at < ${o.until}`] : []),
    ...(o.member ? [sql<boolean>`v.member_id = ${o.member}`] : []),
    ...(o.state === "all"
      ? []
      : [o.state === "open" ? sql<boolean>`v.ended_at is null` : sql<boolean>`v.ended_at is not null`]),
  ];
  return db.many(
    sql<VisitRecord>`${visitRecord(db)} and ${sql.join(conditions, sql` and `)} order by v.started_at desc, v.id desc limit ${o.limit + 1}`,
  );
};

export const visitByCode = (db: Db, code: string): Promise<VisitRecord> =>
  db.one("visit.unknown", sql<VisitRecord>`${visitRecord(db)} and v.code = ${code}`);

/** What a survey needs to know of a visit. */
export const visitFacts = (db: Db, id: string) =>
  db.one(
    "visit.unknown",
    sql<{
      patient_id: string;
      site_id: string;
      department_id: string | null;
      service_id: string;
      ended_at: string | null;
      never_survey: boolean;
      service_never: boolean;
      source: string;
    }>`select v.patient_id, v.site_id, v.department_id, v.service_id, v.ended_at, v.never_survey, s.never_survey as service_never, v.source
      from clinic.visit v join clinic.fact_service s on s.clinic_id = v.clinic_id and s.id = v.service_id
      where v.clinic_id = ${db.clinicId} and v.id = ${id}`,
  );

export const diagnosesOf = (db: Db, visitId: string) =>
  db.many(
    db
      .from("clinic.diagnosis")
      .select(["code", "system", "title", "outside_visit"])
      .where("visit_id", "=", visitId)
      .orderBy("id")
      .limit(200),
  );

export const proceduresOf = (db: Db, visitId: string) =>
  db.many(
    db
      .from("clinic.procedure")
      .select(["code", "title", "started_at", "outside_visit"])
      .where("visit_id", "=", visitId)
      .orderBy("started_at")
      .limit(200),
  );

/** Whether the rows a visit points to are all of this clinic: the first that is not names the problem. */
export const pointsTo = (db: Db, o: { patientId: string; memberId: string; serviceId: string; siteId: string }) =>
  db.one(
    "service.unexpected",
    sql<{ patient: boolean; member: boolean; site: boolean; service: boolean; department: string | null }>`select
      exists (select 1 from clinic.fact_patient where clinic_id = ${db.clinicId} and id = ${o.patientId} and merged_into_id is null) as patient,
      exists (select 1 from clinic.fact_member where clinic_id = ${db.clinicId} and id = ${o.memberId}) as member,
      exists (select 1 from clinic.fact_site where clinic_id = ${db.clinicId} and id = ${o.siteId}) as site,
      exists (select 1 from clinic.fact_service where clinic_id = ${db.clinicId} and id = ${o.serviceId}) as service,
      (select department_id from clinic.fact_service where clinic_id = ${db.clinicId} and id = ${o.serviceId}) as department`,
  );

export const insertVisit = (
  db: Db,
  row: {
    id: string;
    code: string;
    patientId: string;
    memberId: string;
    serviceId: string;
    siteId: string;
    departmentId: string | null;
    kind: "first" | "repeat" | "remote" | "home" | "procedure";
    startedAt: string;
    createdBy: string | null;
  },
) =>
  db.run(
    db.insert("clinic.visit").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      code: row.code,
      patient_id: row.patientId,
      member_id: row.memberId,
      service_id: row.serviceId,
      site_id: row.siteId,
      department_id: row.departmentId,
      kind: row.kind,
      started_at: row.startedAt,
      created_by: row.createdBy,
    }),
  );

/** Ends a visit; 0 when it has ended already. */
export const endVisit = (db: Db, id: string, at: string) =>
  db.run(
    db
      .update("clinic.visit")
      .set({ ended_at: sql`greatest(${at}::timestamptz, started_at)`, version: sql`version + 1` })
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .where("state", "<>", "voided"),
  );

/** Opens a visit again; 0 when it runs, or its state lets nobody change it. */
export const reopenEnded = (db: Db, id: string) =>
  db.run(
    db
      .update("clinic.visit")
      .set({ ended_at: null, version: sql`version + 1` })
      .where("id", "=", id)
      .where("ended_at", "is not", null)
      .where("source", "=", "native")
      .where("state", "in", ["open", "draft"]),
  );

/** Makes a visit void that has not ended; 0 when it has. */
export const voidOpened = (db: Db, id: string) =>
  db.run(
    db
      .update("clinic.visit")
      .set({ state: "voided", version: sql`version + 1` })
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .where("state", "=", "open"),
  );

type VisitMove = { id: string; visitId: string; at: string; memberId: string | null; name: string };
export const insertVisitMove = (db: Db, row: VisitMove & { reason: Buffer | null }) =>
  db.run(
    db.insert("clinic.visit_move").values({
      clinic_id: db.clinicId ?? "",
      id: row.id,
      visit_id: row.visitId,
      at: row.at,
      member_id: row.memberId,
      name: row.name,
      reason: row.reason,
    }),
  );

/** The last step of a visit, or null for one that came with an import. Index: visit_move_visit. */
export const lastVisitMove = (db: Db, visitId: string) =>
  db.maybe(
    db
      .from("clinic.visit_move")
      .select(["at", "member_id", "name"])
      .where("visit_id", "=", visitId)
      .orderBy("at", "desc")
      .orderBy("id", "desc")
      .limit(1),
  );

export const setSurveyFlag = (db: Db, id: string, never: boolean) =>
  db.run(
    db
      .update("clinic.visit")
      .set({ never_survey: never, version: sql`version + 1` })
      .where("id", "=", id),
  );
