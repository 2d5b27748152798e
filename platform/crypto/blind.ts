import { normalise, type IdentifierKind } from "#core/names/normalise.ts";
import type { Bytes } from "#core/proof/bytes.ts";
import { hmac } from "./hash.ts";

/** Bytes of a blind index: 128 bits leave no chance hits among all patients of the world. */
const BLIND_BYTES = 16;

/** Blind index of an identifier: equal for equal normalised values, and telling nothing without the key. 16 bytes of
 *  HMAC-SHA-256(key, kind ‖ 0 ‖ value). Undefined for a value that cannot be that kind (no digits in a phone, no @ in an
 *  e-mail): such a value is not searchable. `key` is the clinic's own, or for sign-in names the installation's; it must not
 *  change with the root key, or every index would have to be rewritten. Source: RFC 2104. */
export function blindIndex(key: Uint8Array, kind: IdentifierKind, value: string): Bytes | undefined {
  const plain = normalise(kind, value);
  return plain === undefined ? undefined : hmac(key, `${kind}\0${plain}`).slice(0, BLIND_BYTES);
}
