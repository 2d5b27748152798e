import type { ClinicFacts } from "#platform/http/context.ts";
import type { Db } from "#platform/database/db.ts";

/** Zone and language of the clinic of this transaction. */
export async function clinicFacts(db: Db, id: string, slug: string): Promise<ClinicFacts> {
  const row = await db.one("clinic.unknown", db.from("clinic.clinic").select(["zone", "locale"]));
  return { id, slug, zone: row.zone, language: row.locale === "en" ? "en" : "uk" };
}

export const insertClinic = (
  db: Db,
  row: { id: string; slug: string; name: string; country: string; zone: string; locale: string },
) =>
  db.run(
    db.insert("clinic.clinic").values({
      id: row.id,
      slug: row.slug,
      name: row.name,
      legal_name: row.name,
      country: row.country,
      zone: row.zone,
      locale: row.locale,
    }),
  );
