import { utf8, type Bytes } from "#core/proof/bytes.ts";
import { makeProof } from "#core/proof/make-proof.ts";
import {
  generationOf,
  openKeyStore,
  parseToken,
  type KeyStore,
  type SessionKey,
  type TokenState,
} from "./key-store.ts";
import { endOf, problemOf, seconds, tokenOf, type SessionEnd } from "./session-answer.ts";

/** A request to our own server, signed by BS-1. */
export type SignedRequest = {
  /** Capitals. */
  readonly method: string;
  /** Path with its query: `/api/c/lypa/incidents?limit=50`. */
  readonly path: string;
  /** Sent as JSON; left out for none. */
  readonly body?: unknown;
  /** Sent as they are (uploads), instead of `body`. */
  readonly bytes?: Bytes;
  /** More headers: `Idempotency-Key`, `If-Match`. They are not covered by the proof. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The sign-in challenge; left out, the temporary token. */
  readonly nonce?: string;
  readonly signal?: AbortSignal;
};

export type SessionClient = {
  /** Sends a signed request. Refreshes the token when it has run out, and signs once more when the server says that the token,
   *  the clock or the id was at fault. Every other answer is the caller's. Throws TypeError when the network fails. */
  readonly signedFetch: (request: SignedRequest) => Promise<Response>;
  /** Before sign-in and unlock: makes the new key that the challenge is then signed with. */
  readonly begin: () => Promise<void>;
  /** After sign-in and unlock: `{ct, exp, now}` out of the answer. Throws TypeError for anything else. */
  readonly started: (answer: unknown) => Promise<void>;
  /** Forgets key and token here and in all tabs. The sign-out request goes before. */
  readonly end: (why: SessionEnd) => Promise<void>;
  /** Calls back when the session ends, in whichever tab. Returns how to stop listening. */
  readonly onEnd: (listener: (why: SessionEnd) => void) => () => void;
  /** Whether a session was found in this browser; it may have ended on the server meanwhile. */
  readonly isOpen: () => boolean;
};

/** The token is renewed at an age drawn anew each time from this stretch, seconds: with a narrow one a thief's copy keeps step
 *  with the owner for long, with a wide one the two soon collide and are found. */
const RENEW_FROM = 90;
const RENEW_TO = 270;
const TOKEN_SECONDS = 300;
/** The soonest a renewal is tried again after one that failed, seconds. */
const RETRY = 5;
const LOCK = "qms-token";
const CHANNEL = "qms-session";

type State = {
  readonly store: KeyStore;
  readonly channel: BroadcastChannel;
  readonly listeners: Set<(why: SessionEnd) => void>;
  key: SessionKey | undefined;
  token: TokenState | undefined;
  /** Server's clock minus this machine's, seconds; known before there is a token. */
  offset: number;
  /** Whether the person touched the page since the last request. */
  touched: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/** Opens the browser's session: key and token are read from storage, so a reload or a new tab needs no sign-in. */
export async function openSession(): Promise<SessionClient> {
  const store = await openKeyStore();
  const state: State = {
    store,
    channel: new BroadcastChannel(CHANNEL),
    listeners: new Set(),
    key: await store.key(),
    token: await store.token(),
    offset: 0,
    touched: false,
    timer: undefined,
  };
  state.offset = state.token?.offset ?? 0;
  listen(state);
  plan(state);
  return {
    signedFetch: (request) => signedFetch(state, request),
    begin: async () => {
      state.token = undefined;
      state.key = await store.makeKey();
    },
    started: async (answer) => {
      const token = tokenOf(answer);
      if (token === undefined) throw new TypeError("the answer holds no token");
      await keep(state, token);
      tell(state, { kind: "started" });
    },
    end: (why) => end(state, why),
    onEnd: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    isOpen: () => state.key !== undefined && state.token !== undefined,
  };
}

function listen(state: State): void {
  for (const kind of ["pointerdown", "keydown"])
    addEventListener(kind, () => (state.touched = true), { passive: true, capture: true });
  document.addEventListener("visibilitychange", () => plan(state));
  state.channel.addEventListener("message", (message: MessageEvent<unknown>) => {
    void heard(state, message.data);
  });
  // A token whose write was lost lives on in other tabs only: ask them.
  tell(state, { kind: "hello" });
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target: it is our origin's own
const tell = (state: State, message: object): void => state.channel.postMessage(message);

async function heard(state: State, message: unknown): Promise<void> {
  if (typeof message !== "object" || message === null || !("kind" in message)) return;
  if (message.kind === "hello" && state.token !== undefined) tell(state, { kind: "token", token: state.token });
  if (message.kind === "token" && "token" in message) {
    const token = parseToken(message.token);
    if (token !== undefined && state.key !== undefined) adopt(state, token);
  }
  if (message.kind === "started") {
    // Another tab signed in: its key is the session's now. A key that lives in that page alone cannot come here.
    if (!state.store.isDurable()) return leave(state, "ended");
    state.key = await state.store.key();
    state.token = undefined; // the session is another one: its generations begin anew
    adopt(state, await state.store.token());
  }
  if (message.kind === "ended" && "why" in message) await over(state, endOf(message.why) ?? "ended");
}

/** Takes a token over if it is newer than this tab's. */
function adopt(state: State, token: TokenState | undefined): void {
  if (token === undefined || generationOf(token.ct) < generationOf(state.token?.ct)) return;
  state.token = token;
  state.offset = token.offset;
  plan(state);
}

async function keep(state: State, token: TokenState): Promise<void> {
  adopt(state, token);
  // A lost write costs nothing while this page lives: memory and the other tabs have the token.
  await state.store.putToken(token).catch(() => undefined);
  tell(state, { kind: "token", token });
}

async function over(state: State, why: SessionEnd): Promise<void> {
  await state.store.clear().catch(() => undefined);
  leave(state, why);
}

/** Ends the session in this tab alone; what the tabs share stays. */
function leave(state: State, why: SessionEnd): void {
  clearTimeout(state.timer);
  state.key = undefined;
  state.token = undefined;
  for (const listener of state.listeners) listener(why);
}

const serverNow = (state: State): number => seconds() + state.offset;

/** Sets the next renewal of the visible tab; hidden ones renew when they need to or are seen again. */
function plan(state: State): void {
  clearTimeout(state.timer);
  const { token } = state;
  if (token === undefined || document.visibilityState !== "visible") return;
  const age = serverNow(state) - (token.exp - TOKEN_SECONDS);
  const due = RENEW_FROM + (RENEW_TO - RENEW_FROM) * Math.random();
  state.timer = setTimeout(
    () => void refresh(state, token.ct).catch(() => plan(state)),
    Math.max(RETRY, due - age) * 1000,
  );
}

/** Renews the token `seen`, once for all tabs: whoever has the lock asks, the others find the new token. */
async function refresh(state: State, seen: string | undefined): Promise<void> {
  const work = async (): Promise<void> => {
    adopt(state, await state.store.token().catch(() => undefined));
    const { token } = state;
    if (token === undefined || token.ct !== seen) return;
    // Written down before it leaves: the server forgives a repeated refresh only by this id.
    const rid = await state.store.takeRefreshId();
    // Two tries: an answer that took longer than 10 s comes back as session.refresh-late and is signed anew.
    for (let tries = 0; tries < 2; tries += 1) {
      const answer = await send(state, { method: "POST", path: "/auth/token", body: { rid } });
      const { code, body } = await problemOf(answer);
      if (answer.ok) return keep(state, tokenOf(body) ?? token);
      if (endOf(code) !== undefined) return end(state, endOf(code) ?? "ended");
      if (code === "session.clock") correctClock(state, body);
    }
  };
  await ("locks" in navigator ? navigator.locks.request(LOCK, work) : work());
}

async function end(state: State, why: SessionEnd): Promise<void> {
  await over(state, why);
  tell(state, { kind: "ended", why });
}

async function signedFetch(state: State, request: SignedRequest): Promise<Response> {
  const bound = request.nonce === undefined;
  if (bound && state.token !== undefined && serverNow(state) >= state.token.exp) await refresh(state, state.token.ct);
  const mended = new Set<string>();
  for (;;) {
    const used = state.token?.ct;
    const answer = await send(state, request);
    if (answer.status !== 401) return answer;
    const { code, body } = await problemOf(answer.clone());
    const why = bound ? endOf(code) : undefined;
    // An answer to a token that this tab has already left behind says nothing of the present session.
    if (why !== undefined && used === state.token?.ct) await end(state, why);
    // Each fault is mended once: a wrong clock may hide a token run out.
    if (why !== undefined || mended.has(code) || !(await mend(state, { code, body, used, bound }))) return answer;
    mended.add(code);
  }
}

/** Puts right what the server refused; false for what signing anew cannot help. */
async function mend(
  state: State,
  { code, body, used, bound }: { code: string; body: unknown; used: string | undefined; bound: boolean },
): Promise<boolean> {
  if (code === "session.clock") correctClock(state, body);
  else if (code === "session.token-stale" && bound) await refresh(state, used);
  else if (code === "session.proof" && bound) return changeKey(state);
  // A replay: the browser itself repeated the request on a broken connection. The Idempotency-Key stays.
  else return code === "session.replay";
  return true;
}

/** This tab's key is not the session's: another sign-in came between. Takes the stored key if that is a newer one; else the tab
 *  must stop at once, since bad signatures are counted against the session that took its place. */
async function changeKey(state: State): Promise<boolean> {
  const key = await state.store.key();
  const token = await state.store.token();
  if (key === undefined || token === undefined || key.jwk.x === state.key?.jwk.x) {
    leave(state, "none");
    return false;
  }
  state.key = key;
  state.token = undefined;
  adopt(state, token);
  return true;
}

/** Signs and sends, once. */
async function send(state: State, request: SignedRequest): Promise<Response> {
  const url = new URL(request.path, location.origin);
  const json = request.body === undefined ? undefined : utf8(JSON.stringify(request.body));
  const body = request.bytes ?? json;
  const { key, token, touched } = state;
  const nonce = request.nonce ?? token?.ct;
  const headers = new Headers(request.headers);
  if (body !== undefined)
    headers.set("content-type", request.bytes === undefined ? "application/json" : "application/octet-stream");
  if (key !== undefined && nonce !== undefined) {
    state.touched = false;
    const proof = await makeProof(portsOf(key), {
      method: request.method,
      url: url.origin + url.pathname,
      query: url.search.slice(1),
      body: body ?? new Uint8Array(0),
      nonce,
      iat: Math.floor(serverNow(state)),
      act: touched,
    });
    headers.set("dpop", proof);
  }
  return fetch(url, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error", // a proof is for one address: following a redirect would fail there anyway
  });
}

const portsOf = ({ privateKey, jwk }: SessionKey) => ({
  sign: async (bytes: Bytes) =>
    new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, bytes)),
  sha256: async (bytes: Bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
  randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
  publicJwk: jwk,
});

/** The server said its time (`session.clock {now}`): keep the difference. */
function correctClock(state: State, body: unknown): void {
  const now = typeof body === "object" && body !== null && "now" in body ? body.now : undefined;
  if (typeof now === "number") state.offset = now - seconds();
}
