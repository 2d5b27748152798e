import { fromBase64url, textOf, utf8, type Bytes } from "./bytes.ts";
import { parsePublicJwk, type PublicJwk } from "./jwk.ts";

/** The longest `DPoP` header taken, in characters. Ours are about 800; room for longer addresses. */
export const PROOF_LENGTH_MAX = 2048;

/** Claims of a BS-1 proof; see `ProofSubject` for meanings. `jti` is 22 to 64 base64url characters. */
export type ProofClaims = {
  readonly jti: string;
  readonly htm: string;
  readonly htu: string;
  readonly htq: string;
  readonly bd: string;
  readonly nonce: string;
  readonly iat: number;
  readonly act: boolean;
};

/** A proof whose form is right and of which nothing else is known: the signature is still to be checked. */
export type Proof = {
  readonly jwk: PublicJwk;
  readonly claims: ProofClaims;
  /** The signed bytes: `header.payload`. */
  readonly signed: Bytes;
  /** 64 bytes r ‖ s. */
  readonly signature: Bytes;
};

/** Why a header is no proof: too long · not three strict base64url parts of JSON · wrong `typ` or `alg` · extra header
 *  members · not a public P-256 point · a claim absent or of a wrong type. */
export type ProofFault = "size" | "form" | "type" | "algorithm" | "header" | "key" | "claims";
export type ParsedProof = { readonly proof: Proof } | { readonly fault: ProofFault };

const ID = /^[A-Za-z0-9_-]{22,64}$/;
const DIGEST = /^[A-Za-z0-9_-]{43}$/;
const METHOD = /^[A-Z]{3,7}$/;
const SAID = /^[\x21-\x7e]{1,1024}$/;
const HEADER_MEMBERS = new Set(["typ", "alg", "jwk"]);

/** Reads one `DPoP` header. Takes exactly a compact JWS with `typ: dpop+jwt`, `alg: ES256` and an embedded public P-256 key;
 *  any other header member is refused, since RFC 7515 §4.1.11 (`crit`) and the `jku`/`x5u` family only add doors.
 *  Unknown claims are ignored (RFC 7519 §4). Never throws. Source: RFC 9449 §4.3, RFC 7515 §7.1. */
export function parseProof(text: string): ParsedProof {
  if (text.length > PROOF_LENGTH_MAX) return { fault: "size" };
  const parts = text.split(".");
  const [head, payload, sealed] = parts;
  if (parts.length !== 3 || head === undefined || payload === undefined || sealed === undefined)
    return { fault: "form" };
  const header = objectOf(head);
  const body = objectOf(payload);
  const signature = fromBase64url(sealed);
  if (header === undefined || body === undefined || signature?.length !== 64) return { fault: "form" };
  if (header["typ"] !== "dpop+jwt") return { fault: "type" };
  if (header["alg"] !== "ES256") return { fault: "algorithm" };
  if (Object.keys(header).some((name) => !HEADER_MEMBERS.has(name))) return { fault: "header" };
  const jwk = parsePublicJwk(header["jwk"]);
  if (jwk === undefined) return { fault: "key" };
  const claims = claimsOf(body);
  return claims === undefined
    ? { fault: "claims" }
    : { proof: { jwk, claims, signed: utf8(`${head}.${payload}`), signature } };
}

/** A JSON object out of one base64url part; undefined otherwise. */
function objectOf(part: string): Readonly<Record<string, unknown>> | undefined {
  const bytes = fromBase64url(part);
  const text = bytes === undefined ? undefined : textOf(bytes);
  if (text === undefined || !text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function claimsOf(body: Readonly<Record<string, unknown>>): ProofClaims | undefined {
  const { jti, htm, htu, htq, bd, nonce, iat, act } = body;
  if (!said(jti, ID) || !said(htm, METHOD) || !said(htu, SAID) || !said(nonce, SAID)) return undefined;
  if (!said(htq, DIGEST) || !said(bd, DIGEST)) return undefined;
  if (typeof iat !== "number" || !Number.isSafeInteger(iat) || iat < 0) return undefined;
  if (act !== undefined && typeof act !== "boolean") return undefined;
  return { jti, htm, htu, htq, bd, nonce, iat, act: act === true };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const said = (value: unknown, form: RegExp): value is string => typeof value === "string" && form.test(value);
