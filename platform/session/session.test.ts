import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import { parsePublicJwk } from "#core/proof/jwk.ts";
import { newBytes } from "#platform/crypto/random.ts";
import { checkChallenge, newChallenge } from "./challenge.ts";
import { ReplayMemory } from "./replay.ts";
import { createTokenMint, type TokenHolder } from "./token.ts";
import { createEs256Verifier } from "./verify-es256.ts";

const secret = newBytes(32);
const holder: TokenHolder = { sidHash: newBytes(32), jkt: "j".repeat(43) };
const NOON = 1_795_521_600; // 2026-11-24T12:00:00Z
const MIDNIGHT = 1_795_564_800;

test("a token is good for 300 seconds, for its session and key, and twice made is the same", () => {
  const mint = createTokenMint(secret, 4);
  const token = mint.mint(holder, { gen: 7, iat: NOON });
  assert.match(token, /^1~20781\.4~7~1795521600~1795521900~[\w-]{43}$/);
  assert.equal(mint.mint(holder, { gen: 7, iat: NOON }), token);
  const facts = { gen: 7, iat: NOON, exp: NOON + 300 };
  assert.deepEqual(mint.check(holder, token, NOON + 299), { ...facts, state: "good" });
  assert.deepEqual(mint.check(holder, token, NOON + 300), { ...facts, state: "expired" });
  assert.deepEqual(mint.check({ ...holder, sidHash: newBytes(32) }, token, NOON), { state: "forged" });
  assert.deepEqual(mint.check({ ...holder, jkt: "k".repeat(43) }, token, NOON), { state: "forged" });
  assert.deepEqual(createTokenMint(newBytes(32), 4).check(holder, token, NOON), { state: "forged" });
});

test("a token of another epoch is told apart from a forged one", () => {
  const token = createTokenMint(secret, 4).mint(holder, { gen: 0, iat: NOON });
  assert.equal(createTokenMint(secret, 5).check(holder, token, NOON).state, "stale-epoch");
  assert.equal(createTokenMint(secret, 5).check(holder, token.replace(".4~", ".5~"), NOON).state, "forged");
});

test("yesterday's tokens end by themselves, and nobody's come from the future", () => {
  const mint = createTokenMint(secret, 4);
  const late = mint.mint(holder, { gen: 0, iat: MIDNIGHT - 10 });
  assert.equal(mint.check(holder, late, MIDNIGHT + 200).state, "good");
  assert.equal(mint.check(holder, late, MIDNIGHT + 86_399).state, "expired");
  assert.equal(mint.check(holder, late, MIDNIGHT + 86_400).state, "forged");
  const early = mint.mint(holder, { gen: 0, iat: MIDNIGHT });
  assert.equal(mint.check(holder, early, MIDNIGHT - 1).state, "good");
  assert.equal(mint.check(holder, early, MIDNIGHT - 3).state, "forged");
});

test("a token changed in any letter is forged", () => {
  const mint = createTokenMint(secret, 4);
  const token = mint.mint(holder, { gen: 12, iat: NOON });
  fc.assert(
    fc.property(fc.nat(token.length - 1), fc.constantFrom(..."0123456789~.-_aZ ".split("")), (at, letter) => {
      if (token[at] === letter) return;
      const bent = token.slice(0, at) + letter + token.slice(at + 1);
      assert.equal(mint.check(holder, bent, NOON).state, "forged");
    }),
    { numRuns: 500 },
  );
  for (const text of ["", `${token}\n`, ` ${token}`, token.replace("~12~", "~012~"), token.replace("1~", "2~")])
    assert.equal(mint.check(holder, text, NOON).state, "forged");
});

test("a challenge is good for two minutes with its own cookie alone", () => {
  const key = newBytes(32);
  const pre = newBytes(32);
  const { nonce, exp } = newChallenge(key, pre, NOON);
  assert.equal(exp, NOON + 120);
  assert.equal(checkChallenge(key, { pre, nonce, now: NOON + 119 }), "good");
  assert.equal(checkChallenge(key, { pre, nonce, now: NOON + 120 }), "expired");
  assert.equal(checkChallenge(key, { pre: newBytes(32), nonce, now: NOON }), "forged");
  assert.equal(checkChallenge(key, { pre: newBytes(31), nonce, now: NOON }), "forged");
  assert.equal(checkChallenge(newBytes(32), { pre, nonce, now: NOON }), "forged");
  assert.equal(checkChallenge(key, { pre, nonce: nonce.replace(`${exp}`, `${exp + 60}`), now: NOON }), "forged");
  assert.equal(checkChallenge(key, { pre, nonce: "", now: NOON }), "forged");
});

test("a proof id is new once in its session and stays known for at least 150 seconds", () => {
  const memory = new ReplayMemory(0);
  const [one, other] = [newBytes(32), newBytes(32)];
  assert.equal(memory.remember(one, "a".repeat(22), 149), "new");
  assert.equal(memory.remember(one, "a".repeat(22), 149), "seen");
  assert.equal(memory.remember(other, "a".repeat(22), 149), "new");
  assert.equal(memory.remember(one, "a".repeat(22), 150), "seen");
  assert.equal(memory.remember(one, "a".repeat(22), 299), "seen");
  assert.equal(memory.remember(one, "a".repeat(22), 300), "new");
  assert.equal(memory.remember(one, "b".repeat(22), 10_000), "new");
  assert.equal(memory.size, 1);
});

// Compared with a plain list of (id, time): whatever was asked within 150 s must be seen, and nothing unasked ever is.
test("the replay memory never forgets early and never invents, while it grows and turns", () => {
  const step = fc.record({ wait: fc.nat(60), id: fc.nat(300) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const memory = new ReplayMemory(0);
      const last = new Map<number, number>();
      let now = 0;
      for (const { wait, id } of steps) {
        now += wait / 10;
        const answer = memory.remember(holder.sidHash, `jti-${id}`, now);
        const before = last.get(id);
        if (before === undefined) assert.equal(answer, "new");
        else if (now - before < 150) assert.equal(answer, "seen");
        if (answer === "new") last.set(id, now);
      }
    }),
    { numRuns: 50 },
  );
  const full = new ReplayMemory(0, 3000);
  const answers = Array.from({ length: 3001 }, (_, at) => full.remember(holder.sidHash, `jti-${at}`, 1));
  assert.deepEqual([answers.filter((answer) => answer === "new").length, answers.at(-1)], [3000, "full"]);
  assert.equal(full.remember(holder.sidHash, "jti-5", 1), "seen");
});

test("ES256 signatures are checked under the given key, with few keys remembered", () => {
  const pairs = Array.from({ length: 4 }, () => generateKeyPairSync("ec", { namedCurve: "P-256" }));
  const verify = createEs256Verifier(2);
  const signed = newBytes(100);
  const signatures = pairs.map(
    ({ privateKey }) => new Uint8Array(sign("sha256", signed, { key: privateKey, dsaEncoding: "ieee-p1363" })),
  );
  const keys = pairs.map(({ publicKey }) => parsePublicJwk(publicKey.export({ format: "jwk" })) ?? assert.fail());
  for (let turn = 0; turn < 2; turn += 1)
    keys.forEach((key, one) =>
      signatures.forEach((signature, other) => assert.equal(verify(key, { signed, signature }), one === other)),
    );
  const [key = assert.fail()] = keys;
  assert.equal(verify(key, { signed, signature: new Uint8Array(64) }), false);
  assert.equal(verify(key, { signed, signature: new Uint8Array(0) }), false);
});
