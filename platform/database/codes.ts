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
