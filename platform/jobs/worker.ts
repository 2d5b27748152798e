import { Logger, run, type Runner, type TaskList } from "graphile-worker";
import pg from "pg";
import { sql } from "kysely";
import { Problem } from "#core/contract/problem.ts";
import { connection } from "../database/bootstrap.ts";
import type { Db } from "../database/db.ts";
import { newId } from "../database/ids.ts";
import type { Context } from "../http/context.ts";
import { describeError } from "../http/describe-error.ts";
import { openNotes, writeEntryOf } from "../ledger/write.ts";
import type { App } from "../start/app.ts";
import { openEvents, writeEvents } from "./events.ts";
import type { Loop, Reaction } from "./loop.ts";

/** Tries of a reaction before it goes to the dead list, and the wait before each next one, in seconds. */
export const reactionTries = [1, 10, 60, 600, 3600];

type Enqueued = { clinic: string; data: { event: string; reaction: string } };
const isEnqueued = (payload: unknown): payload is Enqueued =>
  typeof payload === "object" && payload !== null && "clinic" in payload && "data" in payload;

/** Work that comes by the clock rather than by an event: once a minute, clinic by clinic. */
export type Tick = { name: string; everyMinutes: number; run: (ctx: Context) => Promise<void> };

async function clinicFactsOf(app: App, db: Db, id: string) {
  const row = await db.one("clinic.unknown", db.from("identity.clinic_route").select("slug").limit(1));
  return app.clinicFacts(db, id, row.slug);
}

/** Runs `work` as a job in a clinic: own sealed context, own ledger entry, own events. */
export async function asJob<T>(
  app: App,
  o: { clinic: string; name: string; work: (ctx: Context) => Promise<T>; before?: (db: Db) => Promise<boolean> },
): Promise<T | undefined> {
  return app.worker.transaction({ clinic: o.clinic }, async (db) => {
    if (o.before && !(await o.before(db))) return undefined;
    const notes = openNotes(undefined);
    const events = openEvents(newId);
    const keys = app.keyring.of(db, o.clinic);
    const ctx: Context = {
      db,
      clinic: await clinicFactsOf(app, db, o.clinic),
      member: { id: null, personId: null, types: [], as: `job:${o.name}` },
      now: app.clock.now(),
      ledger: notes,
      events,
      keys,
    };
    const result = await o.work(ctx);
    if (notes.used())
      await writeEntryOf(
        db,
        await notes.draft(
          { act: `job.${o.name}`, use: { writes: "job" }, who: `job:${o.name}`, types: [], via: "job" },
          keys,
        ),
      );
    if (events.said.length > 0)
      await writeEvents(db, events.said, { clinic: o.clinic, member: null, reactionsOf: app.reactionsOf });
    return result;
  });
}

async function react(app: App, reactions: ReadonlyMap<string, Reaction>, { clinic, data }: Enqueued): Promise<void> {
  const reaction = reactions.get(data.reaction);
  if (!reaction) throw new Error(`no reaction ${data.reaction}`);
  await asJob(app, {
    clinic,
    name: data.reaction,
    // the row is the idempotence: a second run finds it and does nothing
    before: async (db) =>
      (await db.run(
        db
          .insert("platform.handled")
          .values({ clinic_id: clinic, event_id: data.event, reaction: data.reaction })
          .onConflict((conflict) => conflict.doNothing()),
      )) === 1,
    work: async (ctx) => {
      const event = await ctx.db.maybe(
        ctx.db.from("platform.event").select(["id", "name", "payload", "at"]).where("id", "=", data.event),
      );
      if (!event) return;
      await reaction.run(ctx, reaction.event.shape.parse(event.payload));
      if (!reaction.forgets) return;
      // a second run finds no event and does nothing, so the mark with its minute may go as well
      await ctx.db.run(ctx.db.delete("platform.event").where("id", "=", data.event));
      await ctx.db.run(ctx.db.delete("platform.handled").where("event_id", "=", data.event));
    },
  });
}

async function bury(
  app: App,
  payload: Enqueued,
  o: { error: unknown; tries: number; forgets: boolean },
): Promise<void> {
  const code = o.error instanceof Problem ? o.error.code : o.error instanceof Error ? o.error.name : "unknown";
  await app.worker.transaction({ clinic: payload.clinic }, (db) =>
    db.run(
      db.insert("platform.dead_job").values({
        clinic_id: payload.clinic,
        task: "react",
        event_id: payload.data.event,
        reaction: payload.data.reaction,
        payload: JSON.stringify(payload.data),
        error_code: code,
        tries: o.tries,
        // the waits before it are known, so its minute would tell the minute of an anonymous answer
        ...(o.forgets ? { at: sql`date_trunc('day', now())` } : {}),
      }),
    ),
  );
}

function taskList(app: App, loop: Loop): TaskList {
  const reactions = new Map(loop.reactions.map((reaction) => [reaction.name, reaction]));
  return {
    react: async (payload, helpers) => {
      if (!isEnqueued(payload)) throw new TypeError("job payload");
      const { attempts } = helpers.job;
      try {
        await react(app, reactions, payload);
      } catch (error) {
        app.log.warn({ reaction: payload.data.reaction, attempts, error: describeError(error) }, "reaction failed");
        if (attempts >= reactionTries.length) {
          const forgets = reactions.get(payload.data.reaction)?.forgets === true;
          await bury(app, payload, { error, tries: attempts, forgets });
          return;
        }
        await helpers.query(
          "update graphile_worker._private_jobs set run_at = now() + make_interval(secs => $1) where id = $2",
          [reactionTries[attempts - 1] ?? 1, helpers.job.id],
        );
        throw error;
      }
    },
  };
}

export type Jobs = { stop: () => Promise<void> };

/** Takes back the jobs of a process that was killed: the queue itself would leave them locked for four hours. Whoever starts here
 *  holds the installation's lock, so no other worker lives. */
async function freeJobs(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ worker: string }>(
    "select distinct locked_by as worker from graphile_worker._private_jobs where locked_by is not null",
  );
  if (rows.length > 0)
    await pool.query("select graphile_worker.force_unlock_workers($1::text[])", [rows.map(({ worker }) => worker)]);
}

/** Starts the queue. A restart of PostgreSQL must not end the process: errors are caught on the pool and on each client. */
export async function startJobs(app: App, loop: Loop, ticks: readonly Tick[]): Promise<Jobs> {
  const pool = new pg.Pool({ ...connection(app.server, "qms_keeper", "qms jobs"), max: 3 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  await freeJobs(pool);
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    taskList: taskList(app, loop),
    logger: quiet(app),
    pollInterval: 1000,
  });
  runner.promise.catch((error: unknown) => app.log.error({ error: String(error) }, "job runner ended"));
  let busy = false;
  let minute = 0;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    minute++;
    tick(
      app,
      ticks.filter(({ everyMinutes }) => minute % everyMinutes === 0),
    )
      .catch((error: unknown) => app.log.warn({ error: String(error) }, "tick failed"))
      .finally(() => (busy = false));
  }, 60_000);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    clearInterval(timer);
    await runner.stop();
    await pool.end();
  };
  return { stop: () => (stopping ??= stop()) };
}

/** One round of the clock's work over all open clinics. Exported so that tests can turn the clock by hand. */
export async function tick(app: App, ticks: readonly Tick[]): Promise<void> {
  if (ticks.length === 0) return;
  const clinics = await app.worker.outside((db) => db.many(sql<{ id: string }>`select id from app.find_clinics()`));
  for (const { id } of clinics)
    for (const one of ticks) await asJob(app, { clinic: id, name: one.name, work: one.run });
}

function quiet(app: App) {
  return new Logger(() => (level, message) => {
    if (level === "error") app.log.error({ message }, "jobs");
  });
}
