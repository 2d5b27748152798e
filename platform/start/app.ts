import type { Logger } from "pino";
import type { Settings } from "../config/settings.ts";
import type { Database } from "../database/pool.ts";
import type { Db } from "../database/db.ts";
import type { Seal } from "../database/seal.ts";
import type { Server } from "../database/embedded.ts";
import type { Keyring, Vault } from "../crypto/keyring.ts";
import type { Passwords } from "../crypto/password.ts";
import type { Guard } from "../session/guard.ts";
import type { ReadWriter } from "../ledger/write.ts";
import type { Registry } from "../http/registry.ts";
import type { ClinicFacts } from "../http/context.ts";
import type { Sessions } from "../session/store.ts";
import type { Hub } from "../live/hub.ts";
import type { Clock } from "./clock.ts";
import type { Clinics } from "./clinics.ts";

/** The platform, put together once by `main.ts`; handlers see a Context, never this. */
export type App = {
  settings: Settings;
  mode: "demo" | "live";
  server: Server;
  database: Database;
  worker: Database;
  seal: Seal;
  keyring: Keyring;
  readWriter: ReadWriter;
  registry: Registry;
  sessions: Sessions;
  clock: Clock;
  log: Logger;
  reactionsOf: (event: string) => readonly string[];
  guard: Guard;
  vault: Vault;
  passwords: Passwords;
  clinics: Clinics;
  hub: Hub;
  /** Whether the keeper's connection stands: without it neither replay memory nor revocation can be trusted. */
  ready: () => boolean;
  /** Security events without a clinic. */
  report: (what: string, facts?: Record<string, string | number>) => void;
  /** What an export of a clinic's access ledger needs of its keeper: public key, the log's origin, and an outbox emptied into it. */
  ledger: { vkey: string; originOf: (clinic: string) => string; drain: (clinic: string) => Promise<void> };
  /** Zone and language of a clinic, told by the capability that owns them. */
  clinicFacts: (db: Db, id: string, slug: string) => Promise<ClinicFacts>;
};
