import { hash as bcryptHash, verify as bcryptVerify } from "@node-rs/bcrypt";
import { availableParallelism } from "node:os";
import { hmac, sha256 } from "./hash.ts";

/** bcrypt's cost, log2 of its rounds: 0.2 s a hash on the machines of 2026. ASVS 5 asks for at least 10. */
export const BCRYPT_COST = 12;
/** Requests that may wait for a hash. More would wait longer than a person does, and a flood of sign-ins would stall everybody. */
export const QUEUE_MAX = 50;

/** Answer when the queue is full: 503 `service.busy` with Retry-After. */
export type Busy = { readonly busy: true };
export type Verdict = {
  readonly matches: boolean;
  /** The password is right but its scheme, cost or pepper is not today's: hash it anew in this transaction. */
  readonly needsRehash: boolean;
};

export type Passwords = {
  /** Hashes a password; `stored` is `scheme$pepperId$string`. */
  hash: (password: string) => Promise<{ readonly stored: string } | Busy>;
  /** Compares a password with what is stored. Undefined (no such person, no password) costs the same one hash and never
   *  matches, so the time tells nothing. */
  verify: (password: string, stored: string | undefined) => Promise<Verdict | Busy>;
};

/** Passwords by scheme s1: bcrypt(x, cost), x = base64(HMAC-SHA-256(pepper, NFKC(password))). The HMAC keeps the pepper out of
 *  the database and lifts bcrypt's silent cut at 72 bytes (a Ukrainian passphrase has 72 bytes at 37 letters).
 *  `pepper` gives the 32 bytes of an id and throws for an unknown one. Hashes run `atOnce` at a time on the thread pool
 *  (one a processor, two on two), the rest wait in line.
 *  Source: RFC 2104; N. Provos and D. Mazières, USENIX 1999; NIST SP 800-63B-4 §3.1.1.2 (NFKC, keyed hash). */
export function createPasswords(options: {
  pepper: (id: string) => Uint8Array;
  currentPepper: string;
  cost?: number;
  atOnce?: number;
  queueMax?: number;
}): Passwords {
  const { pepper, currentPepper, cost = BCRYPT_COST } = options;
  const queue = createQueue(options.atOnce ?? Math.min(2, availableParallelism()), options.queueMax ?? QUEUE_MAX);
  const dummy = dummyOf(cost);
  const peppered = (password: string, id: string): string =>
    Buffer.from(hmac(pepper(id), password.normalize("NFKC"))).toString("base64");

  const verify: Passwords["verify"] = async (password, stored) => {
    const known = stored === undefined ? undefined : parseStored(stored);
    const { pepperId, text } = known ?? { pepperId: currentPepper, text: dummy };
    const done = await queue(() => bcryptVerify(peppered(password, pepperId), text));
    if (done === undefined) return { busy: true };
    const matches = known !== undefined && done.value;
    return { matches, needsRehash: matches && (known.cost !== cost || known.pepperId !== currentPepper) };
  };
  return {
    hash: async (password) => {
      const done = await queue(() => bcryptHash(peppered(password, currentPepper), cost));
      return done === undefined ? { busy: true } : { stored: `s1$${currentPepper}$${done.value}` };
    },
    verify,
  };
}

type Stored = { readonly pepperId: string; readonly text: string; readonly cost: number };

/** What is stored under s1, or undefined for anything else: an unknown scheme is a wrong password, never a way in. */
function parseStored(stored: string): Stored | undefined {
  const [, pepperId, text, cost] = /^s1\$([a-z0-9]{1,16})\$(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/.exec(stored) ?? [];
  return pepperId === undefined || text === undefined || cost === undefined
    ? undefined
    : { pepperId, text, cost: Number(cost) };
}

/** A bcrypt string of today's cost that no password opens: its hash part is made up. */
const dummyOf = (cost: number): string => {
  const filler = Buffer.from(sha256(new Uint8Array(0))).toString("hex");
  return `$2y$${String(cost).padStart(2, "0")}$${filler.slice(0, 21)}.${filler.slice(21, 52)}`;
};

/** Runs tasks `atOnce` at a time, first come first served; answers undefined at once when `max` wait already. */
function createQueue(atOnce: number, max: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  const release = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next(); // the place is handed on, so `running` stays
  };
  return async <T>(task: () => Promise<T>): Promise<{ readonly value: T } | undefined> => {
    if (running >= atOnce) {
      if (waiting.length >= max) return undefined;
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return { value: await task() };
    } finally {
      release();
    }
  };
}
