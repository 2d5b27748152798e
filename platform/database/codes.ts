import { sql } from "kysely";
import type { Db } from "./db.ts";

/** The next human code of a clinic, such as INC-0412: a counter row locked to the end of the transaction, so numbers have no gaps. */
export async function nextCode(db: Db, prefix: string, digits = 4): Promise<string> {
  const row = await db.one(
    "service.unexpected",
    sql<{
      value: number;
    }>`insert into platform.counter (clinic_id, name, year, value) values (${db.clinicId}, ${prefix}, 0, 1)
      on conflict (clinic_id, name, year) do update set value = counter.value + 1 returning value`,
  );
  return `${prefix}-${String(row.value).padStart(digits, "0")}`;
}

/** As many next codes as asked for, in order, from the same counter. */
export async function nextCodes(db: Db, prefix: string, count: number, digits = 4): Promise<string[]> {
  if (count === 0) return [];
  const { value } = await db.one(
    "service.unexpected",
    sql<{
      value: number;
    }>`insert into platform.counter (clinic_id, name, year, value) values (${db.clinicId}, ${prefix}, 0, ${count})
      on conflict (clinic_id, name, year) do update set value = counter.value + excluded.value returning value`,
  );
  return Array.from({ length: count }, (_, at) => `${prefix}-${String(value - count + 1 + at).padStart(digits, "0")}`);
}

/** Counts one more step of a long work, in the transaction of what the step writes. */
export const countStep = (db: Db, work: string): Promise<string> => nextCode(db, work);

/** Steps of a long work that are done. */
export const countedSteps = async (db: Db, work: string): Promise<number> =>
  (await db.maybe(db.from("platform.counter").select("value").where("name", "=", work)))?.value ?? 0;
