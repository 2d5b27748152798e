// Method: the browser's half (web/client) runs in a real Chromium against a small server made of the server's half (this folder
// and core/proof), with nothing between them. The server's clock can be moved; its counts are what is asserted.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext } from "@playwright/test";
import { toBase64url } from "#core/proof/bytes.ts";
import { checkProof } from "#core/proof/check-proof.ts";
import { thumbprintInput, type PublicJwk } from "#core/proof/jwk.ts";
import { parseProof } from "#core/proof/parse-proof.ts";
import { sha256 } from "#platform/crypto/hash.ts";
import { hashOfSecret, newBytes, newSecret } from "#platform/crypto/random.ts";
import { checkChallenge, newChallenge } from "#platform/session/challenge.ts";
import { acceptRequest, decideRefresh, type RatchetRow } from "#platform/session/ratchet.ts";
import { ReplayMemory } from "#platform/session/replay.ts";
import { createTokenMint, type TokenHolder } from "#platform/session/token.ts";
import { createEs256Verifier } from "#platform/session/verify-es256.ts";

const CHROMIUM = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PAGE = `<!doctype html><title>session</title><script type="importmap">{"imports":{"#core/":"/core/"}}</script>
<script type="module">import { openSession } from "/web/client/proof.ts"; globalThis.ended = [];
globalThis.session = await openSession(); session.onEnd((why) => ended.push(why)); document.title = "ready";</script>`;

type Session = { jwk: PublicJwk; jkt: string; row: RatchetRow };
const sessions = new Map<string, Session>();
const counts = { rotated: 0, clones: 0, refused: [] as string[] };
const verify = createEs256Verifier();
const replays = new ReplayMemory(0);
const mint = createTokenMint(newBytes(32), 1);
const challengeKey = newBytes(32);
let ahead = 0;
const now = (): number => Math.floor(Date.now() / 1000) + ahead;
let origin = "";

class Refused extends Error {}
const cookie = (request: IncomingMessage, name: string): Uint8Array | undefined =>
  hashOfSecret(new RegExp(`${name}=([\\w-]{43})`).exec(request.headers.cookie ?? "")?.[1] ?? "");

/** The checks of a bound request, in the server's order; throws Refused with a problem code. */
function checked(request: IncomingMessage, body: Uint8Array, keyOf: (jwk: PublicJwk) => PublicJwk | undefined) {
  const parsed = parseProof(String(request.headers["dpop"] ?? ""));
  if (!("proof" in parsed)) throw new Refused("session.proof");
  const { proof } = parsed;
  const url = new URL(request.url ?? "", origin);
  const digest = (bytes: Uint8Array): string => toBase64url(sha256(bytes));
  const htq = digest(Buffer.from(url.search.slice(1)));
  const said = checkProof(proof, {
    method: request.method ?? "",
    url: origin + url.pathname,
    htq,
    bd: digest(body),
    now: now(),
  });
  if (said.includes("clock")) throw new Refused("session.clock");
  const key = keyOf(proof.jwk);
  if (said.length > 0 || key === undefined || !verify(key, proof)) throw new Refused("session.proof");
  if (replays.remember(new Uint8Array(32), proof.claims.jti, now()) !== "new") throw new Refused("session.replay");
  return { proof, claims: proof.claims };
}

function bound(request: IncomingMessage, body: Uint8Array) {
  const sidHash = cookie(request, "sid") ?? new Uint8Array(32);
  const session = sessions.get(toBase64url(sidHash));
  if (session === undefined) throw new Refused("session.none");
  const { claims } = checked(request, body, () => session.jwk);
  const holder: TokenHolder = { sidHash, jkt: session.jkt };
  const token = mint.check(holder, claims.nonce, now());
  if (token.state === "forged") throw new Refused("session.proof");
  return { session, holder, token, claims };
}

const answerOf = (holder: TokenHolder, row: RatchetRow) => {
  const ct = mint.mint(holder, { gen: row.gen, iat: row.issuedAt });
  return { ct, exp: row.issuedAt + 300, now: now() };
};

function signIn(request: IncomingMessage, body: Uint8Array, response: ServerResponse): object {
  const pre = cookie(request, "pre") ?? new Uint8Array(32);
  const { proof, claims } = checked(request, body, (jwk) => jwk);
  if (checkChallenge(challengeKey, { pre, nonce: claims.nonce, now: now() }) !== "good")
    throw new Refused("session.proof");
  const { secret, hash } = newSecret();
  const jkt = toBase64url(sha256(thumbprintInput(proof.jwk)));
  const row: RatchetRow = { gen: 0, issuedAt: now(), confirmed: false };
  sessions.set(toBase64url(hash), { jwk: proof.jwk, jkt, row });
  response.setHeader("set-cookie", `sid=${secret}; HttpOnly; SameSite=Strict; Path=/`);
  return answerOf({ sidHash: hash, jkt }, row);
}

function refreshed(request: IncomingMessage, body: Uint8Array): object {
  const { session, holder, token, claims } = bound(request, body);
  const said: unknown = JSON.parse(Buffer.from(body).toString());
  const rid = typeof said === "object" && said !== null && "rid" in said ? String(said.rid) : "";
  const answer = decideRefresh(session.row, { gen: "gen" in token ? token.gen : -1, rid, iat: claims.iat, now: now() });
  if (answer.action === "rotate") {
    session.row = answer.row;
    counts.rotated += 1;
  } else if (answer.action !== "same") {
    counts.clones += 1;
    throw new Refused("session.ended");
  }
  return answerOf(holder, session.row);
}

function echoed(request: IncomingMessage, body: Uint8Array): object {
  const { session, token, claims } = bound(request, body);
  const accepted = token.state === "good" ? acceptRequest(session.row, token.gen, now()) : { accepted: false };
  if (!accepted.accepted) throw new Refused("session.token-stale");
  if ("row" in accepted && accepted.row !== undefined) session.row = accepted.row;
  return { body: Buffer.from(body).toString(), query: request.url?.split("?")[1] ?? "", act: claims.act };
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => serve(request, response, Buffer.concat(parts)));
});

function serve(request: IncomingMessage, response: ServerResponse, body: Uint8Array): void {
  const path = (request.url ?? "").split("?")[0] ?? "";
  const send = (type: string, text: string): void => {
    response.setHeader("content-type", type).end(text);
  };
  try {
    if (path === "/favicon.ico") send("image/x-icon", "");
    else if (path === "/") send("text/html", PAGE);
    else if (/^\/(core|web)\/[\w/-]+\.ts$/.test(path))
      send("text/javascript", stripTypeScriptTypes(readFileSync(ROOT + path, "utf8")));
    else send("application/json", JSON.stringify(routed(path, request, response, body)));
  } catch (error) {
    const code = error instanceof Refused ? error.message : `unexpected ${String(error)}`;
    counts.refused.push(code);
    response.statusCode = 401;
    send("application/problem+json", JSON.stringify({ code, now: now() }));
  }
}

function routed(path: string, request: IncomingMessage, response: ServerResponse, body: Uint8Array): object {
  if (path === "/auth/challenge") {
    const { secret, hash } = newSecret();
    response.setHeader("set-cookie", `pre=${secret}; HttpOnly; SameSite=Strict; Path=/`);
    return { ...newChallenge(challengeKey, hash, now()), now: now() };
  }
  if (path === "/auth/sign-in") return signIn(request, body, response);
  if (path === "/auth/token") return refreshed(request, body);
  return echoed(request, body);
}

let browser: Browser;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? (address satisfies AddressInfo).port : 0}`;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
});
after(async () => {
  await browser.close();
  server.close();
});

async function newTab(context: BrowserContext) {
  const page = await context.newPage();
  await page.goto(`${origin}/`);
  await page.waitForFunction("document.title === 'ready'");
  const json = async (expression: string): Promise<string> =>
    String(await page.evaluate(`(async () => JSON.stringify(${expression}))()`));
  return {
    page,
    json,
    signIn: () =>
      json(
        `(async () => { const { nonce } = await (await fetch("/auth/challenge")).json(); await session.begin();
        const answer = await session.signedFetch({ method: "POST", path: "/auth/sign-in", body: { login: "o" }, nonce });
        await session.started(await answer.json()); return answer.status; })()`.replace(/^/, "await "),
      ),
    echo: (body: string) =>
      json(
        `await (await session.signedFetch({ method: "POST", path: "/api/echo?site=1&x=%20y", body: "${body}" })).json()`,
      ),
  };
}
function fresh(): void {
  counts.rotated = 0;
  counts.clones = 0;
  counts.refused = [];
}
const said = (body: string, act = false): string =>
  JSON.stringify({ body: JSON.stringify(body), query: "site=1&x=%20y", act });

test("a person signs in, works, reloads and works on; the key never leaves the browser", async () => {
  fresh();
  const context = await browser.newContext();
  const tab = await newTab(context);
  assert.equal(await tab.json("session.isOpen()"), "false");
  assert.equal(await tab.signIn(), "200");
  assert.equal(await tab.echo("Тиск"), said("Тиск"));
  await tab.page.keyboard.press("a");
  assert.equal(await tab.echo("Тиск"), said("Тиск", true));
  assert.equal(await tab.echo("Тиск"), said("Тиск"));
  await tab.page.reload();
  await tab.page.waitForFunction("document.title === 'ready'");
  assert.equal(await tab.echo("знову"), said("знову"));
  const extractable = `await new Promise((done) => { const open = indexedDB.open("qms-session"); open.onsuccess = () => {
    const get = open.result.transaction("session").objectStore("session").get("key");
    get.onsuccess = () => done([get.result.privateKey.extractable, get.result.privateKey.usages]); }; })`;
  assert.equal(await tab.json(extractable), '[false,["sign"]]');
  assert.deepEqual(counts, { rotated: 0, clones: 0, refused: [] });
  await context.close();
});

test("a wrong clock and a token run out are mended unseen, once for all tabs", async () => {
  const context = await browser.newContext();
  const tabs = [await newTab(context)];
  await tabs[0]?.signIn();
  tabs.push(await newTab(context), await newTab(context));
  fresh();
  ahead += 400;
  const answers = await Promise.all(tabs.map((tab) => tab.echo("пізніше")));
  assert.deepEqual(
    answers,
    tabs.map(() => said("пізніше")),
  );
  assert.deepEqual([counts.rotated, counts.clones], [1, 0]);
  assert.ok(
    counts.refused.every((code) => code === "session.clock" || code === "session.token-stale"),
    counts.refused.join(),
  );
  await context.close();
});

test("a session that ends in one tab ends in all, and a new sign-in carries them along", async () => {
  const context = await browser.newContext();
  const [one, two] = [await newTab(context), await newTab(context)];
  await one.signIn();
  await two.page.waitForFunction("session.isOpen()");
  assert.equal(await two.echo("є"), said("є"));
  await one.json(`await session.end("locked")`);
  await two.page.waitForFunction("ended.length === 1");
  assert.equal(await two.json("[ended, session.isOpen()]"), '[["locked"],false]');
  await one.signIn();
  await two.page.waitForFunction("session.isOpen()");
  sessions.clear();
  await two.echo("ніхто");
  await one.page.waitForFunction("ended.length === 2");
  assert.equal(await two.json("ended.at(-1)"), '"none"');
  await context.close();
});

test("where the browser refuses to store keys the session lives in the page", async () => {
  const context = await browser.newContext();
  await context.addInitScript(`const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, name) {
      if (name === "key") throw new DOMException("no keys here", "DataCloneError"); return put.call(this, value, name); };`);
  const tab = await newTab(context);
  const other = await newTab(context);
  assert.equal(await other.signIn(), "200");
  assert.equal(await tab.signIn(), "200");
  assert.equal(await tab.echo("памʼять"), said("памʼять"));
  // The other page's key is not the session's any more: it leaves by itself, before its signatures count against the new one.
  await other.page.waitForFunction("ended.length > 0 && !session.isOpen()");
  await tab.page.reload();
  await tab.page.waitForFunction("document.title === 'ready'");
  assert.equal(await tab.json("session.isOpen()"), "false");
  await context.close();
});
