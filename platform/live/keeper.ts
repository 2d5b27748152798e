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
    throw new StartProblem(
      'Another QMS process uses this database. Stop it, or set session.replay = "shared" for both.',
    );
  }
  await next.query("listen live; listen session");
}

/** The one listening connection: keeps the seal's key alive, holds the replay lock, reads the clock, hears changes. */
export async function openKeeper(o: {
  server: Server;
  seal: Seal;
  clock: Clock;
  lost: () => void;
  /** A tool beside the server: keeps its own key alive and reads the clock, and leaves lock, epoch and notices to the server. */
  tool?: boolean;
}): Promise<Keeper> {
  const changes = new Set<(change: Change) => void>();
  const sessions = new Set<() => void>();
  const epochs = new Set<(epoch: number) => void>();
  let client: pg.Client | undefined;
  let epoch = 0;
  let stopped = false;
  let wall = Date.now() - performance.now();

  async function raise(why: string): Promise<void> {
    if (o.tool) return;
    const made = await client?.query<{ epoch: number }>(
      "insert into identity.epoch (epoch, why) select coalesce(max(epoch), 0) + 1, $1 from identity.epoch returning epoch",
      [why],
    );
    epoch = made?.rows[0]?.epoch ?? epoch;
    for (const listener of epochs) listener(epoch);
  }

  async function connect(why: string): Promise<void> {
    const next = new pg.Client({ ...connection(o.server, "qms_keeper", "qms keeper"), connectionTimeoutMillis: 5000 });
    next.on("error", () => {});
    next.on("end", () => {
      if (client === next) {
        client = undefined;
        o.lost();
        void again();
      }
    });
    next.on("notification", ({ channel, payload }) => {
      if (channel === "session") for (const listener of sessions) listener();
      const change = channel === "live" && payload ? changeOf(payload) : undefined;
      if (change) for (const listener of changes) listener(change);
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
    const began = performance.now();
    const read = await client.query<{ ms: string }>(
      "select (extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms, app.keep_key($1)",
      [o.seal.kid],
    );
    o.clock.set(Number(read.rows[0]?.ms) + (performance.now() - began) / 2);
    const wallNow = Date.now() - performance.now();
    if (wallNow < wall - 5000) await raise("clock stepped back");
    wall = wallNow;
  }

  const timer = setInterval(() => {
    beat().catch(() => {});
  }, 5000);
  await connect("start");
  return {
    epoch: () => epoch,
    ready: () => client !== undefined,
    onChange: (listener) => {
      changes.add(listener);
      return () => changes.delete(listener);
    },
    onSession: (listener) => void sessions.add(listener),
    onEpoch: (listener) => void epochs.add(listener),
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      const open = client;
      client = undefined;
      await open?.query("select app.drop_key($1)", [o.seal.kid]).catch(() => {});
      await open?.end();
    },
  };
}
