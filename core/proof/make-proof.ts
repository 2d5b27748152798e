import { toBase64url, utf8, type Bytes } from "./bytes.ts";
import type { AnySha256, PublicJwk } from "./jwk.ts";

/** What making a proof needs from outside; WebCrypto and node:crypto both give it. */
export type ProofPorts = {
  /** ECDSA P-256 with SHA-256 over the bytes; 64 bytes r ‖ s (RFC 7518 §3.4), never DER. */
  sign: (bytes: Bytes) => Promise<Bytes> | Bytes;
  sha256: AnySha256;
  /** That many random bytes. */
  randomBytes: (count: number) => Bytes;
  /** The public half of the key that `sign` uses. */
  publicJwk: PublicJwk;
};

/** What a proof is about. */
export type ProofSubject = {
  /** HTTP method in capitals. */
  method: string;
  /** Scheme, authority and path; no query, no fragment. */
  url: string;
  /** The raw query string without the question mark, "" when there is none. */
  query: string;
  /** The body exactly as sent; empty when there is none. */
  body: Bytes;
  /** The temporary token, or at sign-in the challenge. */
  nonce: string;
  /** Seconds since 1970 by the server's clock: own clock + stored offset. */
  iat: number;
  /** True if a person touched the page since the last request; left out otherwise. */
  act?: boolean;
};

/** BS-1 proof: the value of the `DPoP` header, a compact JWS (ES256) over method, URL, query, body digest, a one-time id and
 *  the temporary token. Source: RFC 9449 §4.2 (htm, htu, iat, jti, nonce); `htq`, `bd` and `act` are ours, because RFC 9449
 *  leaves query and body unsigned and a captured proof could carry others. */
export async function makeProof(ports: ProofPorts, about: ProofSubject): Promise<string> {
  const { kty, crv, x, y } = ports.publicJwk;
  const claims = {
    jti: toBase64url(ports.randomBytes(16)),
    htm: about.method,
    htu: about.url,
    htq: await digestOf(utf8(about.query), ports.sha256),
    bd: await digestOf(about.body, ports.sha256),
    nonce: about.nonce,
    iat: about.iat,
    ...(about.act === true ? { act: true } : {}),
  };
  const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } };
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${toBase64url(await ports.sign(utf8(input)))}`;
}

const part = (value: object): string => toBase64url(utf8(JSON.stringify(value)));

/** SHA-256 as base64url, 43 characters: the form of `htq` and `bd`. */
export const digestOf = async (bytes: Bytes, sha256: AnySha256): Promise<string> => toBase64url(await sha256(bytes));
