import { sql } from "kysely";
import type { Language } from "#core/contract/words.ts";
import type { Context } from "#platform/http/context.ts";

/** Whether and in which language the clinic may write to a patient; plain flags, no name. */
export type Reach = {
  language: Language;
  neverSurvey: boolean;
  restricted: boolean;
  deceased: boolean;
  merged: boolean;
};

/** Throws `patient.unknown`. */
export async function reachOf(ctx: Context, patientId: string): Promise<Reach> {
  const row = await ctx.db.one(
    "patient.unknown",
    ctx.db
      .from("clinic.patient")
      .select(["language", "never_survey", "restricted", "deceased_on", "merged_into_id"])
      .where("id", "=", patientId),
  );
  return {
    language: row.language === "en" ? "en" : "uk",
    neverSurvey: row.never_survey,
    restricted: row.restricted,
    deceased: row.deceased_on !== null,
    merged: row.merged_into_id !== null,
  };
}

/** The patient's best living e-mail address, or why there is none to write to. `kind` is a class of letters that may be suppressed. */
export async function emailOf(
  ctx: Context,
  patientId: string,
  kind: string,
): Promise<{ address: string } | { why: "no-address" | "suppressed" }> {
  const row = await ctx.db.maybe(
    sql<{ id: string; value: Buffer; suppressed: boolean }>`
      select c.id, c.value, exists (select 1 from platform.suppression s where s.clinic_id = c.clinic_id and s.address = c.bidx
        and s.class in (${kind}, 'all')) as suppressed from clinic.patient_contact c
      where c.clinic_id = ${ctx.clinic.id} and c.patient_id = ${patientId} and c.kind = 'email' and c.dead_at is null
      order by c.rank, c.id limit 1`,
  );
  if (!row) return { why: "no-address" };
  if (row.suppressed) return { why: "suppressed" };
  return {
    address: await ctx.keys.open(patientId, { thing: "patient-contact", id: row.id, field: "value" }, row.value),
  };
}
