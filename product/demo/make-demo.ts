import type { App } from "#platform/start/app.ts";
import { newId } from "#platform/database/ids.ts";
import { createClinic } from "#product/clinic/clinics/index.ts";
import { insertMember } from "#product/clinic/members/index.ts";
import { insertMembership, insertTypes } from "#product/identity/memberships/index.ts";
import { makeDefaultSurvey } from "#product/feedback/surveys/index.ts";
import { findLogin, insertPerson, setPassword } from "#product/identity/people/index.ts";
import { demoRoster } from "./words.ts";

/** Password of the eight demo people; demo mode listens on loopback alone. */
export const demoPassword = "kalyna-demo-2026";
export const demoSlug = "kalyna";

/** Makes the demo clinic's people and the clinic itself, through the product's own use cases. Returns false when it is there already. */
export async function makeDemoPeople(
  app: App,
): Promise<{ clinicId: string; members: Map<string, string> } | undefined> {
  const [owner, ...others] = demoRoster;
  if (!owner) throw new Error("no demo people");
  const bidx = app.vault.login(owner.login);
  if (bidx && (await app.database.outside((db) => findLogin(db, bidx)))) return undefined;
  const hashed = await app.passwords.hash(demoPassword);
  if ("busy" in hashed) throw new Error("hashing queue is full");
  const personIds = new Map<string, string>();
  for (const person of demoRoster) {
    const id = newId();
    const index = app.vault.login(person.login);
    if (!index) throw new Error(`login ${person.login}`);
    await app.database.transaction({ person: id }, async (db) => {
      await insertPerson(db, {
        id,
        bidx: index,
        login: app.vault.seal(id, "login", person.login),
        name: app.vault.seal(id, "name", person.name.uk),
        language: "uk",
      });
      await setPassword(db, id, hashed.stored);
    });
    personIds.set(person.as, id);
  }
  const made = await createClinic(app.database, {
    clinic: { name: "Калина", slug: demoSlug, country: "UA", zone: "Europe/Kyiv", languages: ["uk", "en"] },
    personId: personIds.get(owner.as) ?? "",
    ownerName: owner.name.uk,
  });
  const members = new Map([[owner.as, made.memberId]]);
  await app.database.transaction({ clinic: made.clinicId }, async (db) => {
    await makeDefaultSurvey({ db });
    for (const person of others) {
      const memberId = newId();
      const personId = personIds.get(person.as) ?? "";
      await insertMembership(db, { memberId, personId, state: "active" });
      await insertTypes(
        db,
        memberId,
        person.types.map((type) => ({ type })),
        null,
      );
      await insertMember(db, { id: memberId, personId, name: person.name.uk, position: person.position.uk });
      members.set(person.as, memberId);
    }
  });
  return { clinicId: made.clinicId, members };
}

/** The demo clinic and its people as an earlier start made them; undefined when somebody has taken them away. */
export async function findDemoPeople(
  app: App,
): Promise<{ clinicId: string; members: Map<string, string> } | undefined> {
  const members = new Map<string, string>();
  let clinicId: string | undefined;
  for (const { as, login } of demoRoster) {
    const bidx = app.vault.login(login);
    const person = bidx ? await app.database.outside((db) => findLogin(db, bidx)) : undefined;
    const member = person ? await app.sessions.membership(person.person_id, demoSlug) : undefined;
    if (!member) continue;
    members.set(as, member.memberId);
    clinicId = member.clinicId;
  }
  return clinicId ? { clinicId, members } : undefined;
}
