import { createHash } from "node:crypto";
import { problem } from "#core/contract/problem.ts";
import { checkProof } from "#core/proof/check-proof.ts";
import { thumbprint, type PublicJwk } from "#core/proof/jwk.ts";
import { parseProof, type Proof } from "#core/proof/parse-proof.ts";
import { deriveKey } from "../crypto/hash.ts";
import type { Clock } from "../start/clock.ts";
import { checkChallenge, newChallenge } from "./challenge.ts";
import { acceptRequest, decideRefresh } from "./ratchet.ts";
import { ReplayMemory } from "./replay.ts";
import type { Session, Sessions } from "./store.ts";
import { createTokenMint, type TokenMint } from "./token.ts";
import { createEs256Verifier } from "./verify-es256.ts";

/** A request as the guard sees it: nothing in it is believed until checked. */
export type Presented = {
  method: string;
  /** Path without query, as sent. */
  path: string;
  query: string;
  body: Uint8Array;
  /** Every `DPoP` header that came; there must be exactly one. */
  proofs: readonly string[];
  site: string | undefined;
  origin: string | undefined;
  sid: string | undefined;
  pre: string | undefined;
};

export type Token = { ct: string; exp: number; now: number };

export type Guard = {
  /** Checks a bound request, cheapest first, and gives its open session. Throws 401 or 403 problems that say no more than their code. */
  bound: (
    request: Presented,
    o?: { refresh?: boolean },
  ) => Promise<{ session: Session; proof: Proof; gen: number; tokenGood: boolean }>;
  /** Checks a request signed by a new key over the challenge. */
  fresh: (request: Presented) => Promise<{ jwk: PublicJwk; jkt: string }>;
  /** Fetch metadata and origin: present and wrong is refused; absent (scripts) leaves it to the proof. */
  site: (request: Pick<Presented, "site" | "origin">) => void;
  challenge: (pre: Uint8Array) => { nonce: string; exp: number; now: number };
  refresh: (request: Presented, rid: string) => Promise<Token>;
  token: (session: Session) => Token;
  setEpoch: (epoch: number) => void;
};

type Trouble = { bad: number; replays: number; since: number };
/** Five bad signatures, or three old replays, in ten minutes end the session. */
const troubleMs = 10 * 60_000;
const badMax = 5;
const replayMax = 3;
/** A browser may send a request twice when a kept connection breaks: a replay younger than this is refused but not counted. */
const honestReplaySeconds = 10;

const digest = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("base64url");
const sha256 = (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(createHash("sha256").update(bytes).digest());

export function openGuard(o: {
  origin: string;
  sessions: Sessions;
  clock: Clock;
  tokenSecret: Uint8Array;
  challengeKey: Uint8Array;
  report: (what: string, facts?: Record<string, string | number>) => void;
}): Guard {
  const state: GuardState = {
    ...o,
    verify: createEs256Verifier(),
    replay: new ReplayMemory(o.clock.seconds()),
    mint: createTokenMint(o.tokenSecret, 0),
    trouble: new Map(),
  };
  return {
    bound: (request, how) => bound(state, request, how?.refresh ?? false),
    fresh: (request) => fresh(state, request),
    site: (request) => demandSite(state, request),
    challenge: (pre) => ({ ...newChallenge(state.challengeKey, pre, o.clock.seconds()), now: o.clock.seconds() }),
    refresh: (request, rid) => refresh(state, request, rid),
    token: (session) => tokenOf(state, session),
    setEpoch: (epoch) => {
      // proofs of another epoch may have been burnt in a memory that is gone
      state.mint = createTokenMint(o.tokenSecret, epoch);
      state.replay = new ReplayMemory(o.clock.seconds());
      state.challengeKey = deriveKey(o.challengeKey, `epoch|${epoch}`);
    },
  };
}

type GuardState = Parameters<typeof openGuard>[0] & {
  verify: ReturnType<typeof createEs256Verifier>;
  replay: ReplayMemory;
  mint: TokenMint;
  trouble: Map<string, Trouble>;
};

function demandSite(state: GuardState, { site, origin }: Pick<Presented, "site" | "origin">): void {
  if (site !== undefined && site !== "same-origin") throw problem("session.site");
  if (origin !== undefined && origin !== state.origin) throw problem("session.site");
}

/** The one proof of a request, with method, address, query and body as it must say them. */
function readProof(state: GuardState, request: Presented): Proof {
  demandSite(state, request);
  const [text] = request.proofs;
  if (request.proofs.length !== 1 || text === undefined) throw problem("session.proof");
  const parsed = parseProof(text);
  if ("fault" in parsed) throw problem("session.proof");
  if (
    checkProof(parsed.proof, {
      method: request.method,
      url: `${state.origin}${request.path}`,
      htq: digest(request.query),
    }).length > 0
  )
    throw problem("session.proof");
  return parsed.proof;
}

function demandClock(state: GuardState, proof: Proof): void {
  const now = state.clock.seconds();
  if (checkProof(proof, { now }).length > 0) throw problem("session.clock", { now });
}

async function fresh(state: GuardState, request: Presented): Promise<{ jwk: PublicJwk; jkt: string }> {
  const proof = readProof(state, request);
  const pre = request.pre ? Buffer.from(request.pre, "base64url") : Buffer.alloc(0);
  const now = state.clock.seconds();
  if (pre.length !== 32 || checkChallenge(state.challengeKey, { pre, nonce: proof.claims.nonce, now }) !== "good")
    throw problem("session.proof");
  demandClock(state, proof);
  if (!state.verify(proof.jwk, proof)) throw problem("session.proof");
  if (checkProof(proof, { bd: digest(request.body) }).length > 0) throw problem("session.proof");
  if (state.replay.remember(sha256(new Uint8Array(pre)), proof.claims.jti, now) !== "new")
    throw problem("session.replay");
  return { jwk: proof.jwk, jkt: await thumbprint(proof.jwk, sha256) };
}

async function bound(state: GuardState, request: Presented, refreshing: boolean) {
  if (!request.sid) throw problem("session.none");
  const proof = readProof(state, request);
  const session = await state.sessions.find(request.sid);
  if (!session) throw problem("session.none");
  const token = state.mint.check(
    { sidHash: session.hash, jkt: session.jkt },
    proof.claims.nonce,
    state.clock.seconds(),
  );
  if (token.state === "forged") throw problem("session.proof");
  if (token.state !== "good" && !refreshing) throw problem("session.token-stale");
  demandClock(state, proof);
  await demandSignature(state, session, proof);
  if (checkProof(proof, { bd: digest(request.body) }).length > 0) throw problem("session.proof");
  await demandLive(state, session);
  await burn(state, session, proof);
  if (!refreshing) await demandGeneration(state, session, token.gen);
  if (proof.claims.act || session.lastSeen === 0) await state.sessions.touch(session);
  return { session, proof, gen: token.gen, tokenGood: token.state === "good" };
}

function troubleOf(state: GuardState, session: Session): Trouble {
  const now = state.clock.milliseconds();
  const known = state.trouble.get(session.id);
  if (known && now - known.since < troubleMs) return known;
  if (state.trouble.size > 10_000) state.trouble.clear();
  const made = { bad: 0, replays: 0, since: now };
  state.trouble.set(session.id, made);
  return made;
}

/** By the session's stored key alone; the key inside the proof is only compared. */
async function demandSignature(state: GuardState, session: Session, proof: Proof): Promise<void> {
  const sameKey = checkProof(proof, { key: session.jwk }).length === 0;
  if (sameKey && state.verify(session.jwk, proof)) return;
  const trouble = troubleOf(state, session);
  if (++trouble.bad >= badMax) {
    await state.sessions.set(session, "ended");
    state.report("session.ended-by-bad-proofs", { session: session.id });
  }
  throw problem("session.proof");
}

async function demandLive(state: GuardState, session: Session): Promise<void> {
  const now = state.clock.milliseconds();
  if (session.state === "ended" || now >= session.endsAt) throw problem("session.ended");
  if (session.state === "locked") throw problem("session.locked");
  if (now - session.lastSeen > session.idleMinutes * 60_000) {
    await state.sessions.set(session, "locked");
    throw problem("session.locked");
  }
}

async function burn(state: GuardState, session: Session, proof: Proof): Promise<void> {
  const now = state.clock.seconds();
  const answer = state.replay.remember(session.hash, proof.claims.jti, now);
  if (answer === "new") return;
  if (answer === "full") throw problem("service.busy", { seconds: 5 });
  if (now - proof.claims.iat > honestReplaySeconds) {
    const trouble = troubleOf(state, session);
    if (++trouble.replays >= replayMax) {
      await state.sessions.set(session, "ended");
      state.report("session.ended-by-replays", { session: session.id });
    }
  }
  throw problem("session.replay");
}

const rowOf = (session: Session) => ({
  gen: session.gen,
  issuedAt: Math.floor(session.issuedAt / 1000),
  confirmed: session.confirmed,
  ...(session.graceUntil === null ? {} : { graceUntil: Math.floor(session.graceUntil / 1000) }),
  ...(session.rid === null ? {} : { rid: session.rid }),
});

/** Old generations are told to refresh and never end a session: tabs overtake one another all day long. */
async function demandGeneration(state: GuardState, session: Session, gen: number): Promise<void> {
  const accepted = acceptRequest(rowOf(session), gen, state.clock.seconds());
  if (!accepted.accepted) throw problem("session.token-stale");
  const { row } = accepted;
  if (!row) return;
  const graceUntil = row.graceUntil === undefined ? null : row.graceUntil * 1000;
  Object.assign(session, { confirmed: true, graceUntil });
  await state.sessions.turn(session, { gen: session.gen, confirmed: true, graceUntil, rid: session.rid });
}

async function refresh(state: GuardState, request: Presented, rid: string): Promise<Token> {
  const { session, proof, gen } = await bound(state, request, true);
  const now = state.clock.seconds();
  const answer = decideRefresh(rowOf(session), { gen, rid, iat: proof.claims.iat, now });
  switch (answer.action) {
    case "late":
      throw problem("session.refresh-late");
    case "same":
      return tokenOf(state, session);
    case "clone":
    case "ahead":
      await state.sessions.set(session, "ended");
      state.report(answer.action === "clone" ? "session.clone" : "session.ahead", { session: session.id });
      throw problem("session.ended");
    case "rotate": {
      const { row } = answer;
      const turned = await state.sessions.turn(session, { gen: row.gen, confirmed: false, graceUntil: null, rid });
      // another tab or process was faster: it gets the token that one made, if it shares the refresh's id
      const next = request.sid ? await state.sessions.find(request.sid) : undefined;
      if (!next || (!turned && next.rid !== rid && next.gen !== session.gen + 1)) throw problem("session.token-stale");
      return tokenOf(state, next);
    }
    default:
      return answer satisfies never;
  }
}

function tokenOf(state: GuardState, session: Session): Token {
  const iat = Math.floor(session.issuedAt / 1000);
  const now = state.clock.seconds();
  const ct = state.mint.mint({ sidHash: session.hash, jkt: session.jkt }, { gen: session.gen, iat });
  return { ct, exp: iat + 300, now };
}
