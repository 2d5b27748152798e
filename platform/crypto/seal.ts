import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto";
import { fromHex, joinBytes, textOf, toHex, utf8, type Bytes } from "#core/proof/bytes.ts";
import { deriveKey } from "./hash.ts";
import { newBytes } from "./random.ts";

/** A data key in the clear: its id (`platform.data_key.id`, a UUID) and 32 bytes. Lives in memory only. */
export type DataKey = { readonly id: string; readonly bytes: Bytes };

/** Where a sealed value stands. All of it is bound to the value as associated data: moved to another clinic, owner, record or
 *  field it does not open. `owner` is a patient's id or "clinic"; none may hold "|". */
export type SealPlace = {
  readonly clinic: string;
  readonly owner: string;
  readonly thing: string;
  readonly id: string;
  readonly field: string;
};

/** A sealed value does not open: it was changed, moved, or the key is another one. */
export class SealBroken extends Error {}

// Layout: 1 byte version · 16 key id · 12 nonce · text · 16 tag.
const VERSION = 1;
const KEY_AT = 1;
const NONCE_AT = 17;
const TEXT_AT = 29;
const TAG_BYTES = 16;

/** Seals a text for its place: AES-256-GCM, random 96-bit nonce, a key of its own for each kind of thing. Adds 45 bytes.
 *  A data key seals at most 2^32 values of one thing (SP 800-38D §8.3); it is renewed long before.
 *  Throws RangeError when a part of the place holds "|". Source: NIST SP 800-38D. */
export const seal = (key: DataKey, place: SealPlace, text: string): Bytes => sealBytes(key, place, utf8(text));

/** Opens a sealed text. Throws SealBroken. */
export function unseal(key: DataKey, place: SealPlace, sealed: Bytes): string {
  const text = textOf(unsealBytes(key, place, sealed));
  if (text === undefined) throw new SealBroken("the sealed value is no text");
  return text;
}

/** As `seal`, for bytes. */
export function sealBytes(key: DataKey, place: SealPlace, bytes: Bytes): Bytes {
  const nonce = newBytes(TEXT_AT - NONCE_AT);
  const cipher = createCipheriv("aes-256-gcm", keyFor(key, place.thing), nonce);
  cipher.setAAD(boundTo(place));
  const inner = cipher.update(bytes);
  cipher.final();
  return joinBytes(Uint8Array.of(VERSION), idBytes(key.id), nonce, inner, cipher.getAuthTag());
}

/** As `unseal`, for bytes. */
export function unsealBytes(key: DataKey, place: SealPlace, sealed: Bytes): Bytes {
  if (sealedUnder(sealed) !== key.id) throw new SealBroken("the value is sealed under another key");
  const tagAt = sealed.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyFor(key, place.thing), sealed.subarray(NONCE_AT, TEXT_AT), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(boundTo(place));
    decipher.setAuthTag(sealed.subarray(tagAt));
    return joinBytes(decipher.update(sealed.subarray(TEXT_AT, tagAt)), decipher.final());
  } catch {
    throw new SealBroken(`${place.thing}.${place.field} does not open: it was changed or moved`);
  }
}

/** Id of the data key that a value is sealed under: what to unwrap before opening it. Throws SealBroken for other bytes. */
export function sealedUnder(sealed: Bytes): string {
  if (sealed[0] !== VERSION || sealed.length < TEXT_AT + TAG_BYTES) throw new SealBroken("this is no sealed value");
  const hex = toHex(sealed.subarray(KEY_AT, NONCE_AT));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function idBytes(id: string): Bytes {
  const bytes = fromHex(id.replaceAll("-", ""));
  if (bytes?.length !== 16) throw new RangeError(`key id ${id} is no UUID`);
  return bytes;
}

function boundTo({ clinic, owner, thing, id, field }: SealPlace): Bytes {
  const parts = [clinic, owner, thing, id, field];
  if (parts.some((part) => part === "" || part.includes("|")))
    throw new RangeError("a place has an empty part or a bar");
  return utf8(`v1|${parts.join("|")}`);
}

// HKDF costs more than the sealing itself; the derived keys go when their data key goes.
const derived = new WeakMap<DataKey, Map<string, KeyObject>>();

function keyFor(key: DataKey, thing: string): KeyObject {
  const keys = derived.get(key) ?? new Map<string, KeyObject>();
  derived.set(key, keys);
  const known = keys.get(thing);
  if (known !== undefined) return known;
  const made = createSecretKey(deriveKey(key.bytes, `seal|v1|${thing}`));
  keys.set(thing, made);
  return made;
}
