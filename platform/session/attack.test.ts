import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { bundles, userTypes } from "#core/access/rights.ts";
import { thumbprint } from "#core/proof/jwk.ts";
import type { Route } from "#core/contract/route.ts";
import { newKey, openClient, proofOf, type Client, type Plain } from "#cli/client.ts";
import { sha256 } from "#platform/crypto/hash.ts";
import { createTokenMint } from "#platform/session/token.ts";
import { sidHash } from "#platform/session/store.ts";
import { newClinic, openPerson, type Cast } from "#testing/clinic.ts";
import { emptyRequest } from "#testing/requests.ts";
import { openSnapshots, type Snapshots } from "#testing/snapshot.ts";
import { atEnd } from "#testing/server.ts";

// Method: every declared route is asked with a request that would pass, then with the same request bent in one way. Each bent one must
// be refused with 401 or 403, and no row of any table may have been written meanwhile (sessions and counters apart).

let cast: Cast;
let other: Cast;
let rows: Snapshots;
let bound: Route[];
let all: Route[];

before(async () => {
  cast = await newClinic();
  other = await newClinic();
  rows = await openSnapshots(cast.product.server);
  atEnd(rows.close);
  const { handlers, doors } = cast.product.platform.app.registry;
  all = [...handlers, ...doors].map(({ route }) => route);
  bound = all.filter((route) => (route.session ?? "bound") === "bound" && route.act !== "session.refresh");
});

type Bent = Plain & { headers: Record<string, string | string[]> };
type Made = { client: Client; request: Bent; signed: () => Promise<string>; sid: string };
type Bend = (made: Made) => Promise<Bent | undefined>;

const bytesOf = (request: Plain) =>
  new Uint8Array(Buffer.from(request.body === undefined ? "" : JSON.stringify(request.body)));
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const headOf = (proof: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(proof.split(".")[0] ?? "", "base64url").toString());
const withProof = ({ request }: Made, dpop: string | string[]): Bent => ({
  ...request,
  headers: { ...request.headers, dpop },
});

/** A proof with another header; the signature stays the first one's, since none of these may get as far as checking it. */
const withHead = async (made: Made, change: (head: Record<string, unknown>) => object): Promise<Bent> => {
  const proof = await made.signed();
  const [, claims, signature] = proof.split(".");
  return withProof(made, `${part(change(headOf(proof)))}.${claims}.${signature}`);
};

async function tokenOf(made: Made, facts: { gen: number; iat: number }, epoch?: number): Promise<string> {
  const { app, keeper } = cast.product.platform;
  const jkt = await thumbprint(made.client.state.jwk, sha256);
  return createTokenMint(app.vault.subkey("ct"), epoch ?? keeper.epoch()).mint(
    { sidHash: sidHash(made.sid), jkt },
    facts,
  );
}
const resign = async (made: Made, nonce: string): Promise<Bent> =>
  withProof(
    made,
    await proofOf(made.client.state, cast.product.origin, {
      method: made.request.method,
      path: made.request.path,
      body: bytesOf(made.request),
      nonce,
    }),
  );
const now = () => Math.floor(Date.now() / 1000);

const bends: Record<string, Bend> = {
  "no cookie": async (made) => {
    made.client.state.cookies.clear();
    return withProof(made, await made.signed());
  },
  "cookie only": async ({ request }) => request,
  "cookie and token, no proof": async ({ client, request }) => ({
    ...request,
    headers: { ...request.headers, authorization: `DPoP ${client.state.ct}` },
  }),
  "a proof by another key": async (made) =>
    withProof(
      made,
      await proofOf({ ...made.client.state, ...newKey() }, cast.product.origin, {
        method: made.request.method,
        path: made.request.path,
        body: bytesOf(made.request),
        nonce: made.client.state.ct,
      }),
    ),
  "a proof of another session": async (made) => {
    const second = await openPerson(cast.product, {
      personId: cast.marta.personId,
      memberId: cast.marta.memberId,
      name: "",
      slug: cast.clinic.slug,
    });
    return withProof(
      made,
      await proofOf(second.client.state, cast.product.origin, {
        method: made.request.method,
        path: made.request.path,
        body: bytesOf(made.request),
        nonce: second.client.state.ct,
      }),
    );
  },
  "a token of another session": async (made) => {
    const second = await openPerson(cast.product, {
      personId: cast.marta.personId,
      memberId: cast.marta.memberId,
      name: "",
      slug: cast.clinic.slug,
    });
    return resign(made, second.client.state.ct);
  },
  "the same proof twice": async (made) => {
    const sent = withProof(made, await made.signed());
    await made.client.plain(sent);
    return sent;
  },
  "another body": async (made) => {
    const sent = withProof(made, await made.signed());
    return made.request.body === undefined ? { ...sent, body: { smuggled: true } } : { ...sent, body: { other: true } };
  },
  "another query": async (made) => ({
    ...withProof(made, await made.signed()),
    path: `${made.request.path}${made.request.path.includes("?") ? "&" : "?"}smuggled=1`,
  }),
  "another path": async (made) =>
    withProof(
      made,
      await proofOf(made.client.state, cast.product.origin, {
        method: made.request.method,
        path: `${made.request.path}x`,
        body: bytesOf(made.request),
        nonce: made.client.state.ct,
      }),
    ),
  "another method": async (made) =>
    withProof(
      made,
      await proofOf(made.client.state, cast.product.origin, {
        method: made.request.method === "GET" ? "POST" : "GET",
        path: made.request.path,
        body: bytesOf(made.request),
        nonce: made.client.state.ct,
      }),
    ),
  "two proofs": async (made) => withProof(made, [await made.signed(), await made.signed()]),
  "alg none": (made) => withHead(made, (head) => ({ ...head, alg: "none" })),
  "alg HS256": (made) => withHead(made, (head) => ({ ...head, alg: "HS256" })),
  "alg ES384": (made) => withHead(made, (head) => ({ ...head, alg: "ES384" })),
  "another type": (made) => withHead(made, (head) => ({ ...head, typ: "JWT" })),
  "a key put in its place": (made) => withHead(made, (head) => ({ ...head, jwk: newKey().jwk })),
  "a key with its private half": (made) => withHead(made, (head) => ({ ...head, jwk: { ...newKey().jwk, d: "AA" } })),
  "an empty proof": async (made) => withProof(made, ""),
  "a proof over 2 KiB": async (made) => withProof(made, `${await made.signed()}${"a".repeat(2100)}`),
  "a token that has expired": async (made) => resign(made, await tokenOf(made, { gen: 0, iat: now() - 400 })),
  "a token from the future": async (made) => resign(made, await tokenOf(made, { gen: 0, iat: now() + 600 })),
  "a token of another epoch": async (made) => resign(made, await tokenOf(made, { gen: 0, iat: now() }, 99_999)),
  "a token made up": (made) =>
    resign(
      made,
      `1~20000.1~0~${now()}~${now() + 300}~${createHmac("sha256", randomBytes(8)).update("x").digest("base64url")}`,
    ),
  "a token of a generation not reached": async (made) => resign(made, await tokenOf(made, { gen: 7, iat: now() })),
  "no token": (made) => resign(made, "x"),
  "signed two minutes ago": async (made) =>
    withProof(
      made,
      await proofOf(made.client.state, cast.product.origin, {
        method: made.request.method,
        path: made.request.path,
        body: bytesOf(made.request),
        nonce: made.client.state.ct,
        iat: now() - 120,
      }),
    ),
  "signed two minutes ahead": async (made) =>
    withProof(
      made,
      await proofOf(made.client.state, cast.product.origin, {
        method: made.request.method,
        path: made.request.path,
        body: bytesOf(made.request),
        nonce: made.client.state.ct,
        iat: now() + 120,
      }),
    ),
  "from another site": async (made) => ({
    ...withProof(made, await made.signed()),
    headers: { ...withProof(made, await made.signed()).headers, "sec-fetch-site": "cross-site" },
  }),
  "from a sibling site": async (made) => ({
    ...withProof(made, await made.signed()),
    headers: { ...withProof(made, await made.signed()).headers, "sec-fetch-site": "same-site" },
  }),
  "origin null": async (made) => ({
    ...withProof(made, await made.signed()),
    headers: { ...withProof(made, await made.signed()).headers, origin: "null" },
  }),
  "another origin": async (made) => ({
    ...withProof(made, await made.signed()),
    headers: { ...withProof(made, await made.signed()).headers, origin: "https://evil.example" },
  }),
};

/** Somebody who may use the route, with a session of their own. */
async function holderOf(route: Route): Promise<Made> {
  const types = Object.entries(bundles).find(([right]) => right === route.right)?.[1] ?? ["quality"];
  const people = {
    owner: cast.solomiia,
    quality: cast.marta,
    doctor: cast.taras,
    nurse: cast.olena,
    reception: cast.yulia,
    lab: cast.bohdan,
    training: cast.hanna,
    auditor: cast.ihor,
  };
  const person = Object.entries(people).find(([type]) => types.some((one) => one === type))?.[1] ?? cast.marta;
  const opened = await openPerson(cast.product, {
    personId: person.personId,
    memberId: person.memberId,
    name: person.name,
    slug: cast.clinic.slug,
  });
  const request = emptyRequest(route, cast.clinic.slug);
  const [, sid = ""] = [...opened.client.state.cookies][0] ?? [];
  const signed = () =>
    proofOf(opened.client.state, cast.product.origin, {
      method: request.method,
      path: request.path,
      body: bytesOf(request),
      nonce: opened.client.state.ct,
    });
  return { client: opened.client, request, signed, sid };
}

test("every bound route lets the rightful request through its walls", async () => {
  for (const route of bound) {
    const made = await holderOf(route);
    const answer = await made.client.plain(withProof(made, await made.signed()));
    assert(
      answer.status !== 401 && answer.status !== 403,
      `${route.act}: ${answer.status} ${JSON.stringify(answer.body)}`,
    );
  }
  assert(bound.length > 40, "the registry is not empty");
});

for (const [name, bend] of Object.entries(bends))
  test(`every bound route refuses: ${name}`, async () => {
    for (const route of bound) {
      const made = await holderOf(route);
      const bent = await bend(made);
      if (!bent) continue;
      const earlier = await rows.take();
      const answer = await made.client.plain(bent);
      assert(
        answer.status === 401 || answer.status === 403,
        `${route.act}: ${answer.status} ${JSON.stringify(answer.body)}`,
      );
      assert.equal(await rows.take(), earlier, `${route.act}: rows changed`);
    }
  });

test("no route is open to a type without its right", async () => {
  const people = {
    owner: cast.solomiia,
    quality: cast.marta,
    doctor: cast.taras,
    nurse: cast.olena,
    reception: cast.yulia,
    lab: cast.bohdan,
    training: cast.hanna,
    auditor: cast.ihor,
  };
  let refused = 0;
  for (const route of bound.filter((one) => one.outside !== true))
    for (const type of userTypes) {
      const person = Object.entries(people).find(([one]) => one === type)?.[1];
      const holders: readonly string[] = Object.entries(bundles).find(([right]) => right === route.right)?.[1] ?? [];
      if (!person || holders.includes(type)) continue;
      const { client } = await openPerson(cast.product, { ...person, slug: cast.clinic.slug });
      const answer = await client.signed(emptyRequest(route, cast.clinic.slug));
      assert.equal(answer.status, 403, `${type} at ${route.act}: ${answer.status} ${JSON.stringify(answer.body)}`);
      refused++;
    }
  assert(refused > 100);
});

test("no route answers to members of another clinic, nor tells that this one exists", async () => {
  const people = [other.solomiia, other.marta, other.taras, other.olena, other.yulia];
  for (const route of bound.filter((one) => one.outside !== true))
    for (const person of people) {
      const answer = await person.client.signed(emptyRequest(route, cast.clinic.slug));
      const nowhere = await person.client.signed(emptyRequest(route, "no-such-clinic"));
      assert.equal(answer.status, 404, `${route.act}: ${JSON.stringify(answer.body)}`);
      const { request: _a, ...first } = Object(answer.body);
      const { request: _b, ...second } = Object(nowhere.body);
      assert.deepEqual(first, second, "the same answer as for a clinic that does not exist");
    }
});

test("public and fresh routes refuse other sites", async () => {
  for (const route of all.filter((one) => one.session === "public" || one.session === "fresh"))
    for (const [name, value] of [
      ["sec-fetch-site", "cross-site"],
      ["origin", "https://evil.example"],
      ["origin", "null"],
    ] as const) {
      const request = emptyRequest(route, cast.clinic.slug);
      const earlier = await rows.take();
      const answer = await openClient(cast.product.origin).plain({
        ...request,
        headers: { ...request.headers, [name]: value },
      });
      assert.equal(answer.status, 403, `${route.act}: ${answer.status} ${JSON.stringify(answer.body)}`);
      assert.equal(await rows.take(), earlier);
    }
});
