import { problem } from "#core/contract/problem.ts";
import { toBase64url } from "#core/proof/bytes.ts";
import { handleDoor } from "#platform/http/registry.ts";
import type { Door } from "#platform/http/door.ts";
import type { Session } from "#platform/session/store.ts";
import { setLanguage } from "../people/index.ts";
import { acceptLink, startSignUp, type MakeClinic } from "./accept-link.ts";
import * as contract from "./contract.ts";
import { open, signIn, unlock, whoIs } from "./use-cases.ts";

const own = (door: Door): Session => {
  if (!door.session) throw problem("session.none");
  return door.session;
};
const at = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** Routes of signing in and of a person's own sessions. `enter` names the demo's people; `makeClinic` makes the clinic of a sign-up. */
export const routesOf = (o: { makeClinic: MakeClinic; enterDemo: (door: Door, as: string) => Promise<string> }) => [
  handleDoor(contract.readChallenge, () => Promise.reject(new Error("answered by the server itself"))),
  handleDoor(contract.refreshToken, () => Promise.reject(new Error("answered by the server itself"))),
  handleDoor(contract.signIn, (door, { body }) => signIn(door, body)),
  handleDoor(contract.unlockSession, (door, { body }) => unlock(door, door.session, body.password)),
  handleDoor(contract.lockSession, async (door) => {
    await door.sessions.set(own(door), "locked");
    return null;
  }),
  handleDoor(contract.signOut, async (door) => {
    await door.sessions.set(own(door), "ended");
    door.cookies.clear();
    return null;
  }),
  handleDoor(contract.signUp, (door, { body }) => startSignUp(door, body)),
  handleDoor(contract.acceptLink, (door, { body }) => acceptLink(door, body, o.makeClinic)),
  handleDoor(contract.enterDemo, async (door, { body }) => open(door, await o.enterDemo(door, body.as))),
  handleDoor(contract.readMe, async (door) => {
    const session = own(door);
    return {
      ...(await whoIs(door, session.personId)),
      session: {
        id: session.id,
        since: at(session.startedAt),
        idleAt: at(session.lastSeen + session.idleMinutes * 60_000),
        endsAt: at(session.endsAt),
      },
    };
  }),
  handleDoor(contract.readDraftKey, (door) => {
    const { personId } = own(door);
    return Promise.resolve({ person: personId, key: toBase64url(door.vault.subkey(`drafts of ${personId}`)) });
  }),
  handleDoor(contract.listMySessions, async (door) => {
    const session = own(door);
    const rows = await door.sessions.list(session.personId);
    return rows.map((row) => ({
      id: row.id,
      device: row.agent,
      place: row.network,
      since: row.started_at,
      lastSeen: row.last_seen,
      current: row.id === session.id,
    }));
  }),
  handleDoor(contract.endMySession, async (door, { params }) => {
    if ((await door.sessions.end(own(door).personId, params.id)) === 0) throw problem("session.unknown");
    return null;
  }),
  handleDoor(contract.endAllMySessions, async (door) => {
    await door.sessions.end(own(door).personId);
    door.cookies.clear();
    return null;
  }),
  handleDoor(contract.setMyLanguage, async (door, { body }) => {
    const { personId } = own(door);
    await door.database.transaction({ person: personId }, (db) => setLanguage(db, personId, body.language));
    return null;
  }),
];
