import pg from "pg";
import { problem, Problem } from "#core/contract/problem.ts";
import { connection } from "./bootstrap.ts";
import type { Login, Server } from "./embedded.ts";
import type { Seal, Sealed } from "./seal.ts";
import { bindDb, type Db } from "./db.ts";
import { inOneFlight } from "./flight.ts";

// Instants travel as ISO text in UTC, days as text, counts as numbers (every count here is far below 2^53).
const instantText = (text: string): string => `${text.replace(" ", "T").replace(/\+00$/, "")}Z`;
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, instantText);
pg.types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Four connections a process and core: measured best; more only wait for each other (decision 0003). */
const poolSize = 4;
/** A request that would be the 65th in the queue, or waits over 2 s, is told to come back. */
const queueMax = 64;
const queueMs = 2000;

export type Database = {
  /** Runs `work` in one transaction for `who`. A read's commit is not waited for: nothing can be lost in it. */
  transaction: <T>(who: Sealed, work: (db: Db) => Promise<T>, o?: { read?: boolean; seconds?: number }) => Promise<T>;
  /** Without any context: look-ups that come before one exists, and the installation's own rows. */
  outside: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  pool: pg.Pool;
  close: () => Promise<void>;
};

/** SQLSTATEs after which the same transaction may succeed: serialization, deadlock, a plan changed by a migration. */
const again = new Set(["40001", "40P01", "0A000"]);
const away = new Set([
  "57P01",
  "57P02",
  "57P03",
  "08006",
  "08003",
  "08001",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
]);

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** Turns what the driver throws into what a person may be told. Constraint names become codes by `constraints`. */
function translate(error: unknown, constraints: ReadonlyMap<string, string>): unknown {
  if (error instanceof Problem) return error;
  const code = codeOf(error);
  if (error instanceof pg.DatabaseError && error.constraint) {
    const known = constraints.get(error.constraint);
    if (known) return problem(known);
  }
  if (code === "57014" || code === "55P03" || code === "53300") return problem("service.busy", { seconds: 2 });
  if (code === "53100") return problem("service.read-only");
  const lost =
    error instanceof Error &&
    /Connection terminated|Client has encountered a connection error|Query read timeout/.test(error.message);
  if (away.has(code) || lost) return problem("service.database-away", { seconds: 3 });
  return error;
}

function openPool(server: Server, login: Login, size: number): pg.Pool {
  const pool = new pg.Pool({
    ...connection(server, login, `qms ${login.slice(4)}`),
    max: size,
    connectionTimeoutMillis: queueMs,
    idleTimeoutMillis: 0,
    pipeline: true,
  });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

async function borrow(pool: pg.Pool): Promise<pg.PoolClient> {
  if (pool.waitingCount >= queueMax) throw problem("service.busy", { seconds: 2 });
  try {
    return await pool.connect();
  } catch (error) {
    if (error instanceof Error && /timeout exceeded when trying to connect/.test(error.message))
      throw problem("service.busy", { seconds: 2 });
    throw error;
  }
}

type How = { read?: boolean; seconds?: number };

async function once<T>(
  pool: pg.Pool,
  context: (client: pg.PoolClient) => string,
  o: { clinic?: string | undefined; work: (db: Db) => Promise<T> } & How,
): Promise<T> {
  const client = await borrow(pool);
  let broken: Error | undefined;
  try {
    // Not awaited: the first statement travels in the same flight. Its failure shows in every later statement.
    inOneFlight(client)
      .query(`begin${context(client)}`)
      .catch(() => {});
    const result = await o.work(bindDb(client, o.clinic));
    const committed = inOneFlight(client).query("commit");
    if (o.read) committed.catch(() => {});
    else if ((await committed).command !== "COMMIT") throw new Error("the transaction was rolled back");
    return result;
  } catch (error) {
    if (codeOf(error) === "0A000" || away.has(codeOf(error))) broken = error instanceof Error ? error : undefined;
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Opens the pool of one of our roles. */
export function openDatabase(o: {
  server: Server;
  login: Login;
  seal: Seal;
  constraints: ReadonlyMap<string, string>;
  size?: number;
}): Database {
  const pool = openPool(o.server, o.login, o.size ?? poolSize);
  async function run<T>(who: Sealed | undefined, work: (db: Db) => Promise<T>, how: How): Promise<T> {
    const context = (client: pg.PoolClient) =>
      who ? `; set local app.context = ${client.escapeLiteral(o.seal.sign(who, pidOf(client), how.seconds))}` : "";
    const attempt = () => once(pool, context, { clinic: who?.clinic, work, ...how });
    try {
      try {
        return await attempt();
      } catch (error) {
        if (!again.has(codeOf(error))) throw error;
        return await attempt();
      }
    } catch (error) {
      throw translate(error, o.constraints);
    }
  }
  return {
    transaction: (who, work, how) => run(who, work, how ?? {}),
    outside: (work) => run(undefined, work, {}),
    pool,
    close: () => pool.end(),
  };
}

/** The server process behind a connection: the seal is bound to it. */
export function pidOf(client: pg.PoolClient): number {
  if (!("processID" in client) || typeof client.processID !== "number")
    throw new Error("a connection without its server's process id");
  return client.processID;
}
