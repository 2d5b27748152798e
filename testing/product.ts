import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Loop } from "#platform/jobs/loop.ts";
import { openDoors } from "#platform/start/run.ts";
import { startPlatform, type Platform } from "#platform/start/start.ts";
import { readSettings } from "#platform/config/settings.ts";
import type { Server } from "#platform/database/embedded.ts";
import { product } from "#product/product.ts";
import { servePortal } from "#portal/serve.ts";
import { freePort } from "./port.ts";
import { atEnd, testServer } from "./server.ts";

/** The product as a test file runs it: own database, real HTTP on a loopback port. */
export type TestProduct = {
  platform: Platform;
  doors: FastifyInstance;
  origin: string;
  server: Server;
  logs: () => string;
};

let memo: Promise<TestProduct> | undefined;

/** Starts the product once a test file. bcrypt's cost is the lowest it takes, but in tests about passwords. */
export const testProduct = (o: Options = {}): Promise<TestProduct> => (memo ??= start(o));

/** `loop`: what follows events, when the product's own is not meant. `still`: nothing comes by the clock. */
type Options = { mode?: "demo" | "live"; bcryptCost?: number; dist?: string; loop?: Loop; still?: true };

async function start(o: Options): Promise<TestProduct> {
  const server = await (await testServer()).freshDatabase();
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), "qms-d-"));
  atEnd(() => rmSync(data, { recursive: true, force: true }));
  const settings = readSettings({ QMS_DATA: data, QMS_PORT: String(port), QMS_LOG_LEVEL: "warn", QMS_KEYS: undefined });
  let words = "";
  const logTo = { write: (line: string) => void (words += line) };
  const platform = await startPlatform({
    settings,
    server,
    mode: o.mode ?? "demo",
    product: { ...product, ...(o.loop ? { loop: o.loop } : {}), ...(o.still ? { ticks: () => [] } : {}) },
    logTo,
    bcryptCost: o.bcryptCost ?? 4,
  });
  atEnd(platform.stop);
  const doors = await openDoors(platform.app, { dist: o.dist ?? "", servePortal });
  atEnd(() => doors.close());
  await doors.listen({ host: "127.0.0.1", port });
  doors.server.unref();
  return { platform, doors, origin: settings.origin, server, logs: () => words };
}
