import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { z } from "zod";
import { Problem, problem } from "#core/contract/problem.ts";
import { slug } from "#core/contract/shapes.ts";
import type { App } from "../start/app.ts";
import type { Presented } from "../session/guard.ts";
import type { Session } from "../session/store.ts";
import { newBytes } from "../crypto/random.ts";
import { cookie, cookieNames, readCookie, type CookieNames } from "./cookies.ts";
import type { Door } from "./door.ts";
import { parsePart } from "./input.ts";
import { parseJson } from "./json.ts";
import { perform, type Who } from "./perform.ts";
import type { DoorHandler, Handler } from "./registry.ts";
import { languageOf, limits, networkOf } from "./server.ts";

/** JSON is UTF-8 (RFC 8259); a body that says it is written otherwise would be read as something else than was meant. */
const jsonType = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;
const idempotencyKey = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** How long the browser may keep the cookie that a challenge is bound to. */
const preSeconds = 120;

/** A GET or DELETE has no body of ours; one that comes with it is not read, so no proof can be over it. */
const unread = Buffer.from("a body that nobody reads");
const carriesUnread = (request: FastifyRequest): boolean =>
  request.bytes.length === 0 &&
  (Number(request.headers["content-length"] ?? 0) > 0 || request.headers["transfer-encoding"] !== undefined);

/** The request in the guard's words. */
export function presented(request: FastifyRequest, names: CookieNames): Presented {
  const raw = request.raw.url ?? "/";
  const cut = raw.indexOf("?");
  const proofs: string[] = [];
  // rawHeaders, because Node joins repeated headers into one text
  request.raw.rawHeaders.forEach((text, at, all) => {
    if (at % 2 === 0 && text.toLowerCase() === "dpop") proofs.push(all[at + 1] ?? "");
  });
  const { origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  return {
    method: request.method,
    path: cut < 0 ? raw : raw.slice(0, cut),
    query: cut < 0 ? "" : raw.slice(cut + 1),
    body: carriesUnread(request) ? unread : request.bytes,
    proofs,
    site: typeof site === "string" ? site : undefined,
    origin,
    sid: readCookie(request.headers.cookie, names.sid),
    pre: readCookie(request.headers.cookie, names.pre),
  };
}

function bodyOf(request: FastifyRequest): unknown {
  if (request.method === "GET" || request.method === "DELETE") return undefined;
  if (request.bytes.length === 0) return {};
  if (!jsonType.test(request.headers["content-type"] ?? "")) throw problem("request.type");
  if (request.headers["content-encoding"] !== undefined) throw problem("request.type");
  return parseJson(request.bytes);
}

function keyOf(request: FastifyRequest, handler: Handler): string | undefined {
  if (!handler.route.idempotent) return undefined;
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || !idempotencyKey.test(key))
    throw new Problem("request.invalid", {}, [
      {
        pointer: "/headers/Idempotency-Key",
        code: "field.missing",
        uk: "Потрібен заголовок Idempotency-Key (UUID).",
        en: "An Idempotency-Key header (UUID) is needed.",
      },
    ]);
  return key;
}

const inClinic = z.looseObject({ slug });

/** The clinic an address names. Throws `clinic.unknown` on what cannot be a clinic's name. */
export function slugOf(request: FastifyRequest): string {
  const named = inClinic.safeParse(request.params);
  if (!named.success) throw problem("clinic.unknown");
  return named.data.slug;
}

/** Who a bound request is in the clinic of its path. Not a member there and no such clinic are one answer. */
export async function whoOf(app: App, session: Session, slug: string): Promise<Who> {
  const member = await app.sessions.membership(session.personId, slug);
  if (!member) throw problem("clinic.unknown");
  const clinic = await app.clinics.facts(member.clinicId, slug);
  return {
    clinic,
    member: { id: member.memberId, personId: session.personId, types: member.types, as: "member" },
    session: session.id,
    via: "http",
  };
}

async function publicWho(app: App, slug: string): Promise<Who> {
  const clinic = await app.clinics.bySlug(slug);
  if (!clinic) throw problem("clinic.unknown");
  return { clinic, member: { id: null, personId: null, types: [], as: "public" }, via: "http" };
}

type Served = { app: App; names: CookieNames; request: FastifyRequest; reply: FastifyReply };

async function serveInClinic({ app, names, request, reply }: Served, handler: Handler): Promise<void> {
  const asked = presented(request, names);
  let who: Who;
  if (handler.route.session === "public") {
    app.guard.site(asked);
    who = await publicWho(app, slugOf(request));
  } else {
    const { session } = await app.guard.bound(asked);
    who = await whoOf(app, session, slugOf(request));
  }
  const done = await perform(app, handler, who, {
    params: withoutSlug(request.params),
    query: request.query,
    body: bodyOf(request),
    key: keyOf(request, handler),
  });
  send(reply, done.status, done.reply);
}

function withoutSlug(params: unknown): unknown {
  if (typeof params !== "object" || params === null) return params;
  return Object.fromEntries(Object.entries(params).filter(([name]) => name !== "slug"));
}

function send(reply: FastifyReply, status: number, body: unknown): void {
  if (status === 204) void reply.code(204).send();
  else void reply.code(status).header("content-type", "application/json; charset=utf-8").send(JSON.stringify(body));
}

async function serveAtDoor(served: Served, handler: DoorHandler): Promise<void> {
  const { app, names, request, reply } = served;
  const { route } = handler;
  const asked = presented(request, names);
  const params = route.params ? parsePart(route.params, request.params, "/path") : undefined;
  const door = doorOf(served);
  if (route.act === "sign-in.challenge") {
    app.guard.site(asked);
    const pre = newBytes(32);
    void reply.header(
      "set-cookie",
      cookie({
        name: names.pre,
        value: Buffer.from(pre).toString("base64url"),
        secure: names.secure,
        seconds: preSeconds,
      }),
    );
    send(reply, 200, app.guard.challenge(pre));
    return;
  }
  if (route.act === "session.refresh") {
    const body = parsePart(route.body ?? route.reply, bodyOf(request), "");
    const rid = typeof body === "object" && body !== null && "rid" in body ? String(body.rid) : "";
    send(reply, 200, await app.guard.refresh(asked, rid));
    return;
  }
  if (route.session === "public") app.guard.site(asked);
  else if (route.session === "fresh") {
    door.newKey = await app.guard.fresh(asked);
    if (route.act === "session.unlock" && asked.sid) door.session = await app.sessions.find(asked.sid);
  } else door.session = (await app.guard.bound(asked)).session;
  const query = route.query ? parsePart(route.query, request.query, "/query") : undefined;
  const body = route.body ? parsePart(route.body, bodyOf(request), "") : undefined;
  const answer: unknown = route.reply.parse(await handler.serve(door, { params, query, body }));
  send(reply, route.reply.type === "null" ? 204 : route.act === "clinic.sign-up" ? 202 : 200, answer);
}

function doorOf({ app, names, request, reply }: Served): Door {
  return {
    database: app.database,
    sessions: app.sessions,
    clock: app.clock,
    vault: app.vault,
    passwords: app.passwords,
    mode: app.mode,
    origin: app.settings.origin,
    agent: (request.headers["user-agent"] ?? "").slice(0, 200),
    network: networkOf(request.ip),
    language: languageOf(request.headers["accept-language"]),
    reference: request.reference,
    newKey: undefined,
    session: undefined,
    cookies: {
      keep: (sid) =>
        void reply.header("set-cookie", [
          cookie({ name: names.sid, value: sid, secure: names.secure }),
          cookie({ name: names.pre, value: "", secure: names.secure, seconds: 0 }),
        ]),
      clear: () =>
        void reply
          .header("set-cookie", cookie({ name: names.sid, value: "", secure: names.secure, seconds: 0 }))
          .header("clear-site-data", '"cache", "cookies", "storage"'),
    },
    token: app.guard.token,
    report: app.report,
  };
}

/** Puts every declared route on the server, and 405 on the methods that nobody declared for its path. */
export function mount(server: FastifyInstance, app: App): void {
  const names = cookieNames(app.settings.origin);
  const byPath = new Map<string, Set<string>>();
  for (const handler of [...app.registry.handlers, ...app.registry.doors]) {
    const { route } = handler;
    const url = route.outside ? route.path : `/api/c/:slug${route.path}`;
    byPath.set(url, (byPath.get(url) ?? new Set()).add(route.method));
    const perMinute = route.limit?.perMinute;
    server.route({
      method: route.method,
      url,
      config:
        perMinute === undefined
          ? { perMinute: limits.perSessionMinute, limitBy: "session" }
          : { perMinute, limitBy: route.limit?.per ?? "address" },
      handler: async (request, reply) => {
        const served = { app, names, request, reply };
        if ("run" in handler) await serveInClinic(served, handler);
        else await serveAtDoor(served, handler);
        return reply;
      },
    });
  }
  const all: HTTPMethods[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
  for (const [url, methods] of byPath)
    server.route({
      method: all.filter((method) => !methods.has(method)),
      url,
      handler: async (_request, reply) => {
        void reply.header("allow", [...methods].join(", "));
        throw problem("request.method");
      },
    });
}
