import { createPublicKey, verify, type KeyObject } from "node:crypto";
import type { PublicJwk } from "#core/proof/jwk.ts";
import type { Proof } from "#core/proof/parse-proof.ts";

/** Keys kept ready: one a session at work. Importing costs as much as verifying. */
const KEYS_MAX = 10_000;

/** Checks the signature of a proof under `key`, the session's own (at sign-in alone the one in the proof). Synchronous on
 *  purpose: 0.09 ms is shorter than the way to the thread pool and back, and the pool stays free for passwords.
 *  Source: RFC 7518 §3.4 (ES256, r ‖ s). */
export type Es256Verifier = (key: PublicJwk, proof: Pick<Proof, "signed" | "signature">) => boolean;

/** A verifier with its memory of imported keys; the least recently used go first. */
export function createEs256Verifier(keysMax = KEYS_MAX): Es256Verifier {
  const keys = new Map<string, KeyObject>();
  const imported = (jwk: PublicJwk): KeyObject => {
    const name = `${jwk.x}.${jwk.y}`;
    const key = keys.get(name) ?? createPublicKey({ key: { ...jwk }, format: "jwk" });
    keys.delete(name);
    keys.set(name, key); // a Map keeps the order of entry: the first is the one longest unused
    const [oldest] = keys.keys();
    if (keys.size > keysMax && oldest !== undefined) keys.delete(oldest);
    return key;
  };
  return (jwk, { signed, signature }) =>
    signature.length === 64 && verify("sha256", signed, { key: imported(jwk), dsaEncoding: "ieee-p1363" }, signature);
}
