import assert from "node:assert/strict";
import { test } from "node:test";
import { inviteToSurvey, withdrawInvitation } from "./invite.ts";
import { closeAnswered } from "./send-invitations.ts";
import { finishVisit, reopenVisit } from "#product/clinic/visits/contract.ts";
import { eventually } from "#testing/clinic.ts";
import { inJob, invitations, links, manyLinks, surveyStory, visitOf } from "#testing/surveys.ts";

const whysOf = (rows: readonly { why: string | null }[]): string[] =>
  rows.map(({ why }) => why ?? "").toSorted((a, b) => a.localeCompare(b));

test("who must not be asked is not asked, and the reason stands with it", async () => {
  const story = await surveyStory();
  const { ground } = story;
  const reasons: [string, Parameters<typeof ground.patient>[0]][] = [
    ["deceased", { deceased: true }],
    ["patient", { never: true }],
    ["restricted", { restricted: true }],
  ];
  for (const [, o] of reasons) await visitOf(story, await ground.patient(o));
  const rows = await invitations(story, reasons.length);
  assert.deepEqual(
    whysOf(rows),
    reasons.map(([why]) => why).toSorted((a, b) => a.localeCompare(b)),
  );
  assert(rows.every(({ state }) => state === "suppressed"));
});

test("one patient is asked once in thirty days, and a visit told twice invites once", async () => {
  const story = await surveyStory();
  const patient = await story.ground.patient();
  await visitOf(story, patient);
  await invitations(story, 1);
  await visitOf(story, patient);
  const rows = await invitations(story, 2);
  assert.deepEqual(whysOf(rows), ["", "cap"]);
  const visits = await inJob(story, (ctx) => ctx.db.many(ctx.db.from("clinic.visit").select("id")));
  for (const { id } of visits ?? []) await inJob(story, (ctx) => inviteToSurvey(ctx, { id }));
  assert.equal((await invitations(story, 2)).length, 2);
});

test("a patient without an address, or whose address wants no surveys, gets no letter", async () => {
  const story = await surveyStory();
  await visitOf(story, await story.ground.patient({ email: null }));
  await visitOf(story, await story.ground.patient({ email: "ni@patient.example" }));
  await inJob(story, async (ctx) => {
    const address = await ctx.keys.blind("email", "ni@patient.example");
    assert(address);
    await ctx.db.run(
      ctx.db
        .insert("platform.suppression")
        .values({ clinic_id: ctx.clinic.id, address, class: "survey", why: "asked" }),
    );
  });
  await invitations(story, 2);
  assert.deepEqual(await links(story, 2), []);
  const rows = await invitations(story, 2);
  assert.deepEqual(whysOf(rows), ["no-address", "suppressed"]);
});

test("an answered invitation is closed at night, an old one expires, and its link dies", async () => {
  const story = await surveyStory();
  const [link = ""] = await manyLinks(story, 2);
  const answered = await fetch(`${story.product.origin}${link}`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ score: "1", language: "uk" }),
  });
  assert.equal(answered.status, 303);
  await inJob(story, closeAnswered);
  assert.deepEqual((await invitations(story, 2)).map(({ state }) => state).toSorted(), ["closed", "sent"]);
  const later = story.product.platform.app.clock.now().add({ hours: 24 * 15 });
  await inJob(story, closeAnswered, later);
  assert.deepEqual((await invitations(story, 2)).map(({ state }) => state).toSorted(), ["closed", "expired"]);
});

test("a visit opened again asks nobody until it ends anew, and stays ended once the letter has gone", async () => {
  const story = await surveyStory();
  const params = { code: await visitOf(story, await story.ground.patient()) };
  await invitations(story, 1);
  const { id } = await story.taras.send(reopenVisit, { params, body: {} });
  const waiting = () => inJob(story, (ctx) => ctx.db.many(ctx.db.from("feedback.invitation").select("id")));
  await eventually(async () => (await waiting())?.length === 0);
  // the end is told once more, late: the visit runs, so nobody is asked
  await inJob(story, (ctx) => inviteToSurvey(ctx, { id }));
  assert.deepEqual(await waiting(), []);
  await story.taras.send(finishVisit, { params, body: {} });
  await invitations(story, 1);
  // that it was opened again is told once more, late: the new end's invitation stands
  await inJob(story, (ctx) => withdrawInvitation(ctx, { id }));
  assert.equal((await links(story, 1)).length, 1);
  await story.taras.refused("visit.letter-sent", reopenVisit, { params, body: { reason: "Помилка" } });
});
