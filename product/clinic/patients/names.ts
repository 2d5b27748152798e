import type { Context } from "#platform/http/context.ts";
import { sql } from "kysely";

export type PatientName = { id: string; name: string; code: string };

/** Names of one page's patients, each opened under the patient's own key, and told to the ledger. One query for all of them. */
export async function patientNames(ctx: Context, ids: readonly string[]): Promise<Map<string, PatientName>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await ctx.db.many(
    sql<{ id: string; code: string; family: Buffer; given: Buffer }>`
      select id, code, family, given from clinic.patient where clinic_id = ${ctx.clinic.id} and id = any(${wanted}::uuid[])`,
  );
  const names = new Map<string, PatientName>();
  for (const { id, code, family, given } of rows) {
    const open = (field: string, bytes: Buffer) => ctx.keys.open(id, { thing: "patient", id, field }, bytes);
    names.set(id, { id, code, name: `${await open("family", family)} ${await open("given", given)}` });
  }
  ctx.ledger.subject(...names.keys());
  return names;
}
