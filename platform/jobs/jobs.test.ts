// Method: a loop of its own with reactions that fail when told to. Their waits are turned forward by hand in the queue's own table.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { z } from "zod";
import { event } from "#core/contract/event.ts";
import { id } from "#core/contract/shapes.ts";
import { newId } from "#platform/database/ids.ts";
import { listJobs, retryJob } from "#product/clinic/jobs/contract.ts";
import { eventually, newClinic, type Cast } from "#testing/clinic.ts";
import { testProduct } from "#testing/product.ts";
import { atEnd } from "#testing/server.ts";
import { openSnapshots, type Snapshots } from "#testing/snapshot.ts";
import { writeEvents } from "./events.ts";
import { makeLoop, on, reaction } from "./loop.ts";
import { reactionTries } from "./worker.ts";

const happened = event("site.happened", z.object({ id }));
const whispered = event("site.whispered", z.object({ id }));
let fails = false;
const runs = new Map<string, number>();
const build = (name: string, of: typeof happened, o: { forgets?: true } = {}) =>
  reaction(
    name,
    of,
    async (ctx, payload) => {
      runs.set(payload.id, (runs.get(payload.id) ?? 0) + 1);
      await ctx.db.run(
        ctx.db.insert("clinic.site").values({ clinic_id: ctx.clinic.id, id: payload.id, name: "Побудовано" }),
      );
      if (fails) throw new TypeError("not now");
    },
    o,
  );

let cast: Cast;
let rows: Snapshots;
before(async () => {
  await testProduct({
    loop: makeLoop([
      on(happened, build("build-site", happened)),
      on(whispered, build("build-quietly", whispered, { forgets: true })),
    ]),
  });
  cast = await newClinic();
  rows = await openSnapshots(cast.product.server);
  atEnd(rows.close);
});

/** Says it in a transaction; gives the ids of what it is about and of the event. */
async function say(of: typeof happened): Promise<{ thing: string; event: string }> {
  const said = { thing: newId(), event: newId() };
  const { app } = cast.product.platform;
  await app.database.transaction({ clinic: cast.clinic.id }, (db) =>
    writeEvents(db, [{ id: said.event, name: of.name, payload: { id: said.thing } }], {
      clinic: cast.clinic.id,
      member: null,
      reactionsOf: app.reactionsOf,
    }),
  );
  return said;
}
const sites = async (thing: string): Promise<number> =>
  (await rows.ask("select 1 from clinic.site where id = $1", [thing])).length;
type Waiting = { attempts: number; wait: number; locked: boolean };
const waiting = async (): Promise<Waiting | undefined> =>
  (
    await rows.ask<Waiting>(
      "select attempts, extract(epoch from run_at - now())::float as wait, locked_at is not null as locked from graphile_worker._private_jobs limit 1",
    )
  )[0];
const hurry = (more = "") =>
  rows.ask(`update graphile_worker._private_jobs set run_at = now()${more} where locked_at is null`);
/** Waits until a reaction has failed so often and lies in the queue again. */
const failed = (attempts: number) =>
  eventually(async () => {
    const job = await waiting();
    return job && job.attempts === attempts && !job.locked ? job : undefined;
  });

test("a reaction that fails leaves nothing, waits longer each time, is given up after five tries, seen, and sent again", async () => {
  const { solomiia, marta } = cast;
  fails = true;
  const { thing } = await say(happened);
  for (let attempts = 1; attempts < reactionTries.length; attempts++) {
    const { wait } = await failed(attempts);
    assert(wait > (reactionTries[attempts - 1] ?? 0) / 2 - 1, `after ${attempts}: ${wait} s`);
    assert.equal(await sites(thing), 0);
    await hurry();
  }
  const [dead] = await eventually(async () => {
    const { items } = await solomiia.send(listJobs, { query: {} });
    return items.length > 0 ? items : undefined;
  });
  assert(dead);
  assert.deepEqual([dead.reaction, dead.code, dead.tries, dead.sentAgainOn], ["build-site", "TypeError", 5, null]);
  assert.equal(runs.get(thing), 5);
  assert.equal(await waiting(), undefined);
  await marta.refused("right.missing", listJobs, { query: {} });
  await marta.refused("right.missing", retryJob, { params: { id: dead.id }, body: {} });
  const other = await newClinic();
  await other.solomiia.refused("job.unknown", retryJob, { params: { id: dead.id }, body: {} });

  fails = false;
  const again = await solomiia.send(retryJob, { params: { id: dead.id }, body: {} });
  assert.notEqual(again.sentAgainOn, null);
  await eventually(async () => (await sites(thing)) === 1);
  assert.equal(runs.get(thing), 6);
  assert.deepEqual((await solomiia.send(listJobs, { query: {} })).items, []);
  assert.deepEqual((await solomiia.send(listJobs, { query: { state: "all" } })).items, [again]);
  await solomiia.refused("job.sent-already", retryJob, { params: { id: dead.id }, body: {} });
});

test("a reaction that is delivered twice acts once", async () => {
  const { thing, event: of } = await say(happened);
  await eventually(async () => (await sites(thing)) === 1);
  await rows.ask("select graphile_worker.add_job('react', $1::json)", [
    JSON.stringify({ clinic: cast.clinic.id, data: { event: of, reaction: "build-site" } }),
  ]);
  await eventually(async () => (await waiting()) === undefined);
  assert.deepEqual([runs.get(thing), await sites(thing)], [1, 1]);
});

test("of an anonymous answer's reaction the dead list keeps the day and no minute, and what is gone is not sent again", async () => {
  fails = true;
  const { thing, event: of } = await say(whispered);
  await failed(1);
  await hurry(", attempts = 4");
  const found = () =>
    rows.ask<{ id: string; midnight: boolean }>(
      "select id, at = date_trunc('day', at) as midnight from platform.dead_job where event_id = $1",
      [of],
    );
  const [dead] = await eventually(async () => {
    const all = await found();
    return all.length > 0 ? all : undefined;
  });
  assert.equal(dead?.midnight, true);
  fails = false;
  await rows.ask("delete from platform.event where id = $1", [of]);
  await cast.solomiia.refused("job.event-gone", retryJob, { params: { id: dead?.id ?? "" }, body: {} });
  assert.equal(await sites(thing), 0);
});
