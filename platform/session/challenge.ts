import { fromBase64url, toBase64url, type Bytes } from "#core/proof/bytes.ts";
import { hmac, sameSecret } from "#platform/crypto/hash.ts";

/** Life of a sign-in challenge, seconds: time to type a second factor. */
export const CHALLENGE_SECONDS = 120;

/** A challenge for sign-in, bound to the `__Host-pre` cookie (32 bytes) and to its end: `c1~exp~mac`. Nothing is stored; that it
 *  is used once is the replay memory's matter, since each proof carries its own jti. `now` in seconds since 1970.
 *  Source: RFC 9449 §8 (server-provided nonce), RFC 2104. */
export function newChallenge(key: Uint8Array, pre: Uint8Array, now: number): { nonce: string; exp: number } {
  const exp = now + CHALLENGE_SECONDS;
  return { nonce: `c1~${exp}~${toBase64url(macOf(key, pre, exp))}`, exp };
}

/** What a presented challenge is. */
export function checkChallenge(
  key: Uint8Array,
  { pre, nonce, now }: { pre: Uint8Array; nonce: string; now: number },
): "good" | "expired" | "forged" {
  const [, text, mac] = /^c1~(\d{1,12})~([A-Za-z0-9_-]{43})$/.exec(nonce) ?? [];
  const bytes = mac === undefined ? undefined : fromBase64url(mac);
  const exp = Number(text);
  if (bytes === undefined || pre.length !== 32 || !sameSecret(bytes, macOf(key, pre, exp))) return "forged";
  return now < exp ? "good" : "expired";
}

function macOf(key: Uint8Array, pre: Uint8Array, exp: number): Bytes {
  if (pre.length !== 32) throw new RangeError("the pre cookie is 32 bytes");
  return hmac(key, "ch1", pre, String(exp));
}
