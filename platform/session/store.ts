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

type State = {
  database: Database;
  clock: Clock;
  memory: Map<string, Session>;
  members: Map<string, Membership>;
  listeners: Set<() => void>;
  version: number;
};

/** Sessions in PostgreSQL with a memory in front, emptied by notification and by a counter polled every 500 ms. */
export function openSessions(database: Database, clock: Clock): Sessions {
  const state: State = { database, clock, memory: new Map(), members: new Map(), listeners: new Set(), version: -1 };
  return {
    find: (sid) => find(state, sid),
    create: (o) => create(state, o),
    turn: (session, to) => turn(state, session, to),
    touch: (session) => touch(state, session),
    set: async (session, to) => {
      await change(
        state,
        session.personId,
        sql`update identity.session set state = ${to} where sid_hash = ${session.hash} and state <> 'ended'`,
      );
    },
    end: (personId, id) => end(state, personId, id),
    list: (personId) => list(state, personId),
    membership: (personId, slug) => membership(state, personId, slug),
    forget: () => forget(state),
    poll: () => poll(state),
    onForget: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
  };
}

function forget({ memory, members, listeners }: State): void {
  memory.clear();
  members.clear();
  for (const listener of listeners) listener();
}

function remember<V>(map: Map<string, V>, key: string, value: V): V {
  if (map.size >= memoryMax) map.clear();
  map.set(key, value);
  return value;
}

/** A revocation: one row update that raises the counter, so that every node forgets within a second. */
async function change(state: State, personId: string, query: ReturnType<typeof sql>): Promise<number> {
  const count = await state.database.transaction({ person: personId }, async (db) => {
    const changed = await db.run(query);
    await db.run(raiseCounter);
    await db.run(tellOthers);
    return changed;
  });
  forget(state);
  return count;
}

const rowByHash = (state: State, hash: Buffer) =>
  state.database.outside((db) => db.maybe(sql<Row>`select * from app.find_session(${hash})`));

async function find(state: State, sid: string): Promise<Session | undefined> {
  const hash = sidHash(sid);
  const key = hash.toString("base64url");
  const known = state.memory.get(key);
  if (known) return known;
  const row = await rowByHash(state, hash);
  // misses are never kept: a session made a moment ago by another process must be found
  return row ? remember(state.memory, key, sessionOf(row)) : undefined;
}

async function create(state: State, o: NewSession): Promise<{ sid: string; session: Session }> {
  const sid = randomBytes(32).toString("base64url");
  const now = state.clock.now();
  const at = now.toString();
  const values = {
    sid_hash: sidHash(sid),
    person_id: o.personId,
    kind: o.kind,
    jwk: JSON.stringify(o.jwk),
    jkt: o.jkt,
    idle_minutes: idleMinutes[o.kind],
    issued_at: at,
    started_at: at,
    last_seen: at,
    ends_at: now.add({ hours: absoluteHours[o.kind] }).toString(),
    agent: o.agent.slice(0, 200),
    network: o.network,
  };
  await state.database.transaction({ person: o.personId }, (db) =>
    db.run(db.insert("identity.session").values(values)),
  );
  const row = await rowByHash(state, values.sid_hash);
  if (!row) throw new Error("a session just made is not there");
  return { sid, session: remember(state.memory, values.sid_hash.toString("base64url"), sessionOf(row)) };
}

async function turn(state: State, session: Session, to: Parameters<Sessions["turn"]>[1]): Promise<boolean> {
  const query = sql`update identity.session set gen = ${to.gen}, confirmed = ${to.confirmed}, grace_until = ${instantOf(to.graceUntil)}, rid = ${to.rid},
    issued_at = case when gen = ${to.gen} then issued_at else ${state.clock.now().toString()} end
    where sid_hash = ${session.hash} and gen = ${session.gen} and state = 'open'`;
  const done = await state.database.transaction({ person: session.personId }, (db) => db.run(query));
  state.memory.delete(session.hash.toString("base64url"));
  return done === 1;
}

async function touch(state: State, session: Session): Promise<void> {
  const now = state.clock.milliseconds();
  if (now - session.lastSeen < touchMs) return;
  session.lastSeen = now;
  const query = sql`update identity.session set last_seen = ${instantOf(now)} where sid_hash = ${session.hash}`;
  await state.database.transaction({ person: session.personId }, (db) => db.run(query));
}

function end(state: State, personId: string, id: string | undefined): Promise<number> {
  const all = sql`update identity.session set state = 'ended' where person_id = ${personId} and state <> 'ended'`;
  return change(state, personId, id ? sql`${all} and id = ${id}` : all);
}

function list(state: State, personId: string): ReturnType<Sessions["list"]> {
  const query = sql<Awaited<ReturnType<Sessions["list"]>>[number]>`
    select id, agent, network, started_at, last_seen, state from identity.session
    where person_id = ${personId} and state <> 'ended' and ends_at > now() order by last_seen desc limit 100`;
  return state.database.transaction({ person: personId }, (db) => db.many(query), { read: true });
}

type Found = { clinic_id: string; member_id: string; clinic_state: string; member_state: string; types: string[] };

async function membership(state: State, personId: string, slug: string): Promise<Membership | undefined> {
  const key = `${personId} ${slug}`;
  const known = state.members.get(key);
  if (known) return known;
  const row = await state.database.outside((db) =>
    db.maybe(sql<Found>`select * from app.find_member(${personId}, ${slug})`),
  );
  if (!row || row.member_state !== "active" || row.clinic_state === "closed") return undefined;
  return remember(state.members, key, {
    clinicId: row.clinic_id,
    memberId: row.member_id,
    clinicState: row.clinic_state,
    types: row.types.filter(isType),
  });
}

/** Reads the revocation counter. A failed read leaves the version as it was, so the next one forgets what was missed. */
async function poll(state: State): Promise<void> {
  const row = await state.database.outside((db) =>
    db.maybe(sql<{ version: number }>`select version from identity.revocation`),
  );
  const now = row?.version ?? 0;
  if (state.version >= 0 && now !== state.version) forget(state);
  state.version = now;
}
