import { sql } from "kysely";
import type { Db } from "#platform/database/db.ts";

export type ServiceName = {
  id: string;
  code: string;
  nameUk: string;
  nameEn: string | null;
  departmentId: string | null;
  siteId: string | null;
};

/** All services that somebody may name, with where they belong. A clinic has tens of them, at most some hundreds. */
export const servicesByName = (db: Db): Promise<ServiceName[]> =>
  db.many(
    sql<ServiceName>`select s.id, s.code, s.name_uk as "nameUk", s.name_en as "nameEn", s.department_id as "departmentId", d.site_id as "siteId"
      from clinic.service s left join clinic.fact_department d on d.clinic_id = s.clinic_id and d.id = s.department_id
      where s.clinic_id = ${db.clinicId} order by s.code limit 5000`,
  );

/** Services offered now, by code. Index: service_clinic_id_code_key. */
export const offeredServices = (db: Db, limit: number) =>
  db.many(
    sql<ServiceName & { minutes: number; department: string | null }>`
      select s.id, s.code, s.name_uk as "nameUk", s.name_en as "nameEn", s.minutes, s.department_id as "departmentId", d.name as department, d.site_id as "siteId"
      from clinic.service s left join clinic.fact_department d on d.clinic_id = s.clinic_id and d.id = s.department_id
      where s.clinic_id = ${db.clinicId} and s.retired_at is null order by s.code limit ${limit}`,
  );

/** A service known by its name alone, as another system's table tells of it. */
export const insertService = (db: Db, row: { id: string; code: string; name: string }) =>
  db.run(
    db.insert("clinic.service").values({ clinic_id: db.clinicId ?? "", id: row.id, code: row.code, name_uk: row.name }),
  );
