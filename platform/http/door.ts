import type { Language } from "#core/contract/words.ts";
import type { PublicJwk } from "#core/proof/jwk.ts";
import type { Vault } from "../crypto/keyring.ts";
import type { Passwords } from "../crypto/password.ts";
import type { Database } from "../database/pool.ts";
import type { Session, Sessions } from "../session/store.ts";
import type { Clock } from "../start/clock.ts";

export type Token = { ct: string; exp: number; now: number };

/** What a route before or beside any clinic may reach. */
export type Door = {
  database: Database;
  sessions: Sessions;
  clock: Clock;
  vault: Vault;
  passwords: Passwords;
  mode: "demo" | "live";
  origin: string;
  agent: string;
  network: string;
  language: Language;
  /** Id of this request, for messages to support. */
  reference: string;
  /** The new key that signed a "fresh" request; its nonce was the challenge. */
  newKey: { jwk: PublicJwk; jkt: string } | undefined;
  /** The session of a bound request, or the locked one of an unlock. */
  session: Session | undefined;
  cookies: { keep: (sid: string) => void; clear: () => void };
  token: (session: Session) => Token;
  /** Security events of people without a clinic: the operator's log. */
  report: (what: string, facts?: Record<string, string | number>) => void;
};
