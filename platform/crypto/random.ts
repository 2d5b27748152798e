import { randomBytes } from "node:crypto";
import { fromBase64url, toBase64url, type Bytes } from "#core/proof/bytes.ts";
import { sha256 } from "./hash.ts";

/** Bytes of a secret that somebody carries: a session cookie, a link, a ticket. 256 bits cannot be guessed or listed. */
export const SECRET_BYTES = 32;

/** A secret as its holder gets it (43 characters of base64url) and as the database keeps it (SHA-256 of its bytes). A plain hash
 *  is enough for 256 random bits: there is nothing to guess (NIST SP 800-63B-4 §3.1.2.2). */
export type Secret = { readonly secret: string; readonly hash: Bytes };

/** A new secret. */
export function newSecret(): Secret {
  const bytes = newBytes(SECRET_BYTES);
  return { secret: toBase64url(bytes), hash: sha256(bytes) };
}

/** The hash under which a secret is looked up, or undefined for a text that never was one. */
export function hashOfSecret(secret: string): Bytes | undefined {
  const bytes = secret.length === 43 ? fromBase64url(secret) : undefined;
  return bytes?.length === SECRET_BYTES ? sha256(bytes) : undefined;
}

/** That many random bytes. */
export const newBytes = (count: number): Bytes => new Uint8Array(randomBytes(count));

// Crockford's base32: no I, L, O, U, so nothing is misread or spells a word.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A code that people type, in groups of four letters with hyphens: 26 letters carry 130 bits (recovery codes), 12 carry 60
 *  (tracking codes, behind a rate limit). Source: D. Crockford, Base 32. */
export function newCode(letters: number): string {
  // 256 is a whole multiple of 32, so the remainder is uniform.
  const code = Array.from(newBytes(letters), (byte) => LETTERS.charAt(byte % 32)).join("");
  return code.match(/.{1,4}/g)?.join("-") ?? "";
}

/** A typed code in its one spelling: capitals, no hyphens or blanks, O read as 0, I and L as 1. */
export const plainCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
