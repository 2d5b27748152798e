import { sql } from "kysely";
import type { Db } from "#platform/database/db.ts";

/** Due times of running clocks of one kind up to a week ahead. Index: clock_due. */
export const clockDues = (db: Db, until: string) =>
  db.many(
    sql<{
      kind: string;
      due_at: string;
    }>`select kind, due_at from platform.fact_clock where clinic_id = ${db.clinicId} and stopped_at is null and due_at < ${until}::timestamptz order by due_at limit 2000`,
  );

export const typeCounts = (db: Db, from: string) =>
  db.many(
    sql<{
      type: string;
      count: number;
    }>`select coalesce(type, 'OTH') as type, count(*)::int as count from control.fact_incident where clinic_id = ${db.clinicId} and reported_at >= ${from}::timestamptz and state not in ('merged', 'rejected') group by 1 order by 2 desc`,
  );

export const checksAhead = (db: Db, until: string) =>
  db.many(sql<{
    code: string;
    id: string;
    check_on: string;
    owner: string | null;
  }>`select a.code, a.id, a.check_on, m.name as owner from control.fact_action a left join clinic.fact_member m on m.clinic_id = a.clinic_id and m.id = a.owner_id
    where a.clinic_id = ${db.clinicId} and a.state = 'checking' and a.check_on <= ${until}::date order by a.check_on limit 6`);

export const commentDues = (db: Db) =>
  db.many(
    sql<{
      on_date: string;
    }>`select on_date from feedback.fact_response where clinic_id = ${db.clinicId} and has_comment and state = 'new' and source <> 'import' limit 500`,
  );

export const openCounts = (db: Db) =>
  db.one(
    "service.unexpected",
    sql<{ incidents: number; actions: number; comments: number }>`select
    (select count(*)::int from control.fact_incident where clinic_id = ${db.clinicId} and class = 'normal' and state not in ('closed', 'merged', 'rejected')) as incidents,
    (select count(*)::int from control.fact_action where clinic_id = ${db.clinicId} and state in ('new', 'planned', 'doing', 'checking')) as actions,
    (select count(*)::int from feedback.fact_response where clinic_id = ${db.clinicId} and has_comment and state = 'new' and source <> 'import') as comments`,
  );
