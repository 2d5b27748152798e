import { pino } from "pino";
import { startMail } from "../mail/send-messages.ts";
import { wayOf } from "../mail/ways.ts";
import type { Right } from "#core/access/rights.ts";
import { KeyFault, openKeys, parseKeySource } from "../crypto/keys.ts";
import { openKeyring, openVault } from "../crypto/keyring.ts";
import { createPasswords } from "../crypto/password.ts";
import { bcryptScheme } from "../crypto/password-schemes.ts";
import { StartProblem, type Settings } from "../config/settings.ts";
import { catalogueFaults } from "../database/checks.ts";
import type { Server } from "../database/embedded.ts";
import { openDatabase } from "../database/pool.ts";
import type { Db } from "../database/db.ts";
import { makeSeal } from "../database/seal.ts";
import type { ClinicFacts } from "../http/context.ts";
import { makeRegistry, type Part } from "../http/registry.ts";
import { startJobs, type Jobs, type Tick } from "../jobs/worker.ts";
import type { Loop } from "../jobs/loop.ts";
import { openReadWriter } from "../ledger/write.ts";
import { originOf } from "#core/ledger/checkpoint.ts";
import { openSigner, startSequencer } from "../ledger/sequencer.ts";
import { openHub } from "../live/hub.ts";
import { openKeeper, type Keeper } from "../live/keeper.ts";
import { openGuard } from "../session/guard.ts";
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

/** Puts the platform together over a prepared database. `workers: false` leaves jobs and sequencer to the caller (tests). */
export async function startPlatform(o: {
  settings: Settings;
  server: Server;
  mode: "demo" | "live";
  product: Product;
  workers?: boolean;
  /** "tool": the command line beside a running server, or alone: no lock, no jobs, no letters, and the ledger is sequenced only on demand. */
  role?: "server" | "tool";
  logTo?: pino.DestinationStream;
  bcryptCost?: number;
}): Promise<Platform> {
  const { settings, server, product } = o;
  const isTool = o.role === "tool";
  const works = o.workers !== false && !isTool;
  await demandWalls(server);
  const log = pino({ level: settings.logLevel, base: undefined }, o.logTo ?? pino.destination(1));
  const port = await openKeyPort(settings, { create: !isTool });
  const installation = await readInstallation(server, port, { mode: o.mode, origin: settings.origin });
  const seal = makeSeal();
  await registerKey(server, seal);
  const clock = openClock();
  const open = (login: "qms_app" | "qms_worker" | "qms_audit", size: number) =>
    openDatabase({ server, login, seal, constraints: product.constraints, size });
  const database = open("qms_app", 4);
  const ledgerPool = open("qms_app", 1);
  const worker = open("qms_worker", 2);
  const audit = open("qms_audit", 1);
  const sessions = openSessions(database, clock);
  const vault = openVault(port, installation);
  const report: App["report"] = (what, facts) => log.warn({ security: what, ...facts }, "security");
  const guard = openGuard({
    origin: settings.origin,
    sessions,
    clock,
    tokenSecret: vault.subkey("ct"),
    challengeKey: vault.subkey("challenge"),
    report,
  });
  const clinics = openClinics(database, product.clinicFacts);
  const keeper = await openKeeper({ server, seal, clock, lost: () => sessions.forget(), tool: isTool });
  guard.setEpoch(keeper.epoch());
  keeper.onEpoch((epoch) => guard.setEpoch(epoch));
  keeper.onSession(() => {
    sessions.forget();
    clinics.forget();
  });
  const hub = openHub({ keeper, worker, rights: product.liveRights, quiet: product.loop.quiet });
  const host = new URL(installation.origin).host;
  const signer = openSigner(`${host}/ledger`, Buffer.from(vault.subkey("ledger")));
  const sequencer = startSequencer(audit, {
    signer,
    host,
    failed: (error) => log.warn({ error: String(error) }, "sequencer"),
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
    readWriter: openReadWriter(ledgerPool, seal),
    sessions,
    guard,
    vault,
    clinics,
    hub,
    clock,
    log,
    report,
    passwords: createPasswords({
      pepper: (id) => port.subkey("pepper", id),
      currentPepper: port.current,
      ...(o.bcryptCost ? { schemes: [bcryptScheme(o.bcryptCost)] } : {}),
    }),
    registry: makeRegistry([]),
    reactionsOf: product.loop.reactionsOf,
    clinicFacts: product.clinicFacts,
    ready: keeper.ready,
    ledger: { vkey: signer.vkey, originOf: (clinic) => originOf(host, clinic), drain: sequencer.drain },
  };
  app.registry = makeRegistry(product.parts(() => app));
  const polling = isTool ? undefined : setInterval(() => void sessions.poll().catch(() => {}), 500);
  const jobs = !works
    ? undefined
    : await startJobs(
        app,
        product.loop,
        product.ticks(() => app),
      );
  const mail = !works ? undefined : startMail(app, wayOf(settings));
  const stop = async () => {
    clearInterval(polling);
    await mail?.stop();
    await jobs?.stop();
    await sequencer.stop();
    await app.readWriter.close();
    await keeper.stop();
    await Promise.all([database, ledgerPool, worker, audit].map((one) => one.close()));
  };
  return { app, keeper, sequencer, vkey: signer.vkey, jobs, stop };
}
