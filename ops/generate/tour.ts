import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { userTypes } from "#core/access/rights.ts";
import type { Route } from "#core/contract/route.ts";
import { readSettings } from "#platform/config/settings.ts";
import { connection } from "#platform/database/bootstrap.ts";
import { statementsSent } from "#platform/database/db.ts";
import type { Server } from "#platform/database/embedded.ts";
import { perform, type Who } from "#platform/http/perform.ts";
import type { Handler } from "#platform/http/registry.ts";
import type { App } from "#platform/start/app.ts";
import { startPlatform } from "#platform/start/start.ts";
import { whoActs } from "#cli/act.ts";
import { fillDemo } from "#product/demo/fill-demo.ts";
import { demoSlug } from "#product/demo/make-demo.ts";
import { product } from "#product/product.ts";

/** Statements that the product sends while the demo clinic is made, its past is told and every reading route is called. The database,
 *  which must be empty, holds the demo clinic afterwards. */
export async function tour(server: Server): Promise<string[]> {
  const data = mkdtempSync(join(tmpdir(), "qms-tour-"));
  const settings = readSettings({ QMS_DATA: data, QMS_LOG_LEVEL: "error" });
  const platform = await startPlatform({ settings, server, mode: "demo", product, bcryptCost: 4 });
  try {
    const { app } = platform;
    await (
      await fillDemo(app)
    ).past;
    const owner = await whoActs(app, { slug: demoSlug });
    await jobsDone(server);
    await readAll(app, { ...owner, member: { ...owner.member, types: [...userTypes] } });
    await app.ledger.drain(owner.clinic.id);
    return [...new Set(statementsSent().map(plainLists))].toSorted();
  } finally {
    await platform.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** What follows from the demo's making is a part of the tour. */
async function jobsDone(server: Server): Promise<void> {
  const client = new pg.Client(connection(server, "postgres", "qms tour"));
  await client.connect();
  for (let tries = 0; tries < 300; tries++) {
    const { rows } = await client.query<{ n: number }>("select count(*)::int as n from graphile_worker._private_jobs");
    if (rows[0]?.n === 0) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  await client.end();
}

/** A list of parameters is as long as its caller made it: two stand for all. */
const plainLists = (text: string): string =>
  text
    .replace(/\(\$\d+(?:, \$\d+)+\)(?:, \(\$\d+(?:, \$\d+)+\))+/g, (rows) => rows.slice(0, rows.indexOf(")") + 1))
    .replace(/ in \(\$(\d+)(?:, \$\d+)+\)/g, " in ($$$1)");

const isReading = ({ route }: Handler): boolean => route.method === "GET";
const depthOf = ({ route }: Handler): number => route.path.split("/").length;

/** Lists first: what they name is asked for next. */
async function readAll(app: App, who: Who): Promise<void> {
  const named = new Map<string, string[]>();
  for (const handler of app.registry.handlers.filter(isReading).toSorted((a, b) => depthOf(a) - depthOf(b))) {
    for (const params of paramsOf(handler.route, named)) {
      const reply = await read(app, handler, { who, params });
      named.set(handler.route.path, namesIn(reply));
    }
  }
}

async function read(
  app: App,
  handler: Handler,
  { who, params }: { who: Who; params: Record<string, string> },
): Promise<unknown> {
  try {
    return (await perform(app, handler, who, { params, query: {}, body: undefined })).reply;
  } catch {
    // a route that demands more than a name (a range, a search word) is not toured
    return undefined;
  }
}

/** The first things that a list names, by code or id. */
function namesIn(reply: unknown): string[] {
  const lists = Array.isArray(reply) ? [reply] : Object.values(reply ?? {}).filter(Array.isArray);
  return lists.flatMap((list: unknown[]) => list.slice(0, 3).flatMap(nameOf)).slice(0, 3);
}

function nameOf(item: unknown): string[] {
  if (typeof item !== "object" || item === null) return [];
  if ("code" in item && typeof item.code === "string") return [item.code];
  return "id" in item && typeof item.id === "string" ? [item.id] : [];
}

function paramsOf(route: Route, named: ReadonlyMap<string, string[]>): Record<string, string>[] {
  const found = /^(.*)\/:(\w+)/.exec(route.path);
  if (!found) return [{}];
  const [, parent = "", name = ""] = found;
  return (named.get(parent) ?? []).map((value) => ({ [name]: value }));
}
