import fastifyStatic from "@fastify/static";
import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { problem } from "#core/contract/problem.ts";
import { id } from "#core/contract/shapes.ts";
import type { App } from "../start/app.ts";
import { cookieNames } from "./cookies.ts";
import { newNonce, pagePolicy } from "./headers.ts";
import { presented, slugOf, whoOf } from "./mount.ts";
import { limits, sendProblem } from "./server.ts";

/** A page of ours: own nonce, own policy, never cached. */
export function sendPage(reply: FastifyReply, o: { html: string; nonce: string; status?: number }): FastifyReply {
  return reply
    .code(o.status ?? 200)
    .headers({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": pagePolicy(o.nonce),
      "cache-control": "no-store",
    })
    .send(o.html);
}

/** The staff app's shell: no data in it, a nonce of its own per reply. */
function serveShell(server: FastifyInstance, app: App, dist: string): void {
  const file = join(dist, "index.html");
  const shell = existsSync(file) ? readFileSync(file, "utf8") : "";
  const paths = [
    "/",
    "/sign-in",
    "/sign-up",
    "/l/:token",
    "/c/:slug",
    "/c/:slug/*",
    ...(app.mode === "demo" ? ["/kit", "/kit/:part"] : []),
  ];
  const send = (reply: FastifyReply, status: number) => {
    if (shell === "") throw problem("route.unknown");
    const nonce = newNonce();
    const html = shell.replaceAll("__NONCE__", nonce).replaceAll("__MODE__", app.mode);
    return sendPage(reply, { html, nonce, status });
  };
  for (const url of paths)
    server.get(url, { config: { perMinute: limits.perAddressMinute } }, (_request, reply) => send(reply, 200));
  server.setNotFoundHandler((request, reply) => {
    if (shell !== "" && isPerson(request)) return send(reply, 404);
    sendProblem(app, request, reply, problem("route.unknown"));
    return reply;
  });
}

/** Somebody who typed an address gets the app's page about it, a program gets the problem. */
const isPerson = ({ method, headers, url }: FastifyRequest): boolean =>
  method === "GET" && (headers.accept ?? "").includes("text/html") && !/^\/(?:api|auth|assets)\//.test(url);

/** State of this process in words a load balancer understands; no more than codes. */
export async function readiness(app: App): Promise<{ ready: boolean; checks: { code: string; ok: boolean }[] }> {
  const database = await app.database
    .outside((db) => db.run(writable))
    .then(
      () => true,
      () => false,
    );
  const checks = [
    { code: "E-DB-01", ok: database },
    { code: "E-KEEPER-01", ok: app.ready() },
  ];
  return { ready: checks.every(({ ok }) => ok), checks };
}

const writable = sql`select 1 where not pg_is_in_recovery()`;

/** What every installation answers beside its routes: health, the API description, the shell, its assets, CSP reports. */
export async function servePages(
  server: FastifyInstance,
  app: App,
  o: { dist: string; openapi: () => unknown },
): Promise<void> {
  server.get("/healthz", { config: { perMinute: 6000, limitBy: "address" } }, (_request, reply) =>
    reply.header("content-type", "application/json").send('{"ok":true}'),
  );
  server.get("/readyz", { config: { perMinute: 6000, limitBy: "address" } }, async (_request, reply) => {
    const { ready, checks } = await readiness(app);
    return reply.code(ready ? 200 : 503).send({ checks });
  });
  let description: string | undefined;
  server.get("/openapi.json", (_request, reply) => {
    description ??= JSON.stringify(o.openapi());
    return reply.header("content-type", "application/json; charset=utf-8").send(description);
  });
  server.addContentTypeParser(
    ["application/csp-report", "application/reports+json"],
    { parseAs: "buffer", bodyLimit: 64 * 1024 },
    (_request, _body, done) => done(null),
  );
  server.post("/csp", { config: { perMinute: 60, limitBy: "address" } }, (_request, reply) => reply.code(204).send());
  if (existsSync(join(o.dist, "assets")))
    await server.register(fastifyStatic, {
      root: join(o.dist, "assets"),
      prefix: "/assets/",
      immutable: true,
      maxAge: "365d",
      index: false,
      preCompressed: true,
      setHeaders: (reply) => void reply.header("cache-control", "public, max-age=31536000, immutable"),
    });
  const icon = join(o.dist, "favicon.svg");
  if (existsSync(icon))
    server.get("/favicon.svg", (_request, reply) =>
      reply.header("content-type", "image/svg+xml").send(readFileSync(icon)),
    );
  serveShell(server, app, o.dist);
  serveLive(server, app);
}

/** How often a silent stream says that it lives. */
const heartbeatMs = 25_000;

/** Changes as they are committed, ids only. Ends at the token's expiry and at once on revocation; the page comes back with
 *  `Last-Event-ID` and a new proof. */
function serveLive(server: FastifyInstance, app: App): void {
  const names = cookieNames(app.settings.origin);
  server.get(
    "/api/c/:slug/live",
    { config: { perMinute: limits.perSessionMinute, limitBy: "session" } },
    async (request, reply) => {
      const { session, proof } = await app.guard.bound(presented(request, names));
      const slug = slugOf(request);
      const who = await whoOf(app, session, slug);
      const lastEventId = request.headers["last-event-id"];
      const expiry = Number(proof.claims.nonce.split("~")[4]) - app.clock.seconds();
      reply.hijack();
      const { raw } = reply;
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value);
      raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
      const write = (text: string) => void raw.write(text);
      write(": open\n\n");
      const send = (heard: { id: string; thing: string; of: string; what: string }) =>
        write(`id: ${heard.id}\ndata: ${JSON.stringify({ thing: heard.thing, id: heard.of, what: heard.what })}\n\n`);
      const leave = app.hub.join({ clinic: who.clinic.id, member: who.member.id, types: who.member.types, send });
      const beat = setInterval(() => write(": here\n\n"), heartbeatMs);
      const end = () => raw.end();
      const forgotten = app.sessions.onForget(() => {
        app.sessions
          .find(presented(request, names).sid ?? "")
          .then((now) => (now?.state === "open" ? app.sessions.membership(session.personId, slug) : undefined))
          .then((member) => member ?? end())
          .catch(end);
      });
      const expired = setTimeout(end, Math.max(1, expiry) * 1000);
      raw.on("close", () => {
        leave();
        forgotten();
        clearInterval(beat);
        clearTimeout(expired);
      });
      if (typeof lastEventId === "string" && id.safeParse(lastEventId).success) {
        const missed = await app.hub.since({
          clinic: who.clinic.id,
          member: who.member.id,
          types: who.member.types,
          lastEventId,
        });
        if (missed === "reload") write("event: reload\ndata: {}\n\n");
        else missed.forEach(send);
      }
    },
  );
}
