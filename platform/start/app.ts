import type { Logger } from "pino";
import type { Settings } from "../config/settings.ts";
import type { Database } from "../database/pool.ts";
import type { Db } from "../database/db.ts";
import type { Seal } from "../database/seal.ts";
import type { Server } from "../database/embedded.ts";
import type { Keyring } from "../crypto/keyring.ts";
import type { ReadWriter } from "../ledger/write.ts";
import type { Registry } from "../http/registry.ts";
import type { ClinicFacts } from "../http/context.ts";
import type { Sessions } from "../session/store.ts";
import type { Clock } from "./clock.ts";

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
  /** Zone and language of a clinic, told by the capability that owns them. */
  clinicFacts: (db: Db, id: string, slug: string) => Promise<ClinicFacts>;
};
