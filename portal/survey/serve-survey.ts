import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { sql } from "kysely";
import { z } from "zod";
import { Problem, problem } from "#core/contract/problem.ts";
import type { Route } from "#core/contract/route.ts";
import type { Language } from "#core/contract/words.ts";
import { hashOfSecret } from "#platform/crypto/random.ts";
import { cookie, cookieNames } from "#platform/http/cookies.ts";
import { newNonce } from "#platform/http/headers.ts";
import { presented } from "#platform/http/mount.ts";
import { sendPage } from "#platform/http/pages.ts";
import { perform, type Who } from "#platform/http/perform.ts";
import { languageOf } from "#platform/http/server.ts";
import type { App } from "#platform/start/app.ts";
import { answerSurvey, showInvitation } from "#product/feedback/surveys/contract.ts";
import { questionPage, thanksPage, wordPage, type Draft, type FieldFault } from "./pages.tsx";
import { surveyWords } from "./words.ts";

/** Pages a minute and network: a ward may share one address. */
const perMinute = 60;
/** How long the browser keeps a tracking code between the answer and the page that shows it, seconds. */
const codeSeconds = 60;
const codeCookie = "qms-code";

const tokenShape = z.object({ token: z.string() });
const fields = z.object({
  score: z.string().default(""),
  comment: z.string().default(""),
  wantsAnswer: z.string().default(""),
  contact: z.string().default(""),
  language: z.enum(["uk", "en"]).default("uk"),
});

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Fields of a native form; the last of a name counts, unknown names are dropped. Throws `request.malformed`, `request.type`. */
function formOf(request: FastifyRequest): z.output<typeof fields> {
  if (!(request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded"))
    throw problem("request.type");
  let text: string;
  try {
    text = utf8.decode(request.bytes);
  } catch {
    throw problem("request.malformed");
  }
  const sent = new URLSearchParams(text);
  const one = (name: string) => sent.getAll(name).at(-1)?.replaceAll("\r\n", "\n");
  const parsed = fields.safeParse({
    score: one("score"),
    comment: one("comment"),
    wantsAnswer: one("wantsAnswer"),
    contact: one("contact"),
    language: one("language"),
  });
  if (!parsed.success) throw problem("request.malformed");
  return parsed.data;
}

function languageAsked(request: FastifyRequest): Language | undefined {
  const { query } = request;
  const lang = typeof query === "object" && query !== null && "lang" in query ? query.lang : undefined;
  return lang === "uk" || lang === "en" ? lang : undefined;
}

/** The clinic a living link belongs to. Throws `link.dead`, the same for wrong, used and expired ones. */
async function whoOfLink(app: App, token: string): Promise<Who> {
  const hash = hashOfSecret(token);
  if (!hash) throw problem("link.dead");
  const found = await app.database.outside((db) =>
    db.maybe(sql<{ clinic_id: string }>`select clinic_id from app.find_link(${Buffer.from(hash)})`),
  );
  if (!found) throw problem("link.dead");
  const { slug } = await app.database.transaction(
    { clinic: found.clinic_id },
    (db) => db.one("link.dead", db.from("identity.clinic_route").select("slug").where("state", "=", "open")),
    { read: true },
  );
  const clinic = await app.clinics.facts(found.clinic_id, slug);
  return { clinic, member: { id: null, personId: null, types: [], as: "public" }, via: "http" };
}

/** Carries out one of the product's own routes, found by its act: same limits and shapes as over HTTP. */
async function act<R extends Route>(
  app: App,
  route: R,
  o: { who: Who; token: string; body?: unknown },
): Promise<z.output<R["reply"]>> {
  const handler = app.registry.handlers.find((one) => one.route.act === route.act);
  if (!handler) throw problem("route.unknown");
  const { reply } = await perform(app, handler, o.who, { params: { token: o.token }, query: {}, body: o.body });
  // z's own parse of the contract's reply, which the pipeline has made once already
  return route.reply.parse(reply) as z.output<R["reply"]>;
}

/** Errors of the contract in the page's words, in the order of the page. */
function faultsOf(error: Problem, language: Language, draft: Draft): FieldFault[] {
  const t = surveyWords[language];
  const pointers = new Set(error.errors.map(({ pointer }) => pointer));
  const faults: FieldFault[] = [];
  if (pointers.has("/score")) faults.push({ field: "score-1", text: t.chooseScore });
  if (pointers.has("/comment"))
    faults.push({ field: "comment", text: draft.comment.length > 4000 ? t.longComment : t.badComment });
  if (pointers.has("/contact")) faults.push({ field: "contact", text: t.badContact });
  return faults;
}

/** The form's own origin is asked for at the answer; a policy of no referrer would make browsers send the origin as "null". */
const keepOrigin = (reply: FastifyReply) => reply.header("referrer-policy", "same-origin");

function sendWord(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const language = languageAsked(request) ?? languageOf(request.headers["accept-language"]);
  const nonce = newNonce();
  if (error instanceof Problem && (error.code === "link.dead" || error.code === "survey.closed")) {
    const what = error.code === "link.dead" ? "dead" : "closed";
    return sendPage(reply, { html: wordPage({ language, nonce, what }), nonce, status: 410 });
  }
  if (error instanceof Problem && error.code.startsWith("service."))
    return sendPage(reply.header("retry-after", "60"), {
      html: wordPage({ language, nonce, what: "busy" }),
      nonce,
      status: 503,
    });
  throw error;
}

const emptyDraft: Draft = { score: "", comment: "", wantsAnswer: false, contact: "" };

async function show(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = tokenShape.parse(request.params);
  const asked = await act(app, showInvitation, { who: await whoOfLink(app, token), token });
  const language = languageAsked(request) ?? asked.language;
  const nonce = newNonce();
  return sendPage(keepOrigin(reply), {
    html: questionPage({ asked, language, nonce, draft: emptyDraft, faults: [] }),
    nonce,
  });
}

async function answer(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const names = cookieNames(app.settings.origin);
  app.guard.site(presented(request, names));
  const { token } = tokenShape.parse(request.params);
  const form = formOf(request);
  const draft: Draft = { ...form, wantsAnswer: form.wantsAnswer === "yes" };
  const who = await whoOfLink(app, token);
  try {
    const { trackingCode } = await act(app, answerSurvey, {
      who,
      token,
      body: {
        score: /^\d$/.test(form.score) ? Number(form.score) : 0,
        comment: form.comment,
        contact: form.contact,
        wantsAnswer: draft.wantsAnswer,
        language: form.language,
      },
    });
    if (trackingCode)
      void reply.header(
        "set-cookie",
        cookie({ name: codeCookie, value: trackingCode, secure: names.secure, seconds: codeSeconds }),
      );
    return reply.code(303).header("location", `/s/thanks?lang=${form.language}`).send();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "request.invalid") throw error;
    const faults = faultsOf(error, form.language, draft);
    if (faults.length === 0) throw error;
    const asked = await act(app, showInvitation, { who, token });
    const nonce = newNonce();
    return sendPage(keepOrigin(reply), {
      html: questionPage({ asked, language: form.language, nonce, draft, faults }),
      nonce,
      status: 422,
    });
  }
}

function thank(app: App, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const code =
    /(?:^|;\s*)qms-code=([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})(?:;|$)/.exec(request.headers.cookie ?? "")?.[1] ?? null;
  const nonce = newNonce();
  const { secure } = cookieNames(app.settings.origin);
  if (code) void reply.header("set-cookie", cookie({ name: codeCookie, value: "", secure, seconds: 0 }));
  const language = languageAsked(request) ?? languageOf(request.headers["accept-language"]);
  return sendPage(reply, { html: thanksPage({ language, nonce, code }), nonce });
}

/** The answer page: GET shows, POST acts and answers 303. It works without JavaScript. */
export function serveSurvey(server: FastifyInstance, app: App): void {
  // counted apart: a clinic's own staff load pages from the same network as its waiting room
  const config = { perMinute, limitBy: "address" as const };
  server.get("/s/thanks", { config }, (request, reply) => thank(app, request, reply));
  server.get("/s/:token", { config }, (request, reply) =>
    show(app, request, reply).catch((error: unknown) => sendWord(request, reply, error)),
  );
  server.post("/s/:token", { config }, (request, reply) =>
    answer(app, request, reply).catch((error: unknown) => sendWord(request, reply, error)),
  );
}
