import pg from "pg";
import { connection } from "../database/bootstrap.ts";
import { StartProblem } from "../config/settings.ts";
import type { Server } from "../database/embedded.ts";
import type { Seal } from "../database/seal.ts";
import type { Clock } from "../start/clock.ts";

/** Advisory locks of an installation, by number. */
const replayLock = 7062;

/** A committed change, ids only. */
export type Change = { clinic: string; event: string; name: string; thing: string };

export type Keeper = {
  /** Epoch of request proofs: rises at start, when this connection was lost, and when the wall clock steps back. */
  epoch: () => number;
  /** Whether the connection stands and holds the replay lock. */
  ready: () => boolean;
  onChange: (listener: (change: Change) => void) => () => void;
  onSession: (listener: () => void) => void;
  onEpoch: (listener: (epoch: number) => void) => void;
  stop: () => Promise<void>;
};

const changeOf = (payload: string): Change | undefined => {
  const [clinic, event, name, thing] = payload.split("|");
  return clinic && event && name ? { clinic, event, name, thing: thing ?? "" } : undefined;
};

/** Makes this connection the server's: nobody else may hold the replay lock. */
async function takeOver(next: pg.Client): Promise<void> {
  const locked = await next.query<{ ok: boolean }>("select pg_try_advisory_lock($1) as ok", [replayLock]);
  if (!locked.rows[0]?.ok) {
    await next.end();
    throw new StartProblem("Another QMS process uses this database. Stop it first.");
  }
  await next.query("listen live; listen session");
}

type Listeners = {
  changes: Set<(change: Change) => void>;
  sessions: Set<() => void>;
  epochs: Set<(epoch: number) => void>;
};

/** A connection whose notices reach the listeners; not yet open. `ended` is called when it is lost or closed. */
function openClient(server: Server, listeners: Listeners, ended: (client: pg.Client) => void): pg.Client {
  const client = new pg.Client({ ...connection(server, "qms_keeper", "qms keeper"), connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  client.on("end", () => ended(client));
  client.on("notification", ({ channel, payload }) => {
    if (channel === "session") for (const listener of listeners.sessions) listener();
    const change = channel === "live" && payload ? changeOf(payload) : undefined;
    if (change) for (const listener of listeners.changes) listener(change);
  });
  return client;
}

async function nextEpoch(client: pg.Client, why: string): Promise<number> {
  const made = await client.query<{ epoch: number }>(
    "insert into identity.epoch (epoch, why) select coalesce(max(epoch), 0) + 1, $1 from identity.epoch returning epoch",
    [why],
  );
  const [row] = made.rows;
  if (!row) throw new Error("no epoch was made");
  return row.epoch;
}

async function closeClient(client: pg.Client, seal: Seal): Promise<void> {
  await client.query("select app.drop_key($1)", [seal.kid]).catch(() => {});
  await client.end();
}

/** Reads the database's clock into ours and keeps the seal's key alive. */
async function readClock(client: pg.Client, o: { clock: Clock; seal: Seal }): Promise<void> {
  const began = performance.now();
  const read = await client.query<{ ms: string }>(
    "select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms, app.keep_key($1)",
    [o.seal.kid],
  );
  o.clock.set(Number(read.rows[0]?.ms) + (performance.now() - began) / 2);
}

type KeeperOptions = {
  server: Server;
  seal: Seal;
  clock: Clock;
  lost: () => void;
  /** A tool beside the server: keeps its own key alive and reads the clock, and leaves lock, epoch and notices to the server. */
  tool?: boolean;
};

/** The one listening connection: keeps the seal's key alive, holds the replay lock, reads the clock, hears changes. */
export async function openKeeper(o: KeeperOptions): Promise<Keeper> {
  const listeners: Listeners = { changes: new Set(), sessions: new Set(), epochs: new Set() };
  let client: pg.Client | undefined;
  let epoch = 0;
  let stopped = false;
  let wall = Date.now() - performance.now();

  async function raise(why: string): Promise<void> {
    if (o.tool) return;
    if (client) epoch = await nextEpoch(client, why);
    for (const listener of listeners.epochs) listener(epoch);
  }

  async function connect(why: string): Promise<void> {
    const next = openClient(o.server, listeners, (ended) => {
      if (client !== ended) return;
      client = undefined;
      o.lost();
      void again();
    });
    await next.connect();
    if (!o.tool) await takeOver(next);
    client = next;
    await raise(why);
    await beat();
  }

  async function again(): Promise<void> {
    while (!stopped && !client) {
      try {
        await connect("connection lost");
      } catch {
        await new Promise((done) => setTimeout(done, 500));
      }
    }
  }

  async function beat(): Promise<void> {
    if (!client) return;
    await readClock(client, o);
    const wallNow = Date.now() - performance.now();
    if (wallNow < wall - 5000) await raise("clock stepped back");
    wall = wallNow;
  }

  const timer = setInterval(() => void beat().catch(() => {}), 5000);
  await connect("start");
  return {
    epoch: () => epoch,
    ready: () => client !== undefined,
    onChange: (listener) => {
      listeners.changes.add(listener);
      return () => listeners.changes.delete(listener);
    },
    onSession: (listener) => void listeners.sessions.add(listener),
    onEpoch: (listener) => void listeners.epochs.add(listener),
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      const open = client;
      client = undefined;
      if (open) await closeClient(open, o.seal);
    },
  };
}
