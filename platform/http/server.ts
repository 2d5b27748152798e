import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import rateLimit from "@fastify/rate-limit";
import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { Problem, problem, problemBody } from "#core/contract/problem.ts";
import type { Language } from "#core/contract/words.ts";
import type { App } from "../start/app.ts";
import { commonHeaders, dataPolicy, hsts } from "./headers.ts";
import { describeError } from "./describe-error.ts";
import { platformProblems } from "./problems.ts";

/** Every limit of the door, named (platform.md §4 of the design; the figures stand in docs/reference/limits). */
export const limits = {
  bodyBytes: 1024 * 1024,
  formBytes: 100 * 1024,
  headerBytes: 16 * 1024,
  requestMs: 10_000,
  pathParameter: 200,
  perSessionMinute: 600,
  perAddressMinute: 1200,
  /** Files of the app: a clinic whose people open it at the same hour comes from one address and asks for all of them. */
  assetsPerAddressMinute: 12_000,
};

declare module "fastify" {
  interface FastifyRequest {
    /** The body as it came, for the proof's digest. */
    bytes: Buffer;
    reference: string;
  }
  interface FastifyContextConfig {
    perMinute?: number;
    limitBy?: "session" | "address";
  }
}

/** The person's language by the browser's list: Ukrainian unless English stands first. */
export function languageOf(header: string | undefined): Language {
  for (const part of (header ?? "").split(",")) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (tag === "uk" || tag === "en") return tag;
  }
  return "uk";
}

/** Sends a problem as RFC 9457 says. Anything not thrown on purpose becomes one opaque problem with a reference. */
export function sendProblem(app: App, request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const known = problemOf(error);
  const definition = app.registry.problems[known.code];
  const shown = definition ? known : problem("service.unexpected");
  const fallback = platformProblems["service.unexpected"];
  const { status } = definition ?? fallback;
  if (status >= 500 && shown.code === "service.unexpected")
    app.log.error(
      { request: request.reference, route: request.routeOptions.url, error: describeError(error) },
      "unexpected",
    );
  const { seconds } = shown.facts;
  if (status === 503 || status === 429)
    void reply.header("retry-after", String(typeof seconds === "number" ? seconds : status === 429 ? 60 : 2));
  return reply
    .code(status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .send(
      JSON.stringify(
        problemBody(definition ?? fallback, shown, {
          language: languageOf(request.headers["accept-language"]),
          request: request.reference,
        }),
      ),
    );
}

const byFastifyCode: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "request.too-large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "request.type",
  FST_ERR_CTP_EMPTY_TYPE: "request.type",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "request.malformed",
  FST_ERR_BAD_URL: "request.malformed",
  FST_ERR_ROUTE_MISSING_HANDLER: "route.unknown",
  FST_ERR_MAX_PARAM_LENGTH: "route.unknown",
};

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // whatever else the framework blames on the request is no fault of ours
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  const otherwise = status >= 400 && status < 500 ? "request.malformed" : "service.unexpected";
  return problem(byFastifyCode[code] ?? otherwise);
}

/** Answers to bytes that never became a request. */
function refuseBytes(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable) return;
  const [code, status, phrase] =
    error.code === "HPE_HEADER_OVERFLOW"
      ? (["request.headers", 431, "Request Header Fields Too Large"] as const)
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? (["request.slow", 408, "Request Timeout"] as const)
        : (["request.malformed", 400, "Bad Request"] as const);
  const body = JSON.stringify(problemBody(platformProblems[code], problem(code), { language: "uk" }));
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\ncontent-type: application/problem+json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n${body}`,
  );
}

/** The server with its limits and headers and no route yet. */
export async function openServer(app: App): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: 60_000,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.requestMs,
      // Node looks every 30 s otherwise: a slow sender would hold its connection for a minute
      connectionsCheckingInterval: 1000,
      // ours is the answer to a request without a host
      requireHostHeader: false,
    },
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      maxParamLength: limits.pathParameter,
    },
    exposeHeadRoutes: false,
    trustProxy: false,
    logger: false,
    genReqId: () => randomBytes(8).toString("hex"),
    clientErrorHandler: refuseBytes,
    // an address that cannot be read comes by no hook
    frameworkErrors: (error, request, reply) => {
      begin(app, request, reply);
      void sendProblem(app, request, reply, error);
    },
  });
  server.decorateRequest("bytes");
  server.decorateRequest("reference", "");
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "buffer" }, keepBytes);
  server.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "buffer", bodyLimit: limits.formBytes },
    keepBytes,
  );
  server.setErrorHandler((error, request, reply) => void sendProblem(app, request, reply, error));
  const [, authority = ""] = /^https?:\/\/([^/]+)/.exec(app.settings.origin) ?? [];
  server.addHook("onRequest", async (request, reply) => {
    begin(app, request, reply);
    demandHost(request, reply, { app, authority });
  });
  await server.register(rateLimit, {
    global: true,
    timeWindow: 60_000,
    max: (request) =>
      request.routeOptions.config.perMinute ??
      (isAsset(request) ? limits.assetsPerAddressMinute : limits.perAddressMinute),
    keyGenerator: limitKey,
    errorResponseBuilder: () => problem("request.too-many", { seconds: 60 }),
    addHeaders: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
      "retry-after": false,
    },
  });
  return server;
}

/** What every answer has, whatever becomes of its request. */
function begin(app: App, request: FastifyRequest, reply: FastifyReply): void {
  request.reference = request.id;
  request.bytes = Buffer.alloc(0);
  void reply.headers({
    ...commonHeaders,
    "qms-request": request.reference,
    "content-security-policy": dataPolicy,
    "cache-control": "no-store",
  });
  if (app.mode === "live") void reply.header("strict-transport-security", hsts);
}
const isAsset = ({ url }: FastifyRequest): boolean => url.startsWith("/assets/");

/** Bound routes count by session; those before one count by the network they come from, each route with its own limit apart. */
function limitKey(request: FastifyRequest): string {
  if (isAsset(request)) return `asset ${networkOf(request.ip)}`;
  const { limitBy } = request.routeOptions.config;
  const cookie = /(?:^|;\s*)(?:__Host-sid|sid-\d+)=([\w-]{20})/.exec(request.headers.cookie ?? "")?.[1];
  if (limitBy === "session" && cookie) return `session ${cookie}`;
  return `${limitBy === "address" ? request.routeOptions.url : ""} ${networkOf(request.ip)}`;
}

/** /24 of an IPv4 address, /64 of an IPv6 one. Loopback keeps its last number, so that tests can come from several networks. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/, "");
  if (plain.startsWith("127.")) return plain;
  return plain.includes(":")
    ? `${plain.split(":").slice(0, 4).join(":")}::/64`
    : `${plain.split(".").slice(0, 3).join(".")}.0/24`;
}

function keepBytes(request: FastifyRequest, body: Buffer, done: (error: Error | null, body?: unknown) => void): void {
  request.bytes = body;
  done(null, body);
}

/** One name only: this stops DNS rebinding. A GET under the name localhost is sent on; every other foreign name is 421. */
function demandHost(
  request: FastifyRequest,
  reply: FastifyReply,
  { app, authority }: { app: App; authority: string },
): void {
  if (app.mode === "demo")
    for (const name of Object.keys(request.headers))
      if (/^(?:forwarded|via|x-real-ip|x-forwarded-.*)$/.test(name)) throw problem("request.host");
  const { host } = request.headers;
  // of two names Node keeps the first, a proxy before us perhaps the last
  const names = request.raw.rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === "host");
  // a line that names a host itself would pass by the header's check
  if (names.length > 1 || !request.raw.url?.startsWith("/")) throw problem("request.host");
  if (host === authority) return;
  const port = authority.split(":")[1] ?? "";
  if (request.method === "GET" && host === `localhost:${port}`) {
    void reply.redirect(`${app.settings.origin}${request.raw.url ?? "/"}`, 308);
    return;
  }
  throw problem("request.host");
}
