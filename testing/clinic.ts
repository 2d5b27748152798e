import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { UserType } from "#core/access/rights.ts";
import type { BodySent, ParamsSent, QuerySent, ReplyOf, Route } from "#core/contract/route.ts";
import { thumbprint } from "#core/proof/jwk.ts";
import { codeOf, newKey, openClient, type Answer, type Client } from "#cli/client.ts";
import { newId } from "#platform/database/ids.ts";
import { sha256 } from "#platform/crypto/hash.ts";
import { cookieNames } from "#platform/http/cookies.ts";
import { createClinic } from "#product/clinic/clinics/index.ts";
import { insertMember } from "#product/clinic/members/index.ts";
import { insertMembership, insertTypes } from "#product/identity/memberships/index.ts";
import { insertPerson } from "#product/identity/people/index.ts";
import { testProduct, type TestProduct } from "./product.ts";

type Input<R> = { params?: ParamsSent<R>; query?: QuerySent<R>; body?: BodySent<R>; key?: string };

/** One of the cast, signed in. Every request is signed by BS-1. */
export type Person = {
  personId: string;
  memberId: string;
  name: string;
  client: Client;
  /** The whole answer. */
  ask: <R extends Route>(route: R, input?: Input<R>) => Promise<Answer<ReplyOf<R>>>;
  /** The reply of a request that must succeed. */
  send: <R extends Route>(route: R, input?: Input<R>) => Promise<ReplyOf<R>>;
  /** Asserts that the request is refused with this code. */
  refused: <R extends Route>(code: string, route: R, input?: Input<R>) => Promise<void>;
};

export type Clinic = { id: string; slug: string };
export type Cast = Record<"solomiia" | "marta" | "taras" | "olena" | "yulia" | "bohdan" | "hanna" | "ihor", Person> & {
  clinic: Clinic;
  product: TestProduct;
};

const cast: readonly { key: Exclude<keyof Cast, "clinic" | "product">; name: string; types: readonly UserType[] }[] = [
  { key: "solomiia", name: "Соломія Верес", types: ["owner"] },
  { key: "marta", name: "Марта Дзвін", types: ["quality"] },
  { key: "taras", name: "Тарас Бук", types: ["doctor"] },
  { key: "olena", name: "Олена Гай", types: ["nurse"] },
  { key: "yulia", name: "Юлія Сад", types: ["reception"] },
  { key: "bohdan", name: "Богдан Клен", types: ["lab"] },
  { key: "hanna", name: "Ганна Рута", types: ["training"] },
  { key: "ihor", name: "Ігор Явір", types: ["auditor"] },
];

async function makePerson(product: TestProduct, name: string): Promise<string> {
  const { app } = product.platform;
  const id = newId();
  const login = `${id}@cast.example`;
  const bidx = app.vault.login(login);
  assert(bidx);
  await app.database.transaction({ person: id }, (db) =>
    insertPerson(db, {
      id,
      bidx,
      login: app.vault.seal(id, "login", login),
      name: app.vault.seal(id, "name", name),
      language: "uk",
    }),
  );
  return id;
}

/** Opens a session by the store itself: only sign-in tests pay for bcrypt. */
export async function openPerson(
  product: TestProduct,
  o: { personId: string; memberId: string; name: string; slug: string },
): Promise<Person> {
  const { app } = product.platform;
  const key = newKey();
  const jkt = await thumbprint(key.jwk, sha256);
  const { sid, session } = await app.sessions.create({
    personId: o.personId,
    jwk: key.jwk,
    jkt,
    agent: "test",
    network: "127.0.0.1",
    kind: "staff",
  });
  const { ct } = app.guard.token(session);
  const client = openClient(product.origin, {
    state: { ...key, ct, cookies: new Map([[cookieNames(product.origin).sid, sid]]) },
  });
  const ask: Person["ask"] = (route, input = {}) => client.call(route, { slug: o.slug, ...input });
  return {
    personId: o.personId,
    memberId: o.memberId,
    name: o.name,
    client,
    ask,
    send: async (route, input) => {
      const answer = await ask(route, input);
      assert(answer.status < 300, `${route.act}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    refused: async (code, route, input) => {
      const answer = await ask(route, input);
      assert.equal(codeOf(answer), code, `${route.act}: ${answer.status} ${JSON.stringify(answer.body)}`);
    },
  };
}

/** A fresh clinic in this test file's database, and its people, each signed in. */
export async function newClinic(): Promise<Cast> {
  const product = await testProduct();
  const { app } = product.platform;
  const slug = `c${randomUUID().slice(0, 12)}`;
  const [owner, ...others] = cast;
  assert(owner);
  const ownerId = await makePerson(product, owner.name);
  const { clinicId, memberId } = await createClinic(app.database, {
    clinic: { name: "Липа", slug, country: "UA", zone: "Europe/Kyiv", languages: ["uk"] },
    personId: ownerId,
    ownerName: owner.name,
  });
  const made: [string, Person][] = [
    [owner.key, await openPerson(product, { personId: ownerId, memberId, name: owner.name, slug })],
  ];
  for (const { key, name, types } of others) {
    const personId = await makePerson(product, name);
    const id = newId();
    await app.database.transaction({ clinic: clinicId }, async (db) => {
      await insertMembership(db, { memberId: id, personId, state: "active" });
      await insertTypes(
        db,
        id,
        types.map((type) => ({ type })),
        null,
      );
      await insertMember(db, { id, personId, name });
    });
    made.push([key, await openPerson(product, { personId, memberId: id, name, slug })]);
  }
  // every key of the cast was filled above
  return { ...(Object.fromEntries(made) as Omit<Cast, "clinic" | "product">), clinic: { id: clinicId, slug }, product };
}

/** Waits until `check` gives a value: what a reaction does arrives a moment after its fact. Fails after 20 s, which is patience with a busy machine and no promise. */
export async function eventually<T>(check: () => Promise<T | undefined | null | false>): Promise<T> {
  const until = performance.now() + 20_000;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (performance.now() > until) assert.fail("it did not happen within 20 s");
    await new Promise((done) => setTimeout(done, 25));
  }
}
