import { addressOf } from "#core/contract/address.ts";
import type { ProblemBody } from "#core/contract/problem.ts";
import type { BodySent, ParamsSent, QuerySent, ReplyOf, Route } from "#core/contract/route.ts";
import { openSession, type SessionClient } from "./proof.ts";

/** What a screen gives to a route. `key` makes a creating request safe to repeat. */
export type Input<R> = {
  slug?: string;
  params?: ParamsSent<R>;
  query?: QuerySent<R>;
  body?: BodySent<R>;
  key?: string;
  nonce?: string;
  signal?: AbortSignal;
};

/** The server's answer was a problem; `body` has both languages and the errors beside fields. */
export class ApiProblem extends Error {
  readonly body: ProblemBody;
  constructor(body: ProblemBody) {
    super(body.code);
    this.name = "ApiProblem";
    this.body = body;
  }
}

/** The request did not reach the server. What the person typed is still on the page. */
export class Offline extends Error {
  override name = "Offline";
}

let opened: Promise<SessionClient> | undefined;
/** This browser's one session, opened on first use. */
export const session = (): Promise<SessionClient> => (opened ??= openSession());

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === "object" && body !== null && "code" in body && "status" in body;
const fallback = (status: number): ProblemBody => ({
  type: "/docs/problems/service.unexpected",
  code: "service.unexpected",
  status,
  title: "",
  uk: "Сталася неочікувана помилка.",
  en: "Something unexpected happened.",
});

/** Calls a route of the product, signed. Throws {@link ApiProblem} or {@link Offline}. */
export async function call<R extends Route>(route: R, input: Input<R> = {}): Promise<ReplyOf<R>> {
  const client = await session();
  const headers = route.idempotent ? { "idempotency-key": input.key ?? crypto.randomUUID() } : undefined;
  let answer: Response;
  try {
    answer = await client.signedFetch({
      method: route.method,
      path: addressOf(route, input),
      ...(route.method === "GET" || route.method === "DELETE" ? {} : { body: input.body ?? {} }),
      ...(headers ? { headers } : {}),
      ...(input.nonce === undefined ? {} : { nonce: input.nonce }),
      ...(input.signal ? { signal: input.signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Offline("offline");
  }
  const body: unknown = answer.status === 204 ? null : await answer.json().catch(() => undefined);
  if (!answer.ok) throw new ApiProblem(isProblem(body) ? body : fallback(answer.status));
  // the server parsed its reply by this very contract before it left
  return body as ReplyOf<R>;
}

/** A nonce for signing in or unlocking; the new key is made before it is asked for. */
export async function challenge(): Promise<string> {
  const client = await session();
  await client.begin();
  const answer = await fetch("/auth/challenge", { credentials: "same-origin", cache: "no-store" }).catch(() => {
    throw new Offline("offline");
  });
  const body: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok || typeof body !== "object" || body === null || !("nonce" in body))
    throw new ApiProblem(isProblem(body) ? body : fallback(answer.status));
  return String(body.nonce);
}
