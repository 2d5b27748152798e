import { pino, type Logger } from "pino";
import { startMail } from "../mail/send-messages.ts";
import { wayOf } from "../mail/ways.ts";
import type { Right } from "#core/access/rights.ts";
import { KeyFault, openKeys, parseKeySource, type KeyPort } from "../crypto/keys.ts";
import { openKeyring, openVault } from "../crypto/keyring.ts";
import { createPasswords, type Passwords } from "../crypto/password.ts";
import { bcryptScheme } from "../crypto/password-schemes.ts";
import { StartProblem, type Settings } from "../config/settings.ts";
import { catalogueFaults } from "../database/checks.ts";
import type { Server } from "../database/embedded.ts";
import { openDatabase, type Database } from "../database/pool.ts";
import type { Db } from "../database/db.ts";
import { makeSeal, type Seal } from "../database/seal.ts";
import type { ClinicFacts } from "../http/context.ts";
import { makeRegistry, type Part } from "../http/registry.ts";
import { startJobs, type Jobs, type Tick } from "../jobs/worker.ts";
import type { Loop } from "../jobs/loop.ts";
import { openReadWriter } from "../ledger/write.ts";
import { originOf } from "#core/ledger/checkpoint.ts";
import { openSigner, startSequencer } from "../ledger/sequencer.ts";
import { openHub, type Narrowing } from "../live/hub.ts";
import { openKeeper, type Keeper } from "../live/keeper.ts";
import { openGuard, type Guard } from "../session/guard.ts";
import { openSessions } from "../session/store.ts";
import type { App } from "./app.ts";
import { openClinics } from "./clinics.ts";
import { openClock } from "./clock.ts";
import { readInstallation } from "./installation.ts";
import pg from "pg";
import { connection } from "../database/bootstrap.ts";

/** What the product gives the platform: doors, loop, clock work, and the few facts the platform cannot know. */
export type Product = {
  parts: (app: () => App) => readonly Part[];
  loop: Loop;
  ticks: (app: () => App) => readonly Tick[];
  constraints: ReadonlyMap<string, string>;
  liveRights: ReadonlyMap<string, Right>;
  liveNarrowing: Narrowing;
  clinicFacts: (db: Db, id: string, slug: string) => Promise<ClinicFacts>;
};

export type Platform = {
  app: App;
  keeper: Keeper;
  sequencer: ReturnType<typeof startSequencer>;
  vkey: string;
  jobs: Jobs | undefined;
  stop: () => Promise<void>;
};

async function registerKey(server: Server, seal: { kid: string; key: Buffer }): Promise<void> {
  const client = new pg.Client(connection(server, "qms_keeper", "qms seal"));
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("select app.register_key($1, $2)", [seal.kid, seal.key]);
  } finally {
    await client.end();
  }
}

async function demandWalls(server: Server): Promise<void> {
  const faults = await catalogueFaults(server);
  const [first] = faults;
  if (first)
    throw new StartProblem(
      `The database lacks a wall (${first.check}: ${first.what}${faults.length > 1 ? ` and ${faults.length - 1} more` : ""}). QMS does not start on it. Run the migrations of this release, or restore the database.`,
    );
}

async function openKeyPort(settings: Settings, o: { create: boolean }) {
  try {
    return await openKeys(parseKeySource(settings.keys ?? `file:${settings.data}/keys/root.key`), {
      create: o.create && settings.keys === undefined,
      credentials: process.env.CREDENTIALS_DIRECTORY,
    });
  } catch (error) {
    if (error instanceof KeyFault) throw new StartProblem(`The root key cannot be used: ${error.message}.`);
    throw error;
  }
}

/** Each login has its own few connections; a ledger entry never waits for a free one of the requests. */
function openPools(server: Server, seal: Seal, constraints: ReadonlyMap<string, string>) {
  const open = (login: "qms_app" | "qms_worker" | "qms_audit", size: number) =>
    openDatabase({ server, login, seal, constraints, size });
  const pools = {
    database: open("qms_app", 4),
    ledger: open("qms_app", 1),
    worker: open("qms_worker", 2),
    audit: open("qms_audit", 1),
  };
  return { ...pools, close: () => Promise.all(Object.values(pools).map((one) => one.close())) };
}

/** The guard of all doors; a session ended or an epoch raised elsewhere holds here at once. */
function openWatch(
  keeper: Keeper,
  o: Pick<App, "settings" | "sessions" | "clinics" | "clock" | "vault" | "report">,
): Guard {
  const guard = openGuard({
    origin: o.settings.origin,
    sessions: o.sessions,
    clock: o.clock,
    tokenSecret: o.vault.subkey("ct"),
    challengeKey: o.vault.subkey("challenge"),
    report: o.report,
  });
  guard.setEpoch(keeper.epoch());
  keeper.onEpoch((epoch) => guard.setEpoch(epoch));
  keeper.onSession(() => {
    o.sessions.forget();
    o.clinics.forget();
  });
  return guard;
}

const openLive = (product: Product, o: { keeper: Keeper; worker: Database }): App["hub"] =>
  openHub({ ...o, rights: product.liveRights, narrowing: product.liveNarrowing, quiet: product.loop.quiet });

function openPasswords(port: KeyPort, bcryptCost: number | undefined): Passwords {
  return createPasswords({
    pepper: (id) => port.subkey("pepper", id),
    currentPepper: port.current,
    ...(bcryptCost ? { schemes: [bcryptScheme(bcryptCost)] } : {}),
  });
}

function openLedger(
  audit: Database,
  o: { host: string; seed: Uint8Array; log: Logger; byHand: boolean },
): { sequencer: Platform["sequencer"]; ledger: App["ledger"] } {
  const signer = openSigner(`${o.host}/ledger`, Buffer.from(o.seed));
  const sequencer = startSequencer(audit, {
    signer,
    host: o.host,
    failed: (error) => o.log.warn({ error: String(error) }, "sequencer"),
    byHand: o.byHand,
  });
  const ledger = { vkey: signer.vkey, originOf: (clinic: string) => originOf(o.host, clinic), drain: sequencer.drain };
  return { sequencer, ledger };
}

/** What goes on without being asked: sessions ended elsewhere, jobs, letters. */
async function startWork(app: App, product: Product, o: { polls: boolean; works: boolean }) {
  const polling = o.polls ? setInterval(() => void app.sessions.poll().catch(() => {}), 500) : undefined;
  const jobs = o.works
    ? await startJobs(
        app,
        product.loop,
        product.ticks(() => app),
      )
    : undefined;
  const mail = o.works ? startMail(app, wayOf(app.settings)) : undefined;
  return {
    jobs,
    stop: async () => {
      clearInterval(polling);
      await mail?.stop();
      await jobs?.stop();
    },
  };
}

type StartOptions = {
  settings: Settings;
  server: Server;
  mode: "demo" | "live";
  product: Product;
  workers?: boolean;
  /** "tool": the command line beside a running server, or alone: no lock, no jobs, no letters, and the ledger is sequenced only on demand. */
  role?: "server" | "tool";
  logTo?: pino.DestinationStream;
  bcryptCost?: number;
};

/** Puts the platform together over a prepared database. `workers: false` leaves jobs and sequencer to the caller (tests). */
export async function startPlatform(o: StartOptions): Promise<Platform> {
  const { settings, server, product } = o;
  const isTool = o.role === "tool";
  await demandWalls(server);
  const log = pino({ level: settings.logLevel, base: undefined }, o.logTo ?? pino.destination(1));
  const port = await openKeyPort(settings, { create: !isTool });
  const installation = await readInstallation(server, port, { mode: o.mode, origin: settings.origin });
  const seal = makeSeal();
  await registerKey(server, seal);
  const clock = openClock();
  const pools = openPools(server, seal, product.constraints);
  const { database, worker } = pools;
  const sessions = openSessions(database, clock);
  const vault = openVault(port, installation);
  const report: App["report"] = (what, facts) => log.warn({ security: what, ...facts }, "security");
  const clinics = openClinics(database, product.clinicFacts);
  const keeper = await openKeeper({ server, seal, clock, lost: () => sessions.forget(), tool: isTool });
  const guard = openWatch(keeper, { settings, sessions, clinics, clock, vault, report });
  const hub = openLive(product, { keeper, worker });
  const { sequencer, ledger } = openLedger(pools.audit, {
    host: new URL(installation.origin).host,
    seed: vault.subkey("ledger"),
    log,
    byHand: isTool,
  });
  const app: App = {
    settings,
    mode: installation.mode,
    server,
    database,
    worker,
    seal,
    keyring: openKeyring(port),
    readWriter: openReadWriter(pools.ledger, seal),
    sessions,
    guard,
    vault,
    clinics,
    hub,
    clock,
    log,
    report,
    passwords: openPasswords(port, o.bcryptCost),
    registry: makeRegistry([]),
    reactionsOf: product.loop.reactionsOf,
    clinicFacts: product.clinicFacts,
    ready: keeper.ready,
    ledger,
  };
  app.registry = makeRegistry(product.parts(() => app));
  const work = await startWork(app, product, { polls: !isTool, works: o.workers !== false && !isTool });
  const stop = async () => {
    await work.stop();
    await sequencer.stop();
    await app.readWriter.close();
    await keeper.stop();
    await pools.close();
  };
  return { app, keeper, sequencer, vkey: ledger.vkey, jobs: work.jobs, stop };
}
