import { availableParallelism } from "node:os";
import { hmac } from "./hash.ts";
import { bcryptScheme, type PasswordScheme } from "./password-schemes.ts";

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

/** Passwords by scheme: s1 is bcrypt, the default; s2 Argon2id. The first of `schemes` hashes, all of them verify, so a clinic
 *  moves from one to the other as its people sign in. Every scheme gets x = base64(HMAC-SHA-256(pepper, NFKC(password))): the
 *  pepper stays out of the database, and bcrypt's silent cut at 72 bytes (a Ukrainian passphrase has 72 bytes at 37 letters)
 *  never comes near. `pepper` gives the 32 bytes of an id and throws for an unknown one. Hashes run `atOnce` at a time on the
 *  thread pool (one a processor, two on two), the rest wait in line.
 *  Source: RFC 2104; NIST SP 800-63B-4 §3.1.1.2 (NFKC, keyed hash). */
export function createPasswords(options: {
  pepper: (id: string) => Uint8Array;
  currentPepper: string;
  schemes?: readonly [PasswordScheme, ...PasswordScheme[]];
  atOnce?: number;
  queueMax?: number;
}): Passwords {
  const { pepper, currentPepper, schemes = [bcryptScheme()] } = options;
  const [today] = schemes;
  const queue = createQueue(options.atOnce ?? Math.min(2, availableParallelism()), options.queueMax ?? QUEUE_MAX);
  const peppered = (password: string, id: string): string =>
    Buffer.from(hmac(pepper(id), password.normalize("NFKC"))).toString("base64");

  return {
    hash: async (password) => {
      const done = await queue(() => today.hash(peppered(password, currentPepper)));
      return done === undefined ? { busy: true } : { stored: `${today.name}$${currentPepper}$${done.value}` };
    },
    verify: async (password, stored) => {
      const known = stored === undefined ? undefined : parseStored(stored, schemes);
      const { scheme, pepperId, text } = known ?? { scheme: today, pepperId: currentPepper, text: today.dummy };
      const done = await queue(() => scheme.verify(peppered(password, pepperId), text));
      if (done === undefined) return { busy: true };
      const matches = known !== undefined && done.value;
      const current = scheme === today && pepperId === currentPepper && scheme.isCurrent(text);
      return { matches, needsRehash: matches && !current };
    },
  };
}

/** What is stored, or undefined for anything else: an unknown scheme is a wrong password, never a way in. */
function parseStored(
  stored: string,
  schemes: readonly PasswordScheme[],
): { readonly scheme: PasswordScheme; readonly pepperId: string; readonly text: string } | undefined {
  const [, name, pepperId, text] = /^(s\d)\$([a-z0-9]{1,16})\$(.{1,200})$/.exec(stored) ?? [];
  const scheme = schemes.find((one) => one.name === name);
  return scheme === undefined || pepperId === undefined || text === undefined || !scheme.knows(text)
    ? undefined
    : { scheme, pepperId, text };
}

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
