import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { codeOf, openClient, proofOf, type Client } from "#cli/client.ts";
import { newId } from "#platform/database/ids.ts";
import { listMembers } from "#product/clinic/members/contract.ts";
import { insertPerson, setPassword } from "#product/identity/people/index.ts";
import { eventually, newClinic, openPerson } from "#testing/clinic.ts";
import { testProduct, type TestProduct } from "#testing/product.ts";
import { openSnapshots } from "#testing/snapshot.ts";
import { endAllMySessions, lockSession, listMySessions, readMe, signOut, unlockSession } from "./contract.ts";

let product: TestProduct;
before(async () => {
  product = await testProduct({ bcryptCost: 12 });
});

async function person(password: string): Promise<string> {
  const { app } = product.platform;
  const id = newId();
  const login = `${randomUUID()}@vhid.example`;
  const bidx = app.vault.login(login);
  const hashed = await app.passwords.hash(password);
  assert(bidx && "stored" in hashed);
  assert(hashed.stored.startsWith("s1$") && hashed.stored.includes("$12$"), "peppered bcrypt of cost 12");
  await app.database.transaction({ person: id }, async (db) => {
    await insertPerson(db, {
      id,
      bidx,
      login: app.vault.seal(id, "login", login),
      name: app.vault.seal(id, "name", "Особа"),
      language: "uk",
    });
    await setPassword(db, id, hashed.stored);
  });
  return login;
}
const open = (from?: string): Client => openClient(product.origin, from ? { from } : {});

test("a person signs in, reads who they are, and signs out; the cookie is worth nothing afterwards", async () => {
  const login = await person("довга парольна фраза");
  const client = open();
  const entered = await client.signIn(login, "довга парольна фраза");
  assert.equal(entered.status, 200);
  const cookies = String(entered.headers["set-cookie"]);
  assert.match(cookies, /sid-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict/);
  assert.equal((await client.call(readMe, {})).status, 200);
  const out = await client.call(signOut, { body: {} });
  assert.equal(out.status, 204);
  assert.match(String(out.headers["clear-site-data"]), /storage/);
  assert.equal((await client.call(readMe, {})).status, 401);
});

test("long passwords count whole: 73 bytes, and Cyrillic past 37 letters", async () => {
  for (const [right, wrong] of [
    ["a".repeat(72) + "b", "a".repeat(72) + "c"],
    ["ї".repeat(40) + "а", "ї".repeat(40) + "б"],
  ] as const) {
    const login = await person(right);
    assert.equal(codeOf(await open("127.0.0.11").signIn(login, wrong)), "sign-in.refused");
    assert.equal((await open("127.0.0.11").signIn(login, right)).status, 200);
  }
});

test("the same password typed in another Unicode form opens too", async () => {
  const login = await person("ї і й довга фраза".normalize("NFC"));
  assert.equal((await open("127.0.0.12").signIn(login, "ї і й довга фраза".normalize("NFD"))).status, 200);
});

test("known and unknown logins get the same bytes", async () => {
  const login = await person("правильний пароль 12");
  const bodies = [];
  for (const name of [login, "nobody@vhid.example", "не пошта"]) {
    const { status, body, headers } = await open("127.0.0.13").signIn(name, "неправильний пароль");
    const { request: _, ...rest } = Object(body);
    bodies.push(JSON.stringify([status, rest, Object.keys(headers).toSorted()]));
  }
  assert.equal(new Set(bodies).size, 1);
});

test("after five failures the account waits, and says how long", async () => {
  const login = await person("правильний пароль 13");
  for (let i = 0; i < 5; i++) assert.equal(codeOf(await open("127.0.0.14").signIn(login, "ні")), "sign-in.refused");
  const waited = await open("127.0.0.14").signIn(login, "правильний пароль 13");
  assert.equal(codeOf(waited), "sign-in.wait");
  assert.equal(waited.headers["retry-after"], "1");
});

test("thirty tries a minute from one network, then 429 whoever is asked for", async () => {
  let last = "";
  for (let i = 0; i < 35 && last !== "request.too-many"; i++)
    last = codeOf(
      await openClient(product.origin, { from: "127.0.0.15" }).plain({
        method: "POST",
        path: "/auth/sign-in",
        body: {},
      }),
    );
  assert.equal(last, "request.too-many");
});

test("ten tabs refresh at once and a lost answer is asked for again: one generation, nobody is thrown out", async () => {
  const login = await person("правильний пароль 14");
  const client = open("127.0.0.16");
  await client.signIn(login, "правильний пароль 14");
  const snapshots = await openSnapshots(product.server);
  // the token is made 61 s old, so that it may turn
  await snapshots.ask(
    "update identity.session set issued_at = now() - interval '61 seconds', confirmed = true, grace_until = null where person_id = (select person_id from identity.session order by started_at desc limit 1)",
  );
  product.platform.app.sessions.forget();
  const old = client.state.ct;
  const rid = randomBytes(16).toString("base64url");
  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      openClient(product.origin, { state: { ...client.state, ct: old }, from: "127.0.0.16" }).refresh(rid),
    ),
  );
  const tokens = new Set(answers.map(({ status, body }) => (status === 200 ? Object(body).ct : `${status}`)));
  const good = [...tokens].filter((token) => token.startsWith("1~"));
  assert.equal(good.length, 1, [...tokens].join(" "));
  assert(answers.filter(({ status }) => status === 200).length >= 1);
  client.state.ct = good[0] ?? "";
  assert.equal((await client.call(readMe, {})).status, 200);
  await snapshots.close();
});

test("an older generation shown by somebody who does not share the storage is a copied profile: the session ends", async () => {
  const login = await person("правильний пароль 15");
  const owner = open("127.0.0.17");
  await owner.signIn(login, "правильний пароль 15");
  const thief = openClient(product.origin, {
    state: { ...owner.state, cookies: new Map(owner.state.cookies) },
    from: "127.0.0.17",
  });
  const snapshots = await openSnapshots(product.server);
  await snapshots.ask(
    "update identity.session set issued_at = now() - interval '61 seconds', confirmed = true where person_id = (select person_id from identity.session order by started_at desc limit 1)",
  );
  await snapshots.close();
  product.platform.app.sessions.forget();
  assert.equal((await owner.refresh()).status, 200);
  assert.equal((await owner.call(readMe, {})).status, 200);
  assert.equal(codeOf(await thief.refresh()), "session.ended");
  assert.equal(codeOf(await owner.call(readMe, {})), "session.ended");
});

test("a new epoch (restart, lost connection) refuses old tokens but lets them refresh unseen", async () => {
  const login = await person("правильний пароль 16");
  const client = open("127.0.0.18");
  await client.signIn(login, "правильний пароль 16");
  const { app, keeper } = product.platform;
  const captured = await proofOf(client.state, product.origin, {
    method: "GET",
    path: "/api/me",
    body: new Uint8Array(),
    nonce: client.state.ct,
  });
  const replayed = () => client.plain({ method: "GET", path: "/api/me", headers: { dpop: captured } });
  assert.equal((await replayed()).status, 200);
  app.guard.setEpoch(keeper.epoch() + 1000);
  assert.equal(codeOf(await replayed()), "session.token-stale", "the memory of burnt proofs is gone, the epoch is not");
  assert.equal((await client.call(readMe, {})).status, 200, "the client refreshes by itself");
  app.guard.setEpoch(keeper.epoch());
});

test("a locked session answers nothing until the password makes a new one", async () => {
  const login = await person("правильний пароль 17");
  const client = open("127.0.0.19");
  await client.signIn(login, "правильний пароль 17");
  await client.call(lockSession, { body: {} });
  assert.equal(codeOf(await client.call(readMe, {})), "session.locked");
  const challenge = Object((await client.plain({ method: "GET", path: "/auth/challenge" })).body);
  const opened = await client.signed({
    method: "POST",
    path: unlockSession.path,
    body: { password: "правильний пароль 17" },
    nonce: String(challenge.nonce),
  });
  assert.equal(opened.status, 200);
  client.state.ct = Object(opened.body).ct;
  assert.equal((await client.call(readMe, {})).status, 200);
});

test("own sessions are listed and ended, all of them within a second", async () => {
  const login = await person("правильний пароль 18");
  const [first, second] = [open("127.0.0.20"), open("127.0.0.20")];
  for (const client of [first, second]) await client.signIn(login, "правильний пароль 18");
  const list = await first.call(listMySessions, {});
  assert.deepEqual(
    list.body.map(({ current }) => current).toSorted((a, b) => Number(a) - Number(b)),
    [false, true],
  );
  assert.equal((await first.call(endAllMySessions, { body: {} })).status, 204);
  await eventually(async () => (await second.call(readMe, {})).status === 401);
});

test("an open stream ends when its session does", async () => {
  const cast = await newClinic();
  const { client } = await openPerson(product, {
    personId: cast.marta.personId,
    memberId: cast.marta.memberId,
    name: "",
    slug: cast.clinic.slug,
  });
  const path = `/api/c/${cast.clinic.slug}/live`;
  const dpop = await proofOf(client.state, product.origin, {
    method: "GET",
    path,
    body: new Uint8Array(),
    nonce: client.state.ct,
  });
  const cookie = [...client.state.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const stream = await fetch(`${product.origin}${path}`, { headers: { dpop, cookie } });
  assert.equal(stream.headers.get("content-type"), "text/event-stream; charset=utf-8");
  await product.platform.app.sessions.end(cast.marta.personId);
  const ended = await Promise.race([
    stream.text().then(() => "ended"),
    new Promise((done) => setTimeout(() => done("open"), 2000)),
  ]);
  assert.equal(ended, "ended");
});

test("a clinic signs itself up by mail and its owner enters", async () => {
  const slug = `novyi-${randomUUID().slice(0, 8)}`;
  const email = `owner-${slug}@vhid.example`;
  const asked = {
    email,
    name: "Нова Власниця",
    language: "uk",
    clinic: { name: "Новий заклад", slug, zone: "Europe/Kyiv", languages: ["uk"] },
  };
  assert.equal((await open("127.0.0.21").plain({ method: "POST", path: "/auth/sign-up", body: asked })).status, 202);
  const snapshots = await openSnapshots(product.server);
  const [letter] = await snapshots.ask<{ person_id: string; body: Buffer }>(
    "select person_id, body from identity.message where kind = 'sign-up' order by at desc limit 1",
  );
  await snapshots.close();
  assert(letter);
  const token =
    /\/l\/([\w-]{43})/.exec(product.platform.app.vault.open(letter.person_id, "body", letter.body))?.[1] ?? "";
  const accept = async (password: string) => {
    const client = open("127.0.0.21");
    const challenge = Object((await client.plain({ method: "GET", path: "/auth/challenge" })).body);
    const answer = await client.signed({
      method: "POST",
      path: "/auth/accept",
      body: { token, password },
      nonce: String(challenge.nonce),
    });
    client.state.ct = Object(answer.body).ct ?? "";
    return { client, answer };
  };
  assert.equal(codeOf((await accept("Клініка2026!")).answer), "password.common");
  const { client, answer } = await accept("сім зелених ліхтарів");
  assert.equal(answer.status, 200);
  assert.deepEqual(
    Object(answer.body).clinics.map((clinic: { slug: string }) => clinic.slug),
    [slug],
  );
  assert.equal((await client.call(listMembers, { slug })).body.length, 1);
  assert.equal(codeOf((await accept("сім зелених ліхтарів")).answer), "link.dead");
});
