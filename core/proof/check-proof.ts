import { sameKey, type PublicJwk } from "./jwk.ts";
import type { Proof } from "./parse-proof.ts";

/** How far a proof's `iat` may lie from the server's clock, either way, seconds. With it a proof lives 120 s at most. */
export const PROOF_SKEW_SECONDS = 60;

/** What a proof must say. Whatever is left out is not checked: the server asks twice, before and after it has read the body. */
export type ExpectedProof = {
  /** HTTP method in capitals. */
  method?: string;
  /** Scheme, authority and path from configuration, never from Host or X-Forwarded headers. */
  url?: string;
  /** SHA-256 of the raw query, base64url. */
  htq?: string;
  /** SHA-256 of the body bytes, base64url. */
  bd?: string;
  /** The nonce word for word; at sign-in the challenge. Temporary tokens are checked by their own MAC instead. */
  nonce?: string;
  /** The session's key; left out at sign-in only, where the key is new. */
  key?: PublicJwk;
  /** The server's clock, seconds since 1970. */
  now?: number;
};

export type ProofMismatch = "method" | "url" | "query" | "nonce" | "key" | "clock" | "body";

/** In what a proof differs from what it should say, cheapest first; empty when it says all of it. The signature is not
 *  looked at here. Source: RFC 9449 §4.3 (8–11); query and body are ours. */
export function checkProof(proof: Proof, expected: ExpectedProof): readonly ProofMismatch[] {
  const { claims } = proof;
  const found: ProofMismatch[] = [];
  if (expected.method !== undefined && claims.htm !== expected.method) found.push("method");
  if (expected.url !== undefined && claims.htu !== expected.url) found.push("url");
  if (expected.htq !== undefined && claims.htq !== expected.htq) found.push("query");
  if (expected.nonce !== undefined && claims.nonce !== expected.nonce) found.push("nonce");
  if (expected.key !== undefined && !sameKey(proof.jwk, expected.key)) found.push("key");
  if (expected.now !== undefined && Math.abs(expected.now - claims.iat) > PROOF_SKEW_SECONDS) found.push("clock");
  if (expected.bd !== undefined && claims.bd !== expected.bd) found.push("body");
  return found;
}
