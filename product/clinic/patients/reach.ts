import type { Language } from "#core/contract/words.ts";
import type { Context } from "#platform/http/context.ts";
import { isSuppressed } from "#platform/mail/suppressed.ts";

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
    ctx.db
      .from("clinic.patient_contact")
      .select(["id", "value", "bidx"])
      .where("patient_id", "=", patientId)
      .where("kind", "=", "email")
      .where("dead_at", "is", null)
      .orderBy("rank")
      .orderBy("id")
      .limit(1),
  );
  if (!row) return { why: "no-address" };
  if (await isSuppressed(ctx.db, row.bidx, kind)) return { why: "suppressed" };
  return {
    address: await ctx.keys.open(patientId, { thing: "patient-contact", id: row.id, field: "value" }, row.value),
  };
}
