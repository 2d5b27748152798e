import { randomUUID } from "node:crypto";
import { Agent, request as send, type IncomingHttpHeaders } from "node:http";
import { bundles } from "#core/access/rights.ts";
import type { Route } from "#core/contract/route.ts";
import { newKey, openClient, proofOf, type Client } from "#cli/client.ts";
import { openPerson, type Cast } from "./clinic.ts";

/** A request in bytes, so that it may be one that no client of ours would send. */
export type Strange = {
  method: string;
  path: string;
  bytes?: Uint8Array | string;
  headers?: Readonly<Record<string, string>>;
  /** The body's length is not said beforehand. */
  chunked?: boolean;
};
export type Answered = { status: number; headers: IncomingHttpHeaders; text: string; code: string };

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Sends it as it is. A server that has answered may close before it has read everything. */
export function sendBytes(
  origin: string,
  { method, path, bytes, headers, chunked }: Strange,
  from = "127.0.0.1",
): Promise<Answered> {
  const { hostname, port, host } = new URL(origin);
  const body = bytes === undefined ? undefined : Buffer.from(bytes);
  const length: Record<string, string> = body && !chunked ? { "content-length": String(body.length) } : {};
  return new Promise((done, failed) => {
    const options = {
      hostname,
      port,
      path,
      method,
      agent,
      localAddress: from,
      headers: { host, ...length, ...headers },
    };
    let isAnswered = false;
    const request = send(options, (response) => {
      isAnswered = true;
      const parts: Buffer[] = [];
      const end = () => {
        const text = Buffer.concat(parts).toString("utf8");
        done({ status: response.statusCode ?? 0, headers: response.headers, text, code: codeIn(text) });
      };
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", end);
      response.on("end", end);
    });
    request.on("error", (error) => isAnswered || failed(error));
    if (body && chunked) request.write(body);
    request.end(chunked ? undefined : body);
  });
}

const codeIn = (text: string): string => /"code":"([a-z.-]+)"/.exec(text)?.[1] ?? "";

const people = ["solomiia", "marta", "taras", "olena", "yulia", "bohdan", "hanna", "ihor"] as const;
const typeOf = {
  solomiia: "owner",
  marta: "quality",
  taras: "doctor",
  olena: "nurse",
  yulia: "reception",
  bohdan: "lab",
  hanna: "training",
  ihor: "auditor",
} as const;

/** One of the cast who may use the route, with a new session. */
export async function holderOf(cast: Cast, route: Route): Promise<Client> {
  const types: readonly string[] = Object.entries(bundles).find(([right]) => right === route.right)?.[1] ?? ["quality"];
  const name = people.find((one) => types.includes(typeOf[one])) ?? "marta";
  return (await openPerson(cast.product, { ...cast[name], slug: cast.clinic.slug })).client;
}

/** Whoever may use a route, sending it strange requests: signed where the route asks for it. */
export type Sender = (request: Strange) => Promise<Answered>;

/** A session answers so many requests a minute, and so many come from one network: then another takes its place. */
const perSession = 500;
const perNetwork = 8;

/** Opens a sender for a route. `networks` gives the next loopback address nobody has called from. */
export function senderOf(cast: Cast, route: Route, networks: () => string): Sender {
  const { origin } = cast.product;
  let client: Client | undefined;
  let from = networks();
  let count = 0;
  const signedBy = async (by: Client, request: Strange, nonce: string): Promise<Strange> => {
    const path = request.path.split("#")[0] ?? "";
    const dpop = await proofOf(by.state, origin, {
      method: request.method,
      path,
      body: new Uint8Array(Buffer.from(request.bytes ?? "")),
      nonce,
    });
    const cookie = [...by.state.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const key: Record<string, string> = route.idempotent ? { "idempotency-key": randomUUID() } : {};
    return { ...request, headers: { dpop, cookie, ...key, ...request.headers } };
  };
  return async (request) => {
    count++;
    if (route.session === "public" || route.session === "fresh") {
      if (count % perNetwork === 0) from = networks();
      if (route.session === "public") return sendBytes(origin, request, from);
      const fresh = openClient(origin, { from, state: newKey() });
      const { body } = await fresh.plain({ method: "GET", path: "/auth/challenge" });
      return sendBytes(origin, await signedBy(fresh, request, String(Object(body).nonce)), from);
    }
    if (count % perSession === 0) client = undefined;
    client ??= await holderOf(cast, route);
    const answer = await sendBytes(origin, await signedBy(client, request, client.state.ct));
    if (answer.status === 401) client = undefined;
    return answer;
  };
}
