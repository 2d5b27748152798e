import { sql } from "kysely";
import type { Db } from "#platform/database/db.ts";

/** One cell of the counts everything is summed from: a month, a place, a score. */
export type Cell = {
  month: string;
  site_id: string | null;
  department_id: string | null;
  service_id: string | null;
  score: number;
  n: number;
  by_link: number;
  with_text: number;
};

/** Counts of a year by month, place and score up to a day; link answers of that day and later are left out. Index: response_day. */
export const yearCells = (
  db: Db,
  o: { surveyId: string; from: string; until: string; linkUntil: string },
): Promise<Cell[]> =>
  db.many(
    sql<Cell>`select to_char(r.on_date, 'YYYY-MM') as month, coalesce(r.site_id, d.site_id) as site_id, r.department_id, r.service_id, r.score,
        count(*) as n, count(*) filter (where r.source <> 'import') as by_link, count(*) filter (where r.comment is not null) as with_text
      from feedback.response r left join clinic.fact_department d on d.clinic_id = r.clinic_id and d.id = r.department_id
      where r.clinic_id = ${db.clinicId} and r.survey_id = ${o.surveyId} and r.on_date >= ${o.from} and r.on_date <= ${o.until}
        and (r.source = 'import' or r.on_date < ${o.linkUntil})
      group by 1, 2, 3, 4, 5`,
  );

/** Months that hold answers, newest first. Index: response_day. */
export const monthsWithAnswers = (db: Db, surveyId: string, linkUntil: string) =>
  db.many(
    sql<{ month: string }>`select distinct to_char(on_date, 'YYYY-MM') as month from feedback.response
      where clinic_id = ${db.clinicId} and survey_id = ${surveyId} and (source = 'import' or on_date < ${linkUntil}) order by 1 desc limit 240`,
  );

/** Invitations that left between two days. Index: invitation_sent_day. */
export const deliveredBetween = async (db: Db, o: { surveyId: string; from: string; until: string }): Promise<number> =>
  (
    await db.one(
      "service.unexpected",
      sql<{
        n: number;
      }>`select count(*) as n from feedback.invitation where clinic_id = ${db.clinicId} and survey_id = ${o.surveyId}
        and sent_on >= ${o.from} and sent_on <= ${o.until} and state <> 'bounced'`,
    )
  ).n;

/** The whole clinic's weeks (Monday first) from a day on. Index: response_day. */
export const weekCells = (db: Db, o: { surveyId: string; from: string; linkUntil: string }) =>
  db.many(
    sql<{ week: string; positive: number; n: number }>`select date_trunc('week', on_date)::date as week,
        count(*) filter (where score <= 2) as positive, count(*) as n
      from feedback.response where clinic_id = ${db.clinicId} and survey_id = ${o.surveyId} and on_date >= ${o.from} and score <= 6
        and (source = 'import' or on_date < ${o.linkUntil}) group by 1 order by 1`,
  );

type Between = { surveyId: string; from: string; until: string; linkUntil: string };
const textsOf = (db: Db, o: Between) => sql`from feedback.response r
  where r.clinic_id = ${db.clinicId} and r.survey_id = ${o.surveyId} and r.on_date >= ${o.from} and r.on_date <= ${o.until}
    and r.comment is not null and r.state <> 'hidden' and (r.source = 'import' or r.on_date < ${o.linkUntil})`;

/** How many wrote something between two days. Index: response_comments. */
export const textsBetween = async (db: Db, o: Between): Promise<number> =>
  (await db.one("service.unexpected", sql<{ n: number }>`select count(*) as n ${textsOf(db, o)}`)).n;

/** Texts by theme between two days: how many of who was content, and of who was not. Index: response_comments. */
export const themeCounts = (db: Db, o: Between) =>
  db.many(
    sql<{ theme: string; praise: number; asks: number }>`select t.theme, count(*) filter (where t.score <= 2) as praise,
        count(*) filter (where t.score between 3 and 5) as asks
      from (select unnest(r.themes) as theme, r.score ${textsOf(db, o)}) t group by 1`,
  );

export type Place = { id: string; name: string; parent: string | null };

/** Names of all places of the tree. */
export async function placeNames(db: Db): Promise<{ sites: Place[]; departments: Place[]; services: Place[] }> {
  const clinic = db.clinicId;
  return {
    sites: await db.many(
      sql<Place>`select id, name, null as parent from clinic.fact_site where clinic_id = ${clinic} order by name, id`,
    ),
    departments: await db.many(
      sql<Place>`select id, name, site_id as parent from clinic.fact_department where clinic_id = ${clinic} order by name, id`,
    ),
    services: await db.many(
      sql<Place>`select id, name_uk as name, department_id as parent from clinic.fact_service where clinic_id = ${clinic} order by name_uk, id`,
    ),
  };
}
