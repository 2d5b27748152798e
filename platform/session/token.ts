import { fromBase64url, toBase64url, type Bytes } from "#core/proof/bytes.ts";
import { deriveKey, hmac, sameSecret } from "#platform/crypto/hash.ts";

/** Life of a temporary token, seconds. */
export const TOKEN_SECONDS = 300;
const DAY_SECONDS = 86_400;
/** Clocks of two nodes may differ so much, seconds: a token made just after midnight elsewhere is no forgery here. */
const CLOCK_SECONDS = 2;

/** Whose token it is: the session by SHA-256 of its cookie (32 bytes), its key by thumbprint (43 characters of base64url). */
export type TokenHolder = { readonly sidHash: Uint8Array; readonly jkt: string };

/** A token's own figures: generation (the ratchet's), issue and expiry in seconds since 1970. */
export type TokenFacts = { readonly gen: number; readonly iat: number; readonly exp: number };

/** What a presented token is. "stale-epoch" and "expired" are genuine and good at POST /auth/token alone. */
export type TokenCheck =
  | (TokenFacts & { readonly state: "good" | "expired" | "stale-epoch" })
  | { readonly state: "forged" };

export type TokenMint = {
  /** `1~kid~gen~iat~exp~mac`. The same figures give the same token, letter for letter. */
  mint: (holder: TokenHolder, facts: { gen: number; iat: number }) => string;
  check: (holder: TokenHolder, token: string, now: number) => TokenCheck;
};

// Whole numbers without leading zeros: one token has one spelling.
const FORM =
  /^1~(0|[1-9]\d{0,6})\.(0|[1-9]\d{0,14})~(0|[1-9]\d{0,14})~(0|[1-9]\d{0,11})~(0|[1-9]\d{0,11})~([A-Za-z0-9_-]{43})$/;

/** Makes and checks temporary tokens. kid = `day.epoch`: the key of a day and epoch is derived from `secret` (32 bytes, the same
 *  on all nodes), so nothing is stored and yesterday's key ends by itself. mac = HMAC-SHA-256(K[kid], "ct1" ‖ SHA-256(sid) ‖
 *  jkt ‖ gen ‖ iat ‖ exp), whole numbers as 8 bytes. `epoch` is the counter of `identity.epoch`.
 *  Source: RFC 5869 (keys), RFC 2104 (mac), RFC 9449 §8 (a nonce of the server inside the proof). */
export function createTokenMint(secret: Uint8Array, epoch: number): TokenMint {
  const keys = new Map<string, Bytes>();
  const keyOf = (kid: string): Bytes => {
    const known = keys.get(kid);
    if (known !== undefined) return known;
    if (keys.size >= 8) keys.clear(); // two days and a few epochs; a flood of made-up kids must not fill memory
    const made = deriveKey(secret, `ct|${kid}`);
    keys.set(kid, made);
    return made;
  };
  return {
    mint: (holder, { gen, iat }) => {
      const facts = { gen, iat, exp: iat + TOKEN_SECONDS };
      const kid = `${dayOf(iat)}.${epoch}`;
      return `1~${kid}~${gen}~${iat}~${facts.exp}~${toBase64url(macOf(keyOf(kid), holder, facts))}`;
    },
    check: (holder, token, now) => {
      const [, day, of, gen, iat, exp, mac] = FORM.exec(token) ?? [];
      const bytes = mac === undefined ? undefined : fromBase64url(mac);
      if (bytes === undefined) return { state: "forged" };
      const facts = { gen: Number(gen), iat: Number(iat), exp: Number(exp) };
      const dated = Number(day) === dayOf(facts.iat) && facts.exp === facts.iat + TOKEN_SECONDS;
      const kept = Number(day) >= dayOf(now) - 1 && facts.iat <= now + CLOCK_SECONDS;
      if (!dated || !kept || !sameSecret(bytes, macOf(keyOf(`${day}.${of}`), holder, facts)))
        return { state: "forged" };
      if (Number(of) !== epoch) return { ...facts, state: "stale-epoch" };
      return { ...facts, state: now < facts.exp ? "good" : "expired" };
    },
  };
}

const dayOf = (seconds: number): number => Math.floor(seconds / DAY_SECONDS);

function macOf(key: Bytes, { sidHash, jkt }: TokenHolder, { gen, iat, exp }: TokenFacts): Bytes {
  if (sidHash.length !== 32 || jkt.length !== 43) throw new RangeError("a session hash of 32 bytes and a thumbprint");
  const figures = new DataView(new ArrayBuffer(24));
  [gen, iat, exp].forEach((figure, at) => figures.setBigUint64(at * 8, BigInt(figure)));
  return hmac(key, "ct1", sidHash, jkt, new Uint8Array(figures.buffer));
}
