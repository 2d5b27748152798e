import { problem } from "#core/contract/problem.ts";
import type { UserType } from "#core/access/rights.ts";
import { userTypes } from "#core/access/rights.ts";
import type { Language } from "#core/contract/words.ts";
import type { Door } from "#platform/http/door.ts";
import type { Session } from "#platform/session/store.ts";
import { clinicOfMember, clinicsOfPerson } from "../memberships/index.ts";
import { findLogin, passwordOf, personRow, setFailures, setPassword } from "../people/index.ts";

export type ClinicOfPerson = { slug: string; memberId: string; name: string; types: UserType[] };
export type SignedIn = {
  ct: string;
  exp: number;
  now: number;
  person: { id: string; name: string; language: Language };
  clinics: ClinicOfPerson[];
};

/** After so many failures the next try waits 1, 2, 4 … 60 s. */
const freeFailures = 5;
const waitMaxSeconds = 60;
const isType = (text: string): text is UserType => userTypes.some((type) => type === text);

/** Signs in. Known and unknown logins cost the same hash and get the same answer.
 *  Throws `sign-in.refused`, `sign-in.wait`, `service.busy`. */
export async function signIn(door: Door, { login, password }: { login: string; password: string }): Promise<SignedIn> {
  const bidx = door.vault.login(login);
  const found = bidx ? await door.database.outside((db) => findLogin(db, bidx)) : null;
  if (found) demandPatience(door, found.wait_until);
  const verdict = await door.passwords.verify(password, found?.secret ?? undefined);
  if ("busy" in verdict) throw problem("service.busy", { seconds: 3 });
  if (!found || !verdict.matches) {
    if (found) await countFailure(door, found.person_id, (found.failures ?? 0) + 1);
    door.report("sign-in.refused", { network: door.network });
    throw problem("sign-in.refused");
  }
  await settle(door, found.person_id, {
    failures: found.failures ?? 0,
    rehash: verdict.needsRehash ? password : undefined,
  });
  return open(door, found.person_id);
}

function demandPatience(door: Door, waitUntil: string | null): void {
  if (!waitUntil) return;
  const seconds = Math.ceil((Temporal.Instant.from(waitUntil).epochMilliseconds - door.clock.milliseconds()) / 1000);
  if (seconds > 0) throw problem("sign-in.wait", { seconds });
}

async function countFailure(door: Door, personId: string, failures: number): Promise<void> {
  const wait = failures < freeFailures ? 0 : Math.min(waitMaxSeconds, 2 ** (failures - freeFailures));
  const until = wait === 0 ? null : door.clock.now().add({ seconds: wait }).toString();
  await door.database.transaction({ person: personId }, (db) => setFailures(db, personId, failures, until));
}

/** Clears the counter, and hashes anew when scheme, cost or pepper is not today's. */
async function settle(
  door: Door,
  personId: string,
  o: { failures: number; rehash: string | undefined },
): Promise<void> {
  const anew = o.rehash === undefined ? undefined : await door.passwords.hash(o.rehash);
  if (anew && "stored" in anew) {
    await door.database.transaction({ person: personId }, (db) => setPassword(db, personId, anew.stored));
    door.report("password.rehash", { person: personId });
  } else if (o.failures > 0)
    await door.database.transaction({ person: personId }, (db) => setFailures(db, personId, 0, null));
}

/** Makes the session of a person whose identity is settled, and gives what the browser needs to go on. */
export async function open(door: Door, personId: string): Promise<SignedIn> {
  if (!door.newKey) throw problem("session.proof");
  const { sid, session } = await door.sessions.create({
    personId,
    jwk: door.newKey.jwk,
    jkt: door.newKey.jkt,
    agent: door.agent,
    network: door.network,
    kind: "staff",
  });
  door.cookies.keep(sid);
  return { ...door.token(session), ...(await whoIs(door, personId)) };
}

/** A person's name, language and clinics. */
export async function whoIs(door: Door, personId: string): Promise<Pick<SignedIn, "person" | "clinics">> {
  const { row, memberships } = await door.database.transaction(
    { person: personId },
    async (db) => ({ row: await personRow(db, personId), memberships: await clinicsOfPerson(db, personId) }),
    { read: true },
  );
  const clinics: ClinicOfPerson[] = [];
  for (const { clinic_id, member_id } of memberships) {
    const found = await door.database.transaction(
      { clinic: clinic_id, person: personId },
      (db) => clinicOfMember(db, personId),
      { read: true },
    );
    if (found && found.state !== "closed")
      clinics.push({ slug: found.slug, memberId: member_id, name: found.name, types: found.types.filter(isType) });
  }
  return {
    person: {
      id: personId,
      name: door.vault.open(personId, "name", row.name),
      language: row.language === "en" ? "en" : "uk",
    },
    clinics,
  };
}

/** Unlocks by password; a new session, key and token replace the locked one. Throws `sign-in.refused`, `sign-in.wait`. */
export async function unlock(door: Door, locked: Session | undefined, password: string): Promise<SignedIn> {
  if (!locked || locked.state === "ended" || door.clock.milliseconds() >= locked.endsAt) throw problem("session.ended");
  const stored = await door.database.transaction({ person: locked.personId }, (db) => passwordOf(db, locked.personId), {
    read: true,
  });
  demandPatience(door, stored?.wait_until ?? null);
  const verdict = await door.passwords.verify(password, stored?.secret);
  if ("busy" in verdict) throw problem("service.busy", { seconds: 3 });
  if (!verdict.matches) {
    await countFailure(door, locked.personId, (stored?.failures ?? 0) + 1);
    throw problem("sign-in.refused");
  }
  await settle(door, locked.personId, {
    failures: stored?.failures ?? 0,
    rehash: verdict.needsRehash ? password : undefined,
  });
  await door.sessions.set(locked, "ended");
  return open(door, locked.personId);
}
