import { problem } from "#core/contract/problem.ts";
import { hashOfSecret } from "#platform/crypto/random.ts";
import { newId } from "#platform/database/ids.ts";
import type { Door } from "#platform/http/door.ts";
import { writePersonLetter } from "#platform/mail/person-letters.ts";
import { findPersonLink, linkHours, makePersonLink, usePersonLink } from "#platform/session/links.ts";
import { findLogin, insertPerson, setName, setPassword } from "../people/index.ts";
import { isCommon } from "./common-passwords.ts";
import { open, type SignedIn } from "./use-cases.ts";

export type SignUpAsked = {
  email: string;
  name: string;
  language: "uk" | "en";
  clinic: { name: string; slug: string; country: string; zone: string; languages: ("uk" | "en")[] };
};
/** What a clinic capability does when a sign-up is accepted: it makes the clinic and its owner's membership. */
export type MakeClinic = (
  door: Door,
  o: { personId: string; ownerName: string; clinic: SignUpAsked["clinic"] },
) => Promise<void>;

/** Starts a sign-up. The answer and its cost are the same whether or not the address is known; only the letter differs. */
export async function startSignUp(door: Door, asked: SignUpAsked): Promise<{ sent: true }> {
  const bidx = door.vault.login(asked.email);
  if (!bidx) throw problem("request.invalid");
  const known = await door.database.outside((db) => findLogin(db, bidx));
  const personId = known?.person_id ?? newId();
  await door.database.transaction({ person: personId }, async (db) => {
    if (!known) {
      const made = await insertPerson(db, {
        id: personId,
        bidx,
        login: door.vault.seal(personId, "login", asked.email),
        name: door.vault.seal(personId, "name", asked.name),
        language: asked.language,
      });
      if (made === 0) return; // invited but without a password yet: the letter of that invitation stands
    }
    const detail = door.vault.seal(personId, "sign-up", JSON.stringify(asked));
    const secret = await makePersonLink(db, { personId, purpose: "sign-up", detail, now: door.clock.now() });
    await writePersonLetter(db, door.vault, personId, {
      kind: "sign-up",
      to: asked.email,
      language: asked.language,
      name: asked.name,
      clinic: asked.clinic.name,
      link: `${door.origin}/l/${secret}`,
      hours: linkHours["sign-up"],
    });
  });
  return { sent: true };
}

/** Accepts a link: sets the password, makes the clinic of a sign-up, activates an invitation. One use.
 *  Throws `link.dead`, `password.common`, `clinic.slug-taken`. */
export async function acceptLink(
  door: Door,
  asked: { token: string; password: string; name?: string | undefined },
  makeClinic: MakeClinic,
): Promise<SignedIn> {
  const hash = hashOfSecret(asked.token);
  const found = hash ? await door.database.outside((db) => findPersonLink(db, hash)) : null;
  if (!found) throw problem("link.dead");
  if (isCommon(asked.password)) throw problem("password.common");
  const hashed = await door.passwords.hash(asked.password);
  if ("busy" in hashed) throw problem("service.busy", { seconds: 3 });
  const personId = found.person_id;
  const link = await door.database.transaction({ person: personId }, async (db) => {
    // used once, whoever comes first
    const used = await usePersonLink(db, found.id);
    if (!used) throw problem("link.dead");
    await setPassword(db, personId, hashed.stored);
    if (asked.name) await setName(db, personId, door.vault.seal(personId, "name", asked.name));
    return used;
  });
  if (link.purpose === "sign-up" && link.detail) {
    const signUp: SignUpAsked = JSON.parse(door.vault.open(personId, "sign-up", link.detail));
    await makeClinic(door, { personId, ownerName: asked.name ?? signUp.name, clinic: signUp.clinic });
  }
  await door.sessions.end(personId);
  return open(door, personId);
}
