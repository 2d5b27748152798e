import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, rmSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { readSettings, StartProblem, type Settings } from "../config/settings.ts";
import { dataVersion, prepareDatabase } from "../database/bootstrap.ts";
import { startEmbedded, type Embedded } from "../database/embedded.ts";
import { describeError } from "../http/describe-error.ts";
import { mount } from "../http/mount.ts";
import { openApiOf } from "../http/openapi.ts";
import { servePages } from "../http/pages.ts";
import { openServer } from "../http/server.ts";
import type { App } from "./app.ts";
import { clearUnfinished, holdFolder } from "./folder.ts";
import { startPlatform, type Platform, type Product } from "./start.ts";

const root = join(import.meta.dirname, "..", "..");

export type Run = {
  product: Product;
  schemaFolders: readonly string[];
  servePortal: (server: FastifyInstance, app: App) => Promise<void>;
  /** Makes the demo's core and gives the line that says how to sign in; older history follows by itself. */
  fillDemo: (app: App) => Promise<string>;
};

/** Says what happens and how long it took, one line a step. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  process.stdout.write(`  ${what} (${((performance.now() - began) / 1000).toFixed(1)} s)\n`);
  return result;
}

const isLoopback = (address: string): boolean =>
  address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));

/** A demo has passwords everybody knows, so even a proxy before it must not lend it a name. */
function demandDemoAtHome({ origin }: Settings): void {
  if (!isLoopback(new URL(origin).hostname.replace(/^\[|\]$/g, "")))
    throw new StartProblem(
      `A demo answers on a loopback address alone, and ${origin} is none. Leave QMS_ORIGIN out, or start a live installation with QMS_MODE=live on an empty data folder.`,
    );
}

function demandLoopback(settings: Settings): void {
  if (!isLoopback(settings.address))
    throw new StartProblem(
      `QMS listens on a loopback address or not at all, and ${settings.address} is none. Put a TLS proxy in front, and set QMS_ADDRESS=127.0.0.1.`,
    );
  const { hostname, protocol } = new URL(settings.origin);
  if (protocol === "http:" && !isLoopback(hostname.replace(/^\[|\]$/g, "")))
    throw new StartProblem(
      `The origin ${settings.origin} is plain http on an address others can reach. Use https, or a loopback address.`,
    );
}

/** Files whose change makes another staff app. */
function appHash(): string {
  const hash = createHash("sha256");
  const files = globSync(
    [
      "web/**/*",
      "core/**/*.ts",
      "product/**/contract.ts",
      "product/**/states.ts",
      "product/**/words.ts",
      "product/**/screens/**/*",
      "package-lock.json",
    ],
    { cwd: root },
  );
  for (const file of files.sort()) {
    const path = join(root, file);
    if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Builds the staff app when its sources are newer than what `dist` holds. Runs beside the database's start. */
export async function buildApp(): Promise<string> {
  const dist = join(root, "dist", appHash());
  if (existsSync(join(dist, "index.html"))) return dist;
  const made = `${dist}.${process.pid}`;
  await new Promise<void>((done, failed) => {
    const child = spawn(process.execPath, [join(root, "web", "build.ts"), made], {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let words = "";
    child.stderr.on("data", (chunk: Buffer) => (words += chunk.toString("utf8")));
    child.on("error", failed);
    child.on("exit", (code) =>
      code === 0 ? done() : failed(new Error(`the staff app did not build: ${words.slice(-2000)}`)),
    );
  });
  const { renameSync } = await import("node:fs");
  try {
    renameSync(made, dist);
  } catch {
    rmSync(made, { recursive: true, force: true }); // another start was faster
  }
  return dist;
}

async function listen(server: FastifyInstance, settings: Settings): Promise<void> {
  try {
    await server.listen({ host: settings.address, port: settings.port });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EADDRINUSE")
      throw new StartProblem(`Port ${settings.port} is taken. Stop what uses it, or choose another with QMS_PORT.`);
    if (code === "EACCES")
      throw new StartProblem(`Port ${settings.port} needs more rights. Choose one above 1023 with QMS_PORT.`);
    throw error;
  }
}

/** A port that is taken is said before anything is made. */
async function demandPort(settings: Settings): Promise<void> {
  if (settings.port === 0) return;
  const { createServer } = await import("node:net");
  await new Promise<void>((done, failed) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      failed(
        error.code === "EADDRINUSE"
          ? new StartProblem(`Port ${settings.port} is taken. Stop what uses it, or choose another with QMS_PORT.`)
          : error.code === "EACCES"
            ? new StartProblem(`Port ${settings.port} needs more rights. Choose one above 1023 with QMS_PORT.`)
            : error,
      ),
    );
    probe.listen(settings.port, settings.address, () => probe.close(() => done()));
  });
}

/** The HTTP side over a started platform. */
export async function openDoors(
  app: App,
  o: { dist: string; servePortal: Run["servePortal"] },
): Promise<FastifyInstance> {
  const server = await openServer(app);
  mount(server, app);
  await servePages(server, app, { dist: o.dist, openapi: () => openApiOf(app.registry) });
  await o.servePortal(server, app);
  return server;
}

/** Starts QMS and keeps it until it is told to end. Throws {@link StartProblem} with one clear sentence. */
export async function runQms(run: Run): Promise<void> {
  const began = performance.now();
  const settings = readSettings();
  demandLoopback(settings);
  process.stdout.write(
    `QMS, data in ${settings.data}${settings.dataMoved ? " (the default folder lies where PostgreSQL may not enter)" : ""}\n`,
  );
  const held = await holdFolder(settings.data, {
    version: dataVersion,
    ...(settings.mode ? { mode: settings.mode } : {}),
  });
  const undo: (() => Promise<void> | void)[] = [held.release];
  const stop = makeStop(undo);
  try {
    if (held.installation.mode === "demo") demandDemoAtHome(settings);
    await demandPort(settings);
    if (held.unfinished)
      await step("an earlier start was cut short, so this one begins anew", () => clearUnfinished(held.data));
    const building = buildApp();
    building.catch(() => {});
    const server = await step("database", () => startEmbedded(held.data, held.run));
    undo.push(() => server.stop());
    watch(server, stop);
    await step("tables", () => prepareDatabase(server, run.schemaFolders));
    const { mode } = held.installation;
    const platform: Platform = await step("platform", () =>
      startPlatform({ settings, server, mode, product: run.product }),
    );
    undo.push(platform.stop);
    // a forgotten promise is a fault to be mended, and no reason to leave everybody else without answers
    process.on("unhandledRejection", (reason) =>
      platform.app.log.error({ error: describeError(reason) }, "a rejection that nobody handled"),
    );
    const hint =
      mode === "demo" ? await step("demo clinic", () => run.fillDemo(platform.app)) : `sign in at ${settings.origin}`;
    const dist = await step("staff app", () => building);
    const doors = await openDoors(platform.app, { dist, servePortal: run.servePortal });
    undo.push(() => doors.close());
    await listen(doors, settings);
    if (held.fresh) held.save(held.installation);
    process.stdout.write(
      `QMS is ready at ${settings.origin} after ${((performance.now() - began) / 1000).toFixed(1)} s: ${hint}\n`,
    );
  } catch (error) {
    await stop.now();
    throw error;
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop.byHand());
}

type Stop = { now: () => Promise<void>; byHand: () => Promise<void>; stopping: () => boolean };

/** Everything ends in reverse order within 5 s; what does not is left to the next start, which recovers by itself. */
function makeStop(undo: (() => Promise<void> | void)[]): Stop {
  let ending: Promise<void> | undefined;
  const now = () => {
    ending ??= (async () => {
      for (const one of undo.toReversed())
        await Promise.race([
          Promise.resolve(one()).catch(() => {}),
          new Promise((done) => setTimeout(done, 4000).unref()),
        ]);
    })();
    return ending;
  };
  return {
    now,
    stopping: () => ending !== undefined,
    byHand: async () => {
      await now();
      process.exit(0);
    },
  };
}

/** PostgreSQL ending by itself ends QMS too: whoever watches the process starts both anew. */
function watch(server: Embedded, stop: Stop): void {
  void server.exited.then(async () => {
    if (stop.stopping()) return;
    process.stderr.write("PostgreSQL ended by itself. QMS ends too; start it again, nothing acknowledged is lost.\n");
    await stop.now();
    process.exit(1);
  });
}
