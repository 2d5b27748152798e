import assert from "node:assert/strict";
import { test } from "node:test";
import { startJobs } from "#platform/jobs/worker.ts";
import { product } from "#product/product.ts";
import { readHome } from "#product/control/home/contract.ts";
import { manyLinks, surveyStory } from "#testing/surveys.ts";
import { eventually } from "#testing/clinic.ts";
import { openSnapshots } from "#testing/snapshot.ts";
import { atEnd } from "#testing/server.ts";

test("what a killed process had begun is done by the next one at once, and once", async () => {
  const story = await surveyStory();
  const { platform, origin, server } = story.product;
  const [link = ""] = await manyLinks(story, 1);
  await platform.jobs?.stop();
  const sent = await fetch(`${origin}${link}`, {
    method: "POST",
    headers: { origin, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ score: "5", comment: "", language: "uk" }).toString(),
    redirect: "manual",
  });
  assert.equal(sent.status, 303);
  const rows = await openSnapshots(server);
  atEnd(rows.close);
  const taken = await rows.ask(
    "update graphile_worker._private_jobs set locked_by = 'worker-gone', locked_at = now(), attempts = 1 returning id",
  );
  assert(taken.length > 0, "the answer's reaction waits");
  const jobs = await startJobs(platform.app, product.loop, []);
  atEnd(jobs.stop);
  const fresh = await eventually(async () => {
    const home = await story.marta.send(readHome);
    return home.fresh.length > 0 ? home.fresh : undefined;
  });
  assert.equal(fresh.length, 1);
});
