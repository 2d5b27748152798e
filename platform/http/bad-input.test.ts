// Method: every declared route gets a request that its contract takes, asked about things that exist, then the same request bent in one
// way a time. The ways come from the contract itself: each field of each shape, and what JSON, HTTP and addresses let a stranger write.
// A bent request must be refused by a listed problem that repeats nothing of it, change no row, and leave the process answering.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Route } from "#core/contract/route.ts";
import { addressOf } from "#core/contract/address.ts";
import { badValues, fieldsOf, goodValue, jsonOf, nodeOf, pointerOf, withAt, type Node } from "#testing/bad-values.ts";
import { testProduct } from "#testing/product.ts";
import { realThings, type RealThings } from "#testing/real-things.ts";
import { atEnd } from "#testing/server.ts";
import { openSnapshots, type Snapshots } from "#testing/snapshot.ts";
import { senderOf, sendBytes, type Answered, type Sender, type Strange } from "#testing/strange-requests.ts";

let things: RealThings;
let rows: Snapshots;
let routes: Route[];
let network = 1;
const networks = () => `127.0.${1 + Math.floor(network / 250)}.${1 + (network++ % 250)}`;

before(async () => {
  // rows are watched: what the clock brings once a minute would be taken for a request's doing
  await testProduct({ still: true });
  things = await realThings();
  rows = await openSnapshots(things.product.server);
  atEnd(rows.close);
  // what followed from making them is over before rows are watched; letters go every three seconds, later on a busy machine
  const waiting = () => rows.ask("select 1 from platform.message where state = 'waiting' limit 1");
  for (let tries = 0; tries < 300 && (await waiting()).length > 0; tries++) await wait(100);
  assert.deepEqual(await waiting(), []);
  const { handlers, doors } = things.product.platform.app.registry;
  routes = [...handlers, ...doors].map(({ route }) => route);
});

/** A word that stands in every bent text and must come back in no refusal and no log line. */
const canary = "Канарка-Мороз";

const json = { "content-type": "application/json" };
const keyOf = (route: Route): string => {
  const [thing = ""] = route.act.split(".");
  const key = things.keys[thing === "response" && route.session === "public" ? "invitation" : thing];
  assert(key, `${route.act}: nothing of its kind exists`);
  return key;
};
const paramsOf = (route: Route): Record<string, string> =>
  Object.fromEntries(
    [...route.path.matchAll(/:(\w+)/g)].map(([, name = ""], at) => [
      name,
      at === 0 ? keyOf(route) : "00000000-0000-4000-8000-000000000000",
    ]),
  );
const queryOf = (route: Route): unknown => (route.query ? goodValue(requiredOnly(nodeOf(route.query)), {}) : undefined);
const requiredOnly = (of: Node): Node => ({
  ...of,
  properties: Object.fromEntries(
    Object.entries(of.properties ?? {}).filter(
      ([name, { default: start }]) => start === undefined && of.required?.includes(name),
    ),
  ),
});
const pathOf = (route: Route): string =>
  addressOf(route, { slug: things.clinic.slug, params: paramsOf(route), query: queryOf(route) });
const withBody = (): Route[] => routes.filter(({ body }) => body !== undefined);

/** The body's shape and a body that fits it. */
function bodyOf(route: Route): { node: Node; good: unknown } {
  assert(route.body);
  const node = nodeOf(route.body);
  const good = goodValue(node, things.known);
  assert(route.body.safeParse(good).success, `${route.act}: no good body: ${JSON.stringify(good)}`);
  return { node, good };
}

/** What every refusal must be, whatever was sent. */
function demandRefusal(answer: Answered, what: string): void {
  const said = `${what}: ${answer.status} ${answer.text.slice(0, 300)}`;
  assert(answer.status >= 400 && answer.status < 500, said);
  assert.match(answer.headers["content-type"] ?? "", /^application\/problem\+json/, said);
  assert(answer.code in things.product.platform.app.registry.problems, said);
  assert.equal(answer.headers["x-content-type-options"], "nosniff", said);
  assert(!answer.text.includes(canary), said);
}

/** Does the work for every route; no row may have changed after each, and the process must answer. */
async function overAll(of: readonly Route[], work: (route: Route, ask: Sender) => Promise<void>): Promise<void> {
  for (const route of of) {
    const earlier = await rows.take();
    await work(route, senderOf(things, route, networks));
    assert.equal(await rows.take(), earlier, `${route.act}: rows changed`);
    assert.equal((await sendBytes(things.product.origin, { method: "GET", path: "/healthz" })).status, 200, route.act);
  }
  assert(!things.product.logs().includes(canary), "a log line repeats what was sent");
}

/** Where any text may stand: passwords, and cells of other systems' files, of which a bad one refuses its row and not the request. */
const anyText =
  /^(?:sign-in\.open|session\.unlock|link\.accept) \/password|^import\.rows \/rows\/0\/text|^feedback-import\.rows \/rows\/0\/(?:service|rating|date|comment)/;
const isUnseen = (bad: unknown): boolean => /\\u0000|\\ud800/.test(jsonOf(bad));

test("every field of every body refuses what it cannot be, and is named", async () => {
  let count = 0;
  await overAll(withBody(), async (route, ask) => {
    const { node, good } = bodyOf(route);
    for (const field of fieldsOf(node))
      for (const bad of badValues(field)) {
        const pointer = pointerOf(field.path);
        if (isUnseen(bad) && anyText.test(`${route.act} ${pointer}`)) continue;
        const bytes = jsonOf(withAt(good, field.path, bad));
        const answer = await ask({ method: route.method, path: pathOf(route), bytes, headers: json });
        const what = `${route.act} ${pointer} = ${jsonOf(bad).slice(0, 60)}`;
        demandRefusal(answer, what);
        assert.equal(answer.code, "request.invalid", `${what}: ${answer.status} ${answer.text}`);
        assert(answer.text.includes(`"pointer":"${pointer}`), `${what}: ${answer.text}`);
        count++;
      }
  });
  assert(count > 1500, `only ${count} requests`);
});

test("every needed field is asked for, and no other one is taken", async () => {
  await overAll(withBody(), async (route, ask) => {
    const { node, good } = bodyOf(route);
    const asked = (body: unknown) =>
      ask({ method: route.method, path: pathOf(route), bytes: JSON.stringify(body), headers: json });
    for (const name of node.required ?? []) {
      const { [name]: _, ...rest } = Object(good);
      const answer = await asked(rest);
      demandRefusal(answer, `${route.act} without ${name}`);
      assert(answer.text.includes(`"pointer":"/${name}`), `${route.act} without ${name}: ${answer.text}`);
    }
    const extra = await asked({ ...Object(good), [canary]: canary });
    demandRefusal(extra, `${route.act} with another field`);
    assert.match(extra.text, /field\.unknown/, route.act);
  });
});

/** Bodies that no field is to blame for. */
const brokenBodies: Readonly<Record<string, (good: string) => Partial<Strange>>> = {
  "a byte that is no UTF-8": (good) => ({
    bytes: Buffer.concat([Buffer.from(good.slice(0, 1)), Buffer.from([0xc3, 0x28])]),
  }),
  "Windows-1251": () => ({ bytes: Buffer.from([0x7b, 0x22, 0xcc, 0xee, 0xf0, 0x22, 0x3a, 0x31, 0x7d]) }),
  "UTF-16": (good) => ({ bytes: Buffer.from(`\ufeff${good}`, "utf16le") }),
  "a NUL between values": (good) => ({ bytes: `${good}\0` }),
  "JSON that breaks off": (good) => ({ bytes: good.slice(0, -1) }),
  "two documents": (good) => ({ bytes: `${good}${good}` }),
  "nothing but null": () => ({ bytes: "null" }),
  "a list": () => ({ bytes: "[]" }),
  "a text": () => ({ bytes: `"${canary}"` }),
  "10,000 levels of lists": () => ({ bytes: "[".repeat(10_000) + "]".repeat(10_000) }),
  "10,000 levels of objects": () => ({ bytes: `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}` }),
  "a prototype": (good) => ({ bytes: good.replace("{", '{"__proto__":{"isOwner":true},') }),
  "a prototype by escape": (good) => ({ bytes: good.replace("{", '{"\\u005f_proto__":{"isOwner":true},') }),
  "a name twice": (good) => ({ bytes: good.replace("{", '{"version":2,"version":1,') }),
  "a name twice, once by escape": (good) => ({ bytes: good.replace("{", '{"version":2,"v\\u0065rsion":1,') }),
  "a constructor": (good) => ({ bytes: good.replace("{", '{"constructor":{"prototype":{"isOwner":true}},') }),
  "over 1 MB": () => ({ bytes: `{"text":"${"x".repeat(1024 * 1024)}"}` }),
  "over 1 MB of unknown length": () => ({ bytes: `{"text":"${"x".repeat(1024 * 1024)}"}`, chunked: true }),
  "plain text": () => ({ headers: { "content-type": "text/plain" } }),
  "a form": () => ({ bytes: `a=${canary}`, headers: { "content-type": "application/x-www-form-urlencoded" } }),
  "a file": () => ({ headers: { "content-type": "multipart/form-data; boundary=x" } }),
  "a CSP report": () => ({ headers: { "content-type": "application/csp-report" } }),
  "a type like ours": () => ({ headers: { "content-type": "application/jsonp" } }),
  "another encoding": () => ({ headers: { "content-type": "application/json; charset=utf-16" } }),
  packed: (good) => ({ bytes: gzipSync(good), headers: { ...json, "content-encoding": "gzip" } }),
  "no type": () => ({ headers: {} }),
};

test("bodies that are no JSON of ours are refused whole", async () => {
  await overAll(withBody(), async (route, ask) => {
    const good = JSON.stringify(bodyOf(route).good);
    for (const [name, bend] of Object.entries(brokenBodies)) {
      const answer = await ask({
        method: route.method,
        path: pathOf(route),
        bytes: good,
        headers: json,
        ...bend(good),
      });
      demandRefusal(answer, `${route.act}, ${name}`);
    }
  });
});

test("methods that nobody declared are refused, and the declared ones are named", async () => {
  const declared = (of: Route) => routes.filter((one) => one.path === of.path && one.outside === of.outside);
  await overAll(routes, async (route, ask) => {
    const taken = declared(route).map(({ method }): string => method);
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"].filter(
      (one) => !taken.includes(one),
    )) {
      const answer = await ask({
        method,
        path: pathOf(route),
        ...(method === "GET" ? {} : { bytes: "{}", headers: json }),
      });
      demandRefusal(answer, `${method} ${route.path}`);
      if (answer.status === 405)
        assert.deepEqual(answer.headers.allow?.split(", ").toSorted(), taken.toSorted(), route.act);
    }
  });
});

/** Ends of an address that nobody of ours writes. */
const paths = [
  "%zz", "%", "%00", "%c3%28", "%ed%a0%80", "..%2f..%2fetc%2fpasswd", "%2e%2e", "//", ";a=1", "%e2%80%ae", "a".repeat(10_000), "%27%3b%20drop",
]; // prettier-ignore

test("addresses that nobody of ours writes are refused", async () => {
  await overAll(routes, async (route, ask) => {
    const good = pathOf(route).split("?")[0] ?? "";
    const bent = paths.flatMap((end) => {
      const last = good.slice(0, good.lastIndexOf("/") + 1);
      return [`${last}${end}`, `${good}/${end}`, good.replace(`/${things.clinic.slug}/`, `/${end}/`)];
    });
    const known = new Set([good, ...routes.map(pathOf)]);
    for (const path of [...bent, `${good}/`, good.toUpperCase()].filter((one) => !known.has(one))) {
      const body = route.body ? { bytes: "{}", headers: json } : {};
      demandRefusal(await ask({ method: route.method, path, ...body }), `${route.act} at ${path.slice(0, 80)}`);
    }
  });
});

const key = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");
/** Values of a query: of another kind, of another list, too large, not to be seen. */
const values = [
  "'; drop table clinic.visit; --", "%00", "%ff%fe", "%ed%a0%80", "1e400", "-1", "0", "9007199254740993", "2026-02-30", "0000-01-01", "2026-11-24T10:00:00",
  "unknown-code", "x".repeat(5000), key("x", "y"), key(null, null), key(1e308, {}), key("2026-01-01T00:00:00Z", "x"), key("0000-01-01T00:00:00Z", "\0"), key("a"),
]; // prettier-ignore

test("every field of every query refuses what it cannot be", async () => {
  await overAll(
    routes.filter(({ query }) => query !== undefined),
    async (route, ask) => {
      assert(route.query);
      const good = pathOf(route);
      const join = good.includes("?") ? "&" : "?";
      const written = (value: string) => (value.startsWith("%") ? value : encodeURIComponent(value));
      const answers = (query: string) => ask({ method: "GET", path: `${good}${join}${query}` });
      demandRefusal(await answers(`other=${encodeURIComponent(canary)}`), `${route.act} with another field`);
      demandRefusal(await answers("__proto__=1"), `${route.act} with a prototype`);
      for (const { path, node } of fieldsOf(nodeOf(route.query))) {
        const name = path.join(".");
        demandRefusal(await answers(`${name}=1&${name}=2`), `${route.act} with ${name} twice`);
        for (const value of values) {
          const answer = await answers(`${name}=${written(value)}`);
          const what = `${route.act}?${name}=${value.slice(0, 60)}`;
          // words are searched for, whatever they are
          if (name === "text" && answer.status === 200) continue;
          const isGood = value === "0" && node.format === undefined && node.pattern === undefined && !node.enum;
          if (!isGood) demandRefusal(answer, what);
          else assert(answer.status < 500, what);
        }
      }
    },
  );
});
