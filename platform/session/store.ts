import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { UserType } from "#core/access/rights.ts";
import { userTypes } from "#core/access/rights.ts";
import type { PublicJwk } from "#core/proof/jwk.ts";
import type { Database } from "../database/pool.ts";
import type { Clock } from "../start/clock.ts";

/** A session as memory keeps it. The key never changes within one, so keeping the imported key is safe. */
export type Session = {
  hash: Buffer;
  id: string;
  personId: string;
  jwk: PublicJwk;
  jkt: string;
  gen: number;
  confirmed: boolean;
  graceUntil: number | null;
  issuedAt: number;
  rid: string | null;
  state: "open" | "locked" | "ended";
  startedAt: number;
  lastSeen: number;
  idleMinutes: number;
  endsAt: number;
  agent: string;
};

/** Who a person is in one clinic. */
export type Membership = { clinicId: string; memberId: string; clinicState: string; types: UserType[] };

export type NewSession = {
  personId: string;
  jwk: PublicJwk;
  jkt: string;
  agent: string;
  network: string;
  kind: "staff" | "portal";
};

export type Sessions = {
  find: (sid: string) => Promise<Session | undefined>;
  /** Makes a session and gives its cookie value: 32 random bytes, of which only the hash is kept. */
  create: (o: NewSession) => Promise<{ sid: string; session: Session }>;
  /** Writes a turned or confirmed generation; false when another request was faster. */
  turn: (
    session: Session,
    to: { gen: number; confirmed: boolean; graceUntil: number | null; rid: string | null },
  ) => Promise<boolean>;
  touch: (session: Session) => Promise<void>;
  set: (session: Session, state: "locked" | "ended") => Promise<void>;
  /** Ends sessions of a person: all, or the named one. */
  end: (personId: string, id?: string) => Promise<number>;
  list: (
    personId: string,
  ) => Promise<{ id: string; agent: string; network: string; started_at: string; last_seen: string; state: string }[]>;
  membership: (personId: string, slug: string) => Promise<Membership | undefined>;
  forget: () => void;
  /** Reads the revocation counter; memory is emptied when it rose. */
  poll: () => Promise<void>;
  /** Called when a session ended, so that open streams close at once. */
  onForget: (listener: () => void) => () => void;
};

/** Written down at most every 30 s: a request must not cost a durable write. */
const touchMs = 30_000;
const idleMinutes = { staff: 15, portal: 30 };
const absoluteHours = { staff: 12, portal: 24 };
/** Sessions kept in memory; each is about 1 KB. */
const memoryMax = 10_000;

export const sidHash = (sid: string): Buffer => createHash("sha256").update(sid).digest();
const ms = (text: string | null): number | null =>
  text === null ? null : Temporal.Instant.from(text).epochMilliseconds;
const isType = (text: string): text is UserType => userTypes.some((type) => type === text);

type Row = {
  sid_hash: Buffer;
  id: string;
  person_id: string;
  jwk: PublicJwk;
  jkt: string;
  gen: number;
  confirmed: boolean;
  grace_until: string | null;
  issued_at: string;
  rid: string | null;
  state: Session["state"];
  started_at: string;
  last_seen: string;
  idle_minutes: number;
  ends_at: string;
  agent: string;
};

const sessionOf = (row: Row): Session => ({
  hash: row.sid_hash,
  id: row.id,
  personId: row.person_id,
  jwk: row.jwk,
  jkt: row.jkt,
  gen: row.gen,
  confirmed: row.confirmed,
  graceUntil: ms(row.grace_until),
  issuedAt: ms(row.issued_at) ?? 0,
  rid: row.rid,
  state: row.state,
  startedAt: ms(row.started_at) ?? 0,
  lastSeen: ms(row.last_seen) ?? 0,
  idleMinutes: row.idle_minutes,
  endsAt: ms(row.ends_at) ?? 0,
  agent: row.agent,
});

const raiseCounter = sql`update identity.revocation set version = version + 1`;
const tellOthers = sql`select pg_notify('session', '')`;
const instantOf = (at: number | null): string | null =>
  at === null ? null : Temporal.Instant.fromEpochMilliseconds(at).toString();

/** Sessions in PostgreSQL with a memory in front, emptied by notification and by a counter polled every 500 ms. */
export function openSessions(database: Database, clock: Clock): Sessions {
  const memory = new Map<string, Session>();
  const members = new Map<string, Membership>();
  const listeners = new Set<() => void>();
  let version = -1;

  const forget = () => {
    memory.clear();
    members.clear();
    for (const listener of listeners) listener();
  };
  const remember = <V>(map: Map<string, V>, key: string, value: V): V => {
    if (map.size >= memoryMax) map.clear();
    map.set(key, value);
    return value;
  };
  async function change(personId: string, query: ReturnType<typeof sql>): Promise<number> {
    const count = await database.transaction({ person: personId }, async (db) => {
      const changed = await db.run(query);
      await db.run(raiseCounter);
      await db.run(tellOthers);
      return changed;
    });
    forget();
    return count;
  }

  return {
    find: async (sid) => {
      const hash = sidHash(sid);
      const key = hash.toString("base64url");
      const known = memory.get(key);
      if (known) return known;
      const row = await database.outside((db) => db.maybe(sql<Row>`select * from app.find_session(${hash})`));
      // misses are never kept: a session made a moment ago by another process must be found
      return row ? remember(memory, key, sessionOf(row)) : undefined;
    },
    create: async (o) => {
      const sid = randomBytes(32).toString("base64url");
      const now = clock.now();
      const values = {
        sid_hash: sidHash(sid),
        person_id: o.personId,
        kind: o.kind,
        jwk: JSON.stringify(o.jwk),
        jkt: o.jkt,
        idle_minutes: idleMinutes[o.kind],
        issued_at: now.toString(),
        started_at: now.toString(),
        last_seen: now.toString(),
        ends_at: now.add({ hours: absoluteHours[o.kind] }).toString(),
        agent: o.agent.slice(0, 200),
        network: o.network,
      };
      await database.transaction({ person: o.personId }, (db) => db.run(db.insert("identity.session").values(values)));
      const row = await database.outside((db) =>
        db.maybe(sql<Row>`select * from app.find_session(${values.sid_hash})`),
      );
      if (!row) throw new Error("a session just made is not there");
      return { sid, session: remember(memory, values.sid_hash.toString("base64url"), sessionOf(row)) };
    },
    turn: async (session, to) => {
      const query = sql`update identity.session set gen = ${to.gen}, confirmed = ${to.confirmed}, grace_until = ${instantOf(to.graceUntil)}, rid = ${to.rid},
        issued_at = case when gen = ${to.gen} then issued_at else ${clock.now().toString()} end
        where sid_hash = ${session.hash} and gen = ${session.gen} and state = 'open'`;
      const done = await database.transaction({ person: session.personId }, (db) => db.run(query));
      memory.delete(session.hash.toString("base64url"));
      return done === 1;
    },
    touch: async (session) => {
      const now = clock.milliseconds();
      if (now - session.lastSeen < touchMs) return;
      session.lastSeen = now;
      await database.transaction({ person: session.personId }, (db) =>
        db.run(sql`update identity.session set last_seen = ${instantOf(now)} where sid_hash = ${session.hash}`),
      );
    },
    set: async (session, state) => {
      await change(
        session.personId,
        sql`update identity.session set state = ${state} where sid_hash = ${session.hash} and state <> 'ended'`,
      );
    },
    end: (personId, id) =>
      change(
        personId,
        id
          ? sql`update identity.session set state = 'ended' where person_id = ${personId} and id = ${id} and state <> 'ended'`
          : sql`update identity.session set state = 'ended' where person_id = ${personId} and state <> 'ended'`,
      ),
    list: (personId) =>
      database.transaction(
        { person: personId },
        (db) =>
          db.many(sql<{
            id: string;
            agent: string;
            network: string;
            started_at: string;
            last_seen: string;
            state: string;
          }>`
            select id, agent, network, started_at, last_seen, state from identity.session
            where person_id = ${personId} and state <> 'ended' and ends_at > now() order by last_seen desc limit 100`),
        { read: true },
      ),
    membership: async (personId, slug) => {
      const key = `${personId} ${slug}`;
      const known = members.get(key);
      if (known) return known;
      const row = await database.outside((db) =>
        db.maybe(
          sql<{
            clinic_id: string;
            member_id: string;
            clinic_state: string;
            member_state: string;
            types: string[];
          }>`select * from app.find_member(${personId}, ${slug})`,
        ),
      );
      if (!row || row.member_state !== "active" || row.clinic_state === "closed") return undefined;
      return remember(members, key, {
        clinicId: row.clinic_id,
        memberId: row.member_id,
        clinicState: row.clinic_state,
        types: row.types.filter(isType),
      });
    },
    forget,
    poll: async () => {
      const row = await database.outside((db) =>
        db.maybe(sql<{ version: number }>`select version from identity.revocation`),
      );
      const now = row?.version ?? 0;
      if (version >= 0 && now !== version) forget();
      version = now;
    },
    onForget: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
