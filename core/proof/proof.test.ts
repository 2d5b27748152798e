import assert from "node:assert/strict";
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { test } from "node:test";
import { calculateThumbprint, generateKeyPair, generateProof } from "dpop";
import * as fc from "fast-check";
import { fromBase64, fromBase64url, fromHex, textOf, toBase64, toBase64url, toHex, utf8, type Bytes } from "./bytes.ts";
import { checkProof } from "./check-proof.ts";
import { parsePublicJwk, thumbprint, type PublicJwk } from "./jwk.ts";
import { digestOf, makeProof, type ProofPorts, type ProofSubject } from "./make-proof.ts";
import { parseProof, type Proof } from "./parse-proof.ts";

const sha256 = (bytes: Uint8Array): Bytes => Uint8Array.from(createHash("sha256").update(bytes).digest());
const publicOf = (jwk: unknown): PublicJwk => parsePublicJwk(jwk) ?? assert.fail("not a public P-256 key");

function newPorts(): ProofPorts {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    sign: (bytes) => Uint8Array.from(sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" })),
    sha256,
    randomBytes: (count) => Uint8Array.from(randomBytes(count)),
    publicJwk: publicOf(publicKey.export({ format: "jwk" })),
  };
}
const verified = ({ jwk, signed, signature }: Proof): boolean =>
  verify(
    "sha256",
    signed,
    { key: createPublicKey({ key: { ...jwk }, format: "jwk" }), dsaEncoding: "ieee-p1363" },
    signature,
  );
const proofOf = (header: string): Proof => {
  const parsed = parseProof(header);
  return "proof" in parsed ? parsed.proof : assert.fail(parsed.fault);
};
const faultOf = (header: string): string => {
  const parsed = parseProof(header);
  return "fault" in parsed ? parsed.fault : "none";
};

const subject: ProofSubject = {
  method: "POST",
  url: "https://qms.example/api/c/lypa/incidents",
  query: "site=центр&x=1",
  body: utf8('{"story":"Тиск"}'),
  nonce: "1~20781.4~0~1795507200~1795507500~mac",
  iat: 1_795_507_200,
  act: true,
};

test("a proof says what was asked, and its signature holds under the embedded key", async () => {
  const ports = newPorts();
  const proof = proofOf(await makeProof(ports, subject));
  assert.equal(verified(proof), true);
  assert.deepEqual(proof.jwk, ports.publicJwk);
  const { jti, ...rest } = proof.claims;
  assert.equal(fromBase64url(jti)?.length, 16);
  assert.deepEqual(rest, {
    htm: "POST",
    htu: subject.url,
    htq: createHash("sha256").update("site=центр&x=1").digest("base64url"),
    bd: createHash("sha256").update('{"story":"Тиск"}').digest("base64url"),
    nonce: subject.nonce,
    iat: subject.iat,
    act: true,
  });
});

test("each thing a thief could change is named, and nothing else", async () => {
  const ports = newPorts();
  const proof = proofOf(await makeProof(ports, subject));
  const right = {
    method: "POST",
    url: subject.url,
    htq: await digestOf(utf8(subject.query), sha256),
    bd: await digestOf(subject.body, sha256),
    nonce: subject.nonce,
    key: ports.publicJwk,
    now: subject.iat + 60,
  };
  assert.deepEqual(checkProof(proof, right), []);
  const empty = await digestOf(utf8(""), sha256);
  assert.deepEqual(checkProof(proof, { ...right, method: "PUT" }), ["method"]);
  assert.deepEqual(checkProof(proof, { ...right, url: `${subject.url}/` }), ["url"]);
  assert.deepEqual(checkProof(proof, { ...right, htq: empty }), ["query"]);
  assert.deepEqual(checkProof(proof, { ...right, bd: empty }), ["body"]);
  assert.deepEqual(checkProof(proof, { ...right, nonce: "other" }), ["nonce"]);
  assert.deepEqual(checkProof(proof, { ...right, key: newPorts().publicJwk }), ["key"]);
  assert.deepEqual(checkProof(proof, { ...right, now: subject.iat + 61 }), ["clock"]);
  assert.deepEqual(checkProof(proof, { ...right, now: subject.iat - 61 }), ["clock"]);
  assert.deepEqual(checkProof(proof, {}), []);
});

test("proofs of the dpop package with our claims beside its own are taken, and thumbprints agree", async () => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  const htq = await digestOf(utf8(""), sha256);
  const bd = await digestOf(utf8("{}"), sha256);
  const header = await generateProof(pair, subject.url, "POST", subject.nonce, undefined, { htq, bd, act: false });
  const proof = proofOf(header);
  assert.equal(verified(proof), true);
  assert.deepEqual(checkProof(proof, { method: "POST", url: subject.url, htq, bd, nonce: subject.nonce }), []);
  assert.equal(await thumbprint(proof.jwk, sha256), await calculateThumbprint(pair.publicKey));
  assert.ok(header.length < 1000);
});

test("a changed letter anywhere is refused by form, by signature or by what it says", async () => {
  const header = await makeProof(newPorts(), subject);
  const original = proofOf(header);
  fc.assert(
    fc.property(fc.nat(header.length - 1), fc.constantFrom(..."AZaz09-_.=+/ {".split("")), (at, letter) => {
      if (header[at] === letter) return;
      const parsed = parseProof(header.slice(0, at) + letter + header.slice(at + 1));
      if ("proof" in parsed) assert.ok(!verifiedBy(original.jwk, parsed.proof), `letter ${at}`);
    }),
    { numRuns: 400 },
  );
});
// The server verifies with the stored key, not with the one a header brings.
const verifiedBy = (jwk: PublicJwk, proof: Proof): boolean => verified({ ...proof, jwk });

const part = (value: unknown): string => toBase64url(utf8(JSON.stringify(value)));
async function headerWith(change: { header?: object; claims?: object; signature?: string }): Promise<string> {
  const [head = "", body = "", signature = ""] = (await makeProof(newPorts(), subject)).split(".");
  const read = (text: string): object => {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return typeof value === "object" && value !== null ? value : {};
  };
  const header = { ...read(head), ...change.header };
  return `${part(header)}.${part({ ...read(body), ...change.claims })}.${change.signature ?? signature}`;
}

test("headers that are no BS-1 proof are refused with their reason", async () => {
  const { publicJwk } = newPorts();
  const good = await makeProof(newPorts(), subject);
  assert.equal(faultOf(await headerWith({})), "none");
  assert.equal(faultOf(await headerWith({ claims: { extra: "x".repeat(2048) } })), "size");
  for (const text of ["", "a.b", `${good}.x`, `${good}=`, good.replaceAll(".", ". "), `"${good}"`, "..", "e30.e30."])
    assert.equal(faultOf(text), "form", text);
  assert.equal(faultOf(await headerWith({ signature: toBase64url(new Uint8Array(63)) })), "form");
  assert.equal(faultOf(`${part([1])}.${part({})}.${toBase64url(new Uint8Array(64))}`), "form");
  assert.equal(faultOf(await headerWith({ header: { typ: "JWT" } })), "type");
  for (const alg of ["none", "HS256", "ES384", "es256", null])
    assert.equal(faultOf(await headerWith({ header: { alg } })), "algorithm", String(alg));
  for (const extra of [{ crit: ["exp"] }, { jku: "https://evil.example" }, { kid: "1" }, { b64: false }])
    assert.equal(faultOf(await headerWith({ header: extra })), "header");
  const keys = [
    undefined,
    { ...publicJwk, d: publicJwk.x },
    { ...publicJwk, crv: "P-384" },
    { ...publicJwk, kty: "oct" },
    { ...publicJwk, x: publicJwk.y },
    { ...publicJwk, x: publicJwk.x.slice(1) },
    { ...publicJwk, x: "_".repeat(42) + "8" },
    { kty: "EC", crv: "P-256", x: publicJwk.x },
  ];
  for (const jwk of keys) assert.equal(faultOf(await headerWith({ header: { jwk } })), "key", JSON.stringify(jwk));
  const claims = [
    { jti: "short" },
    { jti: 7 },
    { htm: "post" },
    { htu: "https://q.example/a b" },
    { htq: "" },
    { bd: null },
    { nonce: "" },
    { nonce: ["x"] },
    { iat: "1795507200" },
    { iat: 1.5 },
    { iat: -1 },
    { act: "true" },
  ];
  for (const claim of claims)
    assert.equal(faultOf(await headerWith({ claims: claim })), "claims", JSON.stringify(claim));
});

test("parsing never throws, whatever arrives", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => assert.notEqual(faultOf(text), "none")),
  );
  const piece = fc.json().map((text) => toBase64url(utf8(text)));
  fc.assert(fc.property(piece, piece, piece, (a, b, c) => assert.notEqual(faultOf(`${a}.${b}.${c}`), "none")));
});

test("the thumbprint of RFC 7638's form is that of Node's own hash over the canonical members", async () => {
  const { publicJwk } = newPorts();
  const canonical = JSON.stringify({ crv: publicJwk.crv, kty: publicJwk.kty, x: publicJwk.x, y: publicJwk.y });
  assert.equal(await thumbprint(publicJwk, sha256), createHash("sha256").update(canonical).digest("base64url"));
});

test("byte codecs agree with Node's and turn back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const buffer = Buffer.from(bytes);
      assert.equal(toBase64url(bytes), buffer.toString("base64url"));
      assert.equal(toBase64(bytes), buffer.toString("base64"));
      assert.equal(toHex(bytes), buffer.toString("hex"));
      assert.deepEqual(fromBase64url(toBase64url(bytes)), Uint8Array.from(bytes));
      assert.deepEqual(fromBase64(toBase64(bytes)), Uint8Array.from(bytes));
      assert.deepEqual(fromHex(toHex(bytes)), Uint8Array.from(bytes));
      const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      let text: string | undefined;
      try {
        text = strict.decode(bytes);
      } catch {
        text = undefined;
      }
      assert.equal(textOf(bytes), text);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
      assert.deepEqual(utf8(text), Uint8Array.from(new TextEncoder().encode(text)));
    }),
  );
});

test("base64url that stands for bytes in a second way is refused", () => {
  for (const text of ["AB", "AAB", "A", "AA==", "AA\n", "A A", "A+AA", "A/AA"])
    assert.equal(fromBase64url(text), undefined, text);
  for (const text of ["AA", "AA=", "AB==", "AAB=", "A===", "AA-A", "AA==\n", "===="])
    assert.equal(fromBase64(text), undefined, text);
  assert.equal(fromHex("abc"), undefined);
  assert.deepEqual(textOf(Uint8Array.of(0xc0, 0x80)), undefined);
  assert.deepEqual(textOf(Uint8Array.of(0xed, 0xa0, 0x80)), undefined);
  assert.deepEqual(textOf(Uint8Array.of(0xf4, 0x90, 0x80, 0x80)), undefined);
});
