import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from "node:crypto";
import { Agent, request as send, type IncomingHttpHeaders } from "node:http";
import { addressOf } from "#core/contract/address.ts";
import type { BodySent, ParamsSent, QuerySent, ReplyOf, Route } from "#core/contract/route.ts";
import { makeProof } from "#core/proof/make-proof.ts";
import { parsePublicJwk, type PublicJwk } from "#core/proof/jwk.ts";

/** A small client of the bound session (BS-1) for scripts and tests: the protocol of the browser without a browser. */
export type Answer<T = unknown> = { status: number; headers: IncomingHttpHeaders; body: T };
export type Plain = {
  method: string;
  path: string;
  body?: unknown;
  text?: string;
  headers?: Record<string, string | string[]>;
};
export type Token = { ct: string; exp: number; now: number };
export type SessionState = {
  privateKey: KeyObject;
  jwk: PublicJwk;
  ct: string;
  cookies: Map<string, string>;
  offset: number;
};

export type Client = {
  /** Sends as it is, with cookies and no proof. */
  plain: (request: Plain) => Promise<Answer>;
  /** Sends signed; `nonce` left out is the temporary token. Refreshes once when the token is stale. */
  signed: (request: Plain & { nonce?: string }) => Promise<Answer>;
  /** Calls a declared route of a clinic (or outside one). */
  call: <R extends Route>(
    route: R,
    input: { slug?: string; params?: ParamsSent<R>; query?: QuerySent<R>; body?: BodySent<R>; key?: string },
  ) => Promise<Answer<ReplyOf<R>>>;
  signIn: (login: string, password: string) => Promise<Answer>;
  refresh: (rid?: string) => Promise<Answer>;
  state: SessionState;
};

const sha256 = (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(createHash("sha256").update(bytes).digest());

/** A new P-256 key pair with its public half as JWK. */
export function newKey(): { privateKey: KeyObject; jwk: PublicJwk } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
  const jwk = parsePublicJwk({ kty, crv, x, y });
  if (!jwk) throw new TypeError("no P-256 key");
  return { privateKey, jwk };
}

const portsOf = ({ privateKey, jwk }: Pick<SessionState, "privateKey" | "jwk">) => ({
  sign: (bytes: Uint8Array) => new Uint8Array(sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" })),
  sha256,
  randomBytes: (count: number) => new Uint8Array(randomBytes(count)),
  publicJwk: jwk,
});

/** Makes the proof of one request: exported so that attack tests can bend it. */
export function proofOf(
  state: SessionState,
  origin: string,
  o: { method: string; path: string; body: Uint8Array<ArrayBuffer>; nonce: string; iat?: number },
): Promise<string> {
  const url = new URL(o.path, origin);
  const iat = o.iat ?? Math.floor(Date.now() / 1000 + state.offset);
  return makeProof(portsOf(state), {
    method: o.method,
    url: url.origin + url.pathname,
    query: url.search.slice(1),
    body: o.body,
    nonce: o.nonce,
    iat,
    act: true,
  });
}

type Wire = { origin: string; agent: Agent; from: string | undefined; state: SessionState };

/** Opens a client of the product at `origin`. `from` is the loopback address it calls from. */
export function openClient(
  origin: string,
  o: { from?: string; agent?: Agent; state?: Partial<SessionState> } = {},
): Client {
  const agent = o.agent ?? new Agent({ keepAlive: true, maxSockets: 64 });
  const state: SessionState = { ...newKey(), ct: "", cookies: new Map(), offset: 0, ...o.state };
  const wire: Wire = { origin, agent, from: o.from, state };
  return {
    state,
    plain: (request) => plain(wire, request),
    signed: (request) => signed(wire, request),
    refresh: (rid) => refresh(wire, rid),
    call: (route, input) => callRoute(wire, route, input),
    signIn: (login, password) => signIn(wire, login, password),
  };
}

function plain({ origin, agent, from, state }: Wire, { method, path, body, text, headers }: Plain): Promise<Answer> {
  const { hostname, port, host } = new URL(origin);
  const bytes = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const cookie = [...state.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const sent: Record<string, string | string[]> = {
    host,
    ...(cookie ? { cookie } : {}),
    ...(bytes === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(bytes)) }),
    ...headers,
  };
  const options = { hostname, port, path, method, agent, headers: sent, ...(from ? { localAddress: from } : {}) };
  return new Promise((done, failed) => {
    const request = send(options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", failed);
      response.on("end", () => {
        keepCookies(state, response.headers["set-cookie"]);
        const read = parsed(Buffer.concat(parts).toString("utf8"), response.headers["content-type"]);
        done({ status: response.statusCode ?? 0, headers: response.headers, body: read });
      });
    });
    request.on("error", failed);
    request.end(bytes);
  });
}

async function once(wire: Wire, request: Plain & { nonce?: string }): Promise<Answer> {
  const text = request.text ?? (request.body === undefined ? "" : JSON.stringify(request.body));
  const dpop = await proofOf(wire.state, wire.origin, {
    method: request.method,
    path: request.path,
    body: new Uint8Array(Buffer.from(text)),
    nonce: request.nonce ?? wire.state.ct,
  });
  return plain(wire, { ...request, headers: { dpop, ...request.headers } });
}

async function refresh(wire: Wire, rid = randomBytes(16).toString("base64url")): Promise<Answer> {
  const answer = await once(wire, { method: "POST", path: "/auth/token", body: { rid } });
  keepToken(wire.state, answer.body);
  return answer;
}

async function signed(wire: Wire, request: Plain & { nonce?: string }): Promise<Answer> {
  const answer = await once(wire, request);
  if (request.nonce !== undefined || codeOf(answer) !== "session.token-stale") return answer;
  await refresh(wire);
  return once(wire, request);
}

async function callRoute<R extends Route>(
  wire: Wire,
  route: R,
  input: { slug?: string; params?: unknown; query?: unknown; body?: unknown; key?: string },
): Promise<Answer<ReplyOf<R>>> {
  const request: Plain = {
    method: route.method,
    path: addressOf(route, input),
    ...(input.body === undefined ? {} : { body: input.body }),
    ...(route.idempotent ? { headers: { "idempotency-key": input.key ?? randomUUID() } } : {}),
  };
  const answer = await (route.session === "public" ? plain(wire, request) : signed(wire, request));
  // the server parsed the reply by this very contract before it left
  return answer as Answer<ReplyOf<R>>;
}

async function signIn(wire: Wire, login: string, password: string): Promise<Answer> {
  const challenge = await plain(wire, { method: "GET", path: "/auth/challenge" });
  const { body } = challenge;
  const nonce = typeof body === "object" && body !== null && "nonce" in body ? String(body.nonce) : "";
  Object.assign(wire.state, newKey());
  const answer = await once(wire, { method: "POST", path: "/auth/sign-in", body: { login, password }, nonce });
  keepToken(wire.state, answer.body);
  return answer;
}

function keepToken(state: SessionState, body: unknown): void {
  if (typeof body !== "object" || body === null || !("ct" in body) || typeof body.ct !== "string") return;
  state.ct = body.ct;
  if ("now" in body && typeof body.now === "number") state.offset = body.now - Date.now() / 1000;
}

function keepCookies(state: SessionState, lines: readonly string[] | undefined): void {
  for (const line of lines ?? []) {
    const [, name, value, rest = ""] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
    if (!name) continue;
    if (value === "" || /max-age=0/i.test(rest)) state.cookies.delete(name);
    else state.cookies.set(name, value ?? "");
  }
}

function parsed(text: string, type: string | undefined): unknown {
  if (text === "" || !/json/.test(type ?? "")) return text === "" ? null : text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Code of a problem answer, or "" for any other. */
export function codeOf(answer: Answer): string {
  const { body } = answer;
  return typeof body === "object" && body !== null && "code" in body && answer.status >= 400 ? String(body.code) : "";
}
