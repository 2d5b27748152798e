import { sql } from "kysely";
import type { Db } from "#platform/database/db.ts";

export type NewResponse = {
  id: string;
  key: Buffer;
  day: string;
  score: number;
  comment: Buffer | null;
  themes: readonly string[];
  serviceId: string;
  departmentId: string | null;
  siteId: string | null;
};

/** Inserts answers of a table in one statement; rows whose key stands already are passed over. Gives how many were new. */
export const insertImported = (db: Db, o: { surveyId: string; runId: string; rows: readonly NewResponse[] }) => {
  const column = <T>(pick: (row: NewResponse) => T): T[] => o.rows.map(pick);
  return db.run(sql`insert into feedback.response (clinic_id, survey_id, source, import_run_id, id, import_key, on_date, score, comment, service_id, department_id, site_id, themes)
    select ${db.clinicId}::uuid, ${o.surveyId}::uuid, 'import', ${o.runId}::uuid, r.id, r.key, r.day, r.score, r.comment, r.service, r.department, r.site,
      string_to_array(r.themes, ',') from unnest(${column(({ id }) => id)}::uuid[], ${column(({ key }) => key)}::bytea[],
      ${column(({ day }) => day)}::date[], ${column(({ score }) => score)}::int[], ${column(({ comment }) => comment)}::bytea[],
      ${column(({ serviceId }) => serviceId)}::uuid[], ${column(({ departmentId }) => departmentId)}::uuid[], ${column(({ siteId }) => siteId)}::uuid[],
      ${column(({ themes }) => themes.join(","))}::text[]) as r(id, key, day, score, comment, service, department, site, themes)
    on conflict (clinic_id, import_key) do nothing`);
};

/** How many of these keys stand already. */
export const knownKeys = async (db: Db, keys: readonly Buffer[]): Promise<number> =>
  (
    await db.one(
      "service.unexpected",
      sql<{
        n: number;
      }>`select count(*) as n from feedback.response where clinic_id = ${db.clinicId} and import_key = any(${[...keys]}::bytea[])`,
    )
  ).n;

/** Index: response_run. */
export const deleteOfRun = (db: Db, runId: string) =>
  db.run(db.delete("feedback.response").where("import_run_id", "=", runId));
