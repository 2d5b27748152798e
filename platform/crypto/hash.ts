import { createHmac, hash, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Bytes } from "#core/proof/bytes.ts";

/** SHA-256, 32 bytes: the port that core/ledger and core/proof ask for. Source: FIPS 180-4. */
export const sha256 = (bytes: Uint8Array): Bytes => owned(hash("sha256", bytes, "buffer"));

/** HMAC-SHA-256 over parts one after another, 32 bytes. The caller keeps the parts from running into one another: fixed
 *  lengths or separators. Source: RFC 2104. */
export function hmac(key: Uint8Array, ...parts: readonly (Uint8Array | string)[]): Bytes {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return owned(mac.digest());
}

/** A key of 32 bytes for one purpose out of another key. The label is the purpose; two labels give two unrelated keys.
 *  Source: RFC 5869 (HKDF-SHA-256, no salt: the input is a uniform key already, §3.1). */
export const deriveKey = (key: Uint8Array, label: string): Bytes =>
  new Uint8Array(hkdfSync("sha256", key, "", label, 32));

/** Whether two secrets are equal, in time that tells nothing but their length. */
export const sameSecret = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

/** Node's digests lie in a buffer of their own; the type alone does not say so. */
const owned = (digest: Buffer): Bytes => new Uint8Array(digest);
