import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import * as fc from "fast-check";
import { fromHex, toHex, utf8 } from "#core/proof/bytes.ts";
import { blindIndex } from "./blind.ts";
import { deriveKey, hmac, sameSecret, sha256 } from "./hash.ts";
import { KeyFault, keyPortOf, newKeyLine, openKeys, parseKeySource } from "./keys.ts";
import { createPasswords } from "./password.ts";
import { argon2Scheme, bcryptScheme, type PasswordScheme } from "./password-schemes.ts";
import { hashOfSecret, newBytes, newCode, newSecret, plainCode } from "./random.ts";
import { SealBroken, seal, sealBytes, sealedUnder, unseal, unsealBytes, type DataKey, type SealPlace } from "./seal.ts";
import { token, tokensOf, wordTokens } from "./tokens.ts";

const folder = mkdtempSync(join(tmpdir(), "qms-keys-"));
after(() => rmSync(folder, { recursive: true }));
const hex = (text: string) => fromHex(text) ?? assert.fail(text);

test("hash, HMAC and derivation give the published values", () => {
  assert.equal(toHex(sha256(utf8("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, case 2
  assert.equal(
    toHex(hmac(utf8("Jefe"), "what do ya want ", "for nothing?")),
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
  // RFC 5869, case 3 (no salt, no info), first 32 of its 42 bytes
  assert.equal(
    toHex(deriveKey(hex("0b".repeat(22)), "")),
    "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
  );
  assert.equal(sameSecret(utf8("a"), utf8("a")), true);
  assert.equal(sameSecret(utf8("a"), utf8("b")), false);
  assert.equal(sameSecret(utf8("a"), utf8("ab")), false);
});

test("a key file is made once, for its owner alone, and read again", async () => {
  const path = join(folder, "keys", "root.key");
  await assert.rejects(openKeys({ kind: "file", path }), KeyFault);
  const keys = await openKeys({ kind: "file", path }, { create: true });
  const text = readFileSync(path, "utf8");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, "keys")).mode & 0o777, 0o700);
  const again = await openKeys({ kind: "file", path }, { create: true });
  assert.equal(readFileSync(path, "utf8"), text);
  assert.deepEqual(again.subkey("wrap"), keys.subkey("wrap"));
  chmodSync(path, 0o640);
  await assert.rejects(openKeys({ kind: "file", path }), /open to others/);
});

test("systemd hands over the key as a credential", async () => {
  writeFileSync(join(folder, "qms-root-key"), newKeyLine("k1"));
  assert.equal((await openKeys(parseKeySource("systemd:"), { credentials: folder })).current, "k1");
  await assert.rejects(openKeys(parseKeySource("systemd:other"), { credentials: folder }), /ENOENT/);
  await assert.rejects(openKeys(parseKeySource("systemd:")), /LoadCredential/);
});

test("the setting keys has two forms and broken key files are refused", () => {
  assert.deepEqual(parseKeySource("file:data/keys/root.key"), { kind: "file", path: "data/keys/root.key" });
  assert.deepEqual(parseKeySource("systemd:"), { kind: "systemd", name: "qms-root-key" });
  for (const text of ["", "file:", "systemd:../x", "vault:x"])
    assert.throws(() => parseKeySource(text), KeyFault, text);
  const line = newKeyLine("k1");
  for (const text of ["", "k1\n", line + line, line.replace("k1", "K1"), line.slice(0, -3)])
    assert.throws(() => keyPortOf(text), KeyFault);
});

test("data keys wrap to 40 bytes, open under an older root key, and not when a bit is changed", () => {
  const old = newKeyLine("k1");
  const then = keyPortOf(old);
  const now = keyPortOf(newKeyLine("k2") + old);
  const dataKey = newBytes(32);
  const wrapped = then.wrap(dataKey);
  assert.equal(wrapped.kek, "k1");
  assert.equal(wrapped.wrapped.length, 40);
  assert.deepEqual(now.unwrap(wrapped), dataKey);
  assert.equal(now.wrap(dataKey).kek, "k2");
  assert.throws(() => then.unwrap(now.wrap(dataKey)), /root key k2 is not here/);
  fc.assert(
    fc.property(fc.nat(39), fc.nat(7), (at, bit) => {
      const bent = wrapped.wrapped.with(at, (wrapped.wrapped[at] ?? 0) ^ (1 << bit));
      assert.throws(() => then.unwrap({ kek: "k1", wrapped: bent }), KeyFault);
    }),
  );
  assert.notDeepEqual(then.subkey("pepper"), then.subkey("wrap"));
});

const newDataKey = (): DataKey => {
  const bytes = newBytes(16);
  const text = toHex(bytes);
  const id = [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
  return { id, bytes: newBytes(32) };
};
const place: SealPlace = { clinic: "c1", owner: "p1", thing: "incident", id: "i1", field: "story" };

test("a sealed text opens where it was sealed and nowhere else", () => {
  const key = newDataKey();
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("clinic", "owner", "thing", "id", "field"),
      (text, part) => {
        const sealed = seal(key, place, text);
        assert.equal(sealed.length, utf8(text).length + 45);
        assert.equal(sealedUnder(sealed), key.id);
        assert.equal(unseal(key, place, sealed), text);
        assert.throws(() => unseal(key, { ...place, [part]: "other" }, sealed), SealBroken);
      },
    ),
  );
  assert.notDeepEqual(seal(key, place, "Тиск"), seal(key, place, "Тиск"));
  assert.deepEqual(unsealBytes(key, place, sealBytes(key, place, Uint8Array.of(0, 255))), Uint8Array.of(0, 255));
});

test("a sealed value does not open when any bit of it is changed, when it is cut, or with another key", () => {
  const key = newDataKey();
  const sealed = seal(key, place, "Пан Іван, 067");
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
      assert.throws(() => unseal(key, place, sealed.with(at, (sealed[at] ?? 0) ^ (1 << bit))), SealBroken);
    }),
  );
  for (const length of [0, 1, 17, 44, sealed.length - 1])
    assert.throws(() => unseal(key, place, sealed.slice(0, length)), SealBroken);
  assert.throws(() => unseal({ ...newDataKey(), id: key.id }, place, sealed), SealBroken);
  assert.throws(() => unseal(newDataKey(), place, sealed), /another key/);
  assert.throws(() => seal(key, { ...place, field: "story|x" }, ""), RangeError);
});

test("blind indexes are equal for equal people and differ by kind and clinic", () => {
  const [key, other] = [newBytes(32), newBytes(32)];
  const index = blindIndex(key, "phone", "0671234567") ?? assert.fail();
  assert.equal(index.length, 16);
  assert.deepEqual(blindIndex(key, "phone", "+38 067 123-45-67"), index);
  assert.notDeepEqual(blindIndex(other, "phone", "0671234567"), index);
  assert.notDeepEqual(blindIndex(key, "login", "0671234567"), index);
  assert.equal(blindIndex(key, "phone", "немає"), undefined);
});

test("a patient's tokens meet the words of a query, in another spelling too, and another clinic's never", () => {
  const key = newBytes(32);
  const tokens = tokensOf(key, {
    names: [
      { part: "family", value: "Шевченко" },
      { part: "given", value: "Олександра" },
      { part: "patronymic", value: "Юріївна" },
    ],
    phones: ["0671234567"],
    emails: ["O.S@example.com"],
    identifiers: ["CE 123456"],
    code: "К-0412",
    birthDate: "1985-03-14",
  });
  assert.equal(tokens.length, 7 + 4 + 3 + 4 + 2 + 1 + 1 + 1 + 1); // the given name's alias adds four
  for (const word of ["Шевч", "shevchenko", "Itdxtyrj", "Олександра", "Юр", "Александра"])
    assert.ok(
      wordTokens(key, word).some((one) => tokens.includes(one)),
      word,
    );
  for (const word of ["Шевчук", "Ш"])
    assert.ok(
      !wordTokens(key, word)
        .slice(0, 1)
        .some((one) => tokens.includes(one)),
      word,
    );
  assert.ok(tokens.includes(token(key, "p4", "4567")));
  assert.ok(tokens.includes(token(key, "p", "+380671234567")));
  assert.ok(tokens.includes(token(key, "b", "1985-03-14")));
  assert.ok(!wordTokens(newBytes(32), "Шевч").some((one) => tokens.includes(one)));
  assert.ok(tokens.every((one) => one >= -(2n ** 63n) && one < 2n ** 63n));
});

const peppers: Readonly<Record<string, Uint8Array>> = { k1: newBytes(32), k2: newBytes(32) };
const passwords = (currentPepper = "k1", cost = 4, queueMax = 50) =>
  passwordsBy(currentPepper, [bcryptScheme(cost)], queueMax);
// The lowest costs the schemes take: these tests are about what is stored and what matches.
const argon2 = argon2Scheme({ memory: 8, passes: 1, lanes: 1 });
const passwordsBy = (currentPepper: string, schemes: [PasswordScheme, ...PasswordScheme[]], queueMax = 50) =>
  createPasswords({ pepper: (id) => peppers[id] ?? assert.fail(id), currentPepper, schemes, atOnce: 1, queueMax });
async function storedOf(password: string, made = passwords()): Promise<string> {
  const done = await made.hash(password);
  return "stored" in done ? done.stored : assert.fail("busy");
}

test("a password is verified whole, however long and in whatever script, and in either Unicode spelling", async () => {
  const phrase = "Кіт спить на теплій печі, а миші бігають довкола аж до самого ранку";
  const stored = await storedOf(phrase);
  assert.match(stored, /^s1\$k1\$\$2[aby]\$04\$/);
  const { verify } = passwords();
  assert.deepEqual(await verify(phrase, stored), { matches: true, needsRehash: false });
  assert.deepEqual(await verify(`${phrase}!`, stored), { matches: false, needsRehash: false });
  assert.deepEqual(await verify("їжак", await storedOf("ї".normalize("NFD") + "жак")), {
    matches: true,
    needsRehash: false,
  });
  assert.deepEqual(await verify("a\0b", await storedOf("a\0c")), { matches: false, needsRehash: false });
});

test("a right password under an older cost or pepper asks to be hashed anew; a wrong one never does", async () => {
  const stored = await storedOf("Ранкова кава 7");
  assert.deepEqual(await passwords("k1", 5).verify("Ранкова кава 7", stored), { matches: true, needsRehash: true });
  assert.deepEqual(await passwords("k2").verify("Ранкова кава 7", stored), { matches: true, needsRehash: true });
  assert.deepEqual(await passwords("k2").verify("інша", stored), { matches: false, needsRehash: false });
});

test("an unknown person and a scheme nobody knows cost a hash and never match", async () => {
  const { verify } = passwords();
  for (const stored of [undefined, "", "s9$k1$x", "s1$k1$plain"])
    assert.deepEqual(await verify("", stored), { matches: false, needsRehash: false });
});

test("a full queue answers busy at once, and everybody in it is served", async () => {
  const { hash } = passwords("k1", 4, 3);
  const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => hash(`password ${at}`)));
  assert.deepEqual(
    answers.map((answer) => "busy" in answer),
    [false, false, false, false, true, true, true, true],
  );
  assert.ok("stored" in (await hash("later")));
});

test("secrets are looked up by hash, codes are read back as people type them", () => {
  const { secret, hash } = newSecret();
  assert.deepEqual(hashOfSecret(secret), hash);
  for (const text of ["", secret.slice(1), `${secret}A`, secret.replace(/.$/, "=")])
    assert.equal(hashOfSecret(text), undefined);
  const code = newCode(26);
  assert.match(code, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}$/);
  assert.equal(plainCode(code.toLowerCase().replaceAll("0", "o")), code.replaceAll("-", ""));
});

test("people move from bcrypt to Argon2id as they sign in, and back if a clinic so decides", async () => {
  const moving = passwordsBy("k1", [argon2, bcryptScheme(4)]);
  const old = await storedOf("Ранкова кава 7");
  assert.deepEqual(await moving.verify("Ранкова кава 7", old), { matches: true, needsRehash: true });
  const young = await storedOf("Ранкова кава 7", moving);
  assert.match(young, /^s2\$k1\$\$argon2id\$v=19\$m=8,t=1,p=1\$/);
  assert.deepEqual(await moving.verify("Ранкова кава 7", young), { matches: true, needsRehash: false });
  assert.deepEqual(await moving.verify("ранкова кава 7", young), { matches: false, needsRehash: false });
  assert.deepEqual(await moving.verify("", undefined), { matches: false, needsRehash: false });
  assert.deepEqual(await passwords().verify("Ранкова кава 7", young), { matches: false, needsRehash: false });
  const dearer = passwordsBy("k1", [argon2Scheme({ memory: 16, passes: 1, lanes: 1 })]);
  assert.deepEqual(await dearer.verify("Ранкова кава 7", young), { matches: true, needsRehash: true });
});
