import { sql } from "kysely";
import { problem } from "#core/contract/problem.ts";
import type { Db } from "#platform/database/db.ts";

export type WeekRow = { week: string; x: number; n: number };

/** Weeks of FFT answers: positive ones and all of 1–6. Index: response_day, by the survey's answers. */
export const weeksOfAnswers = (db: Db, from: string) =>
  db.many(
    sql<WeekRow>`select date_trunc('week', on_date)::date as week, count(*) filter (where score <= 2)::int as x, count(*) filter (where score <= 6)::int as n
      from feedback.fact_response where clinic_id = ${db.clinicId} and instrument = 'FFT' and on_date >= ${from}::date group by 1 order by 1`,
  );

/** Days with low scores and how many each. */
export const lowScoreDays = (db: Db, from: string) =>
  db.many(
    sql<{ day: string; count: number }>`select on_date as day, count(*)::int as count
      from feedback.fact_response where clinic_id = ${db.clinicId} and instrument = 'FFT' and score in (4, 5) and on_date >= ${from}::date group by 1 order by 1`,
  );

/** Answers of one week with the department where its group is large enough: what the drill shows. */
export const answersOfWeek = (db: Db, from: string, until: string) =>
  db.many(
    sql<{
      on_date: string;
      score: number;
      department: string | null;
      size: number;
    }>`select r.on_date, r.score, d.name as department, (count(*) over (partition by r.department_id))::int as size
      from feedback.fact_response r left join clinic.fact_department d on d.clinic_id = r.clinic_id and d.id = r.department_id
      where r.clinic_id = ${db.clinicId} and r.instrument = 'FFT' and r.score <= 6 and r.on_date >= ${from}::date and r.on_date < ${until}::date order by r.on_date, r.score limit 500`,
  );

const columns = ["code", "state", "target", "owner_id", "base_from", "base_to", "opens_case", "version"] as const;
export const settingsOf = (db: Db) => db.many(db.from("control.indicator").select(columns));
export const settingOf = (db: Db, code: string) =>
  db.maybe(db.from("control.indicator").select(columns).where("code", "=", code));
export const lockSetting = (db: Db, code: string) =>
  db.maybe(db.from("control.indicator").select(columns).where("code", "=", code).forUpdate());
export type Setting = NonNullable<Awaited<ReturnType<typeof settingOf>>>;

/** Makes the clinic's row of an indicator when it is not there yet. */
export const insertSetting = (db: Db, code: string) =>
  db.run(
    db
      .insert("control.indicator")
      .values({ clinic_id: db.clinicId ?? "", code })
      .onConflict((conflict) => conflict.doNothing()),
  );

export async function changeSetting(
  db: Db,
  code: string,
  version: number,
  change: Partial<{
    target: string | null;
    owner_id: string | null;
    base_from: string | null;
    base_to: string | null;
    opens_case: boolean;
  }>,
): Promise<void> {
  const changed = await db.run(
    db
      .update("control.indicator")
      .set({ ...change, version: version + 1 })
      .where("code", "=", code)
      .where("version", "=", version),
  );
  if (changed === 0) throw problem("indicator.changed-meanwhile");
}

export const rebasesOf = (db: Db) =>
  db.many(
    db
      .from("control.indicator_rebase")
      .select(["id", "code", "from_date", "reason", "member_id"])
      .where("removed_at", "is", null)
      .orderBy("from_date")
      .limit(200),
  );
export const insertRebase = (db: Db, row: { code: string; from: string; reason: string; memberId: string | null }) =>
  db.run(
    db.insert("control.indicator_rebase").values({
      clinic_id: db.clinicId ?? "",
      code: row.code,
      from_date: row.from,
      reason: row.reason,
      member_id: row.memberId,
    }),
  );
export const removeRebase = (db: Db, id: string) =>
  db.run(
    db
      .update("control.indicator_rebase")
      .set({ removed_at: sql`now()` })
      .where("id", "=", id)
      .where("removed_at", "is", null),
  );

/** Actions whose effect is checked on an indicator and that are done: the flags on its chart. Index: action_indicator. */
export const flagsOf = (db: Db, code: string) =>
  db.many(
    sql<{
      id: string;
      code: string;
      done_on: string;
      state: string;
    }>`select id, code, done_on, state from control.fact_action where clinic_id = ${db.clinicId} and effect_indicator = ${code} and done_on is not null order by done_on, code limit 50`,
  );
/** The open action of each indicator, newest first. */
export const openActions = (db: Db) =>
  db.many(sql<{
    effect_indicator: string;
    code: string;
  }>`select distinct on (effect_indicator) effect_indicator, code from control.fact_action
    where clinic_id = ${db.clinicId} and effect_indicator is not null and state in ('planned', 'doing', 'checking', 'effective') order by effect_indicator, created_at desc`);
