import { sql } from "kysely";
import { problem } from "#core/contract/problem.ts";
import { hashOfSecret, newSecret } from "#platform/crypto/random.ts";
import { builder } from "#platform/database/db.ts";
import { newId } from "#platform/database/ids.ts";
import type { Door } from "#platform/http/door.ts";
import { findLogin, insertPerson, setName, setPassword } from "../people/index.ts";
import { isCommon } from "./common-passwords.ts";
import { open, type SignedIn } from "./use-cases.ts";

/** How long each kind of link lives, hours. */
const lives = { "sign-up": 24, invitation: 72, recovery: 1 } as const;

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
  const { secret, hash } = newSecret();
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
    await db.run(
      builder.insertInto("identity.link_token").values({
        hash: Buffer.from(hash),
        purpose: "sign-up",
        person_id: personId,
        detail: door.vault.seal(personId, "sign-up", JSON.stringify(asked)),
        expires_at: door.clock.now().add({ hours: lives["sign-up"] }).toString(),
      }),
    );
    await db.run(
      builder.insertInto("identity.message").values({
        person_id: personId,
        kind: "sign-up",
        recipient: door.vault.seal(personId, "recipient", asked.email),
        body: door.vault.seal(
          personId,
          "body",
          JSON.stringify({
            language: asked.language,
            name: asked.name,
            clinic: asked.clinic.name,
            link: `${door.origin}/l/${secret}`,
            hours: lives["sign-up"],
          }),
        ),
      }),
    );
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
  const found = hash
    ? await door.database.outside((db) =>
        db.maybe(
          sql<{ id: string; person_id: string }>`select id, person_id from app.find_person_link(${Buffer.from(hash)})`,
        ),
      )
    : null;
  if (!found) throw problem("link.dead");
  if (isCommon(asked.password)) throw problem("password.common");
  const hashed = await door.passwords.hash(asked.password);
  if ("busy" in hashed) throw problem("service.busy", { seconds: 3 });
  const personId = found.person_id;
  const link = await door.database.transaction({ person: personId }, async (db) => {
    // used once, whoever comes first
    const used = await db.maybe(
      sql<{
        purpose: string;
        detail: Buffer | null;
      }>`update identity.link_token set used_on = current_date where id = ${found.id} and used_on is null and expires_at > now() returning purpose, detail`,
    );
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
