import { fromBase64url, toBase64url, toHex, utf8, type Bytes } from "./bytes.ts";

/** A public P-256 key as JSON Web Key; x and y are 32 bytes, base64url. Source: RFC 7518 §6.2.1. */
export type PublicJwk = { readonly kty: "EC"; readonly crv: "P-256"; readonly x: string; readonly y: string };

/** SHA-256; in a browser it answers later, in Node at once. Source: FIPS 180-4. */
export type AnySha256 = (bytes: Bytes) => Bytes | Promise<Bytes>;

// The curve: y² = x³ − 3x + b over the field of p elements. Source: SP 800-186 §3.2.1.3.
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const MEMBERS = new Set(["kty", "crv", "x", "y"]);

/** A coordinate as a whole number, or undefined unless it is 32 bytes of strict base64url below p. */
function coordinate(text: unknown): bigint | undefined {
  const bytes = typeof text === "string" && text.length === 43 ? fromBase64url(text) : undefined;
  if (bytes?.length !== 32) return undefined;
  const value = BigInt(`0x${toHex(bytes)}`);
  return value < P ? value : undefined;
}

/** A public P-256 key out of unknown JSON, or undefined: other members (`d` above all), other curves, wrong lengths and
 *  points off the curve are refused, so that no library behind ever sees them. Source: RFC 9449 §4.3 (7), SP 800-186. */
export function parsePublicJwk(value: unknown): PublicJwk | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.keys(value).some((name) => !MEMBERS.has(name))) return undefined;
  if (!("kty" in value && "crv" in value && "x" in value && "y" in value)) return undefined;
  const { kty, crv, x, y } = value;
  const across = coordinate(x);
  const up = coordinate(y);
  if (kty !== "EC" || crv !== "P-256" || across === undefined || up === undefined) return undefined;
  if ((up * up - (across * across * across - 3n * across + B)) % P !== 0n) return undefined;
  return typeof x === "string" && typeof y === "string" ? { kty, crv, x, y } : undefined;
}

/** Whether two keys are one: equal exactly when their thumbprints are. */
export const sameKey = (one: PublicJwk, other: PublicJwk): boolean => one.x === other.x && one.y === other.y;

/** JWK thumbprint `jkt`: base64url, 43 characters. Source: RFC 7638 §3 (members in lexical order, no blanks). */
export async function thumbprint(jwk: PublicJwk, sha256: AnySha256): Promise<string> {
  return toBase64url(await sha256(thumbprintInput(jwk)));
}

/** The bytes whose SHA-256 is the thumbprint, for callers that hash at once. Source: RFC 7638 §3.1. */
export const thumbprintInput = (jwk: PublicJwk): Bytes =>
  utf8(`{"crv":"${jwk.crv}","kty":"${jwk.kty}","x":"${jwk.x}","y":"${jwk.y}"}`);
