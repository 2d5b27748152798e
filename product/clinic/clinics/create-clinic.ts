import { problem } from "#core/contract/problem.ts";
import type { Database } from "#platform/database/pool.ts";
import { newId } from "#platform/database/ids.ts";
import { insertMember } from "#product/clinic/members/index.ts";
import { insertMembership, insertRoute, insertTypes } from "#product/identity/memberships/index.ts";
import { insertClinic } from "./queries.ts";

export type NewClinic = {
  name: string;
  slug: string;
  country: string;
  zone: string;
  languages: readonly ("uk" | "en")[];
};

/** A zone Node knows by this very name. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}

/** Makes a clinic with its address and its owner. Throws `clinic.slug-taken`, `request.invalid`. */
export async function createClinic(
  database: Database,
  o: { clinic: NewClinic; personId: string; ownerName: string; id?: string },
): Promise<{ clinicId: string; memberId: string }> {
  if (!isZone(o.clinic.zone)) throw problem("request.invalid");
  const clinicId = o.id ?? newId();
  const memberId = newId();
  await database.transaction({ clinic: clinicId, person: o.personId }, async (db) => {
    if ((await insertRoute(db, clinicId, o.clinic.slug)) === 0) throw problem("clinic.slug-taken");
    await insertClinic(db, {
      id: clinicId,
      slug: o.clinic.slug,
      name: o.clinic.name,
      country: o.clinic.country,
      zone: o.clinic.zone,
      locale: o.clinic.languages[0] ?? "uk",
    });
    await insertMembership(db, { memberId, personId: o.personId, state: "active" });
    await insertTypes(db, memberId, [{ type: "owner" }], null);
    await insertMember(db, { id: memberId, personId: o.personId, name: o.ownerName });
  });
  return { clinicId, memberId };
}
