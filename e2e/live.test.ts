// Method: pages stand open in a real Chromium and are neither reloaded nor touched; facts come by signed requests of others. Server
// state is asked for again only when the live stream says so, when a page gets the focus, or by its own moves: what appears was told.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createAction, finishAction, planAction, startAction } from "#product/control/actions/contract.ts";
import { reportIncident } from "#product/control/incidents/contract.ts";
import { handleComment, listComments } from "#product/feedback/surveys/contract.ts";
import { manyLinks, type SurveyStory } from "#testing/surveys.ts";
import { openBrowser, type Walk } from "./browser.ts";
import { surveyOfDemo, visitor } from "./demo-survey.ts";

let walk: Walk;
let story: SurveyStory;
before(async () => {
  walk = await openBrowser();
  story = await surveyOfDemo(walk);
});

const inDays = (days: number): string => Temporal.Now.plainDateISO("Europe/Kyiv").add({ days }).toString();

test("an open task list changes by itself: a report, a planned action, a finished one, each at whom it waits for", async () => {
  const { marta, olena, taras } = story;
  const [quality, doctor] = [await walk.signInAs("marta", "/tasks"), await walk.signInAs("taras", "/tasks")];
  const { code } = await olena.send(reportIncident, { body: { title: "Не покликали", mode: "named", nearMiss: true } });
  await quality.getByRole("row", { name: `Розібрати подію ${code}` }).waitFor();

  let action = await olena.send(createAction, {
    body: { title: "Табло черги", kind: "corrective", source: { type: "incident", code } },
  });
  const params = { code: action.code };
  await quality.getByRole("row", { name: `Вирішити щодо дії ${action.code}` }).waitFor();
  const effect = { indicator: "F01", direction: "increase" as const, checkOn: inDays(30) };
  action = await marta.send(planAction, {
    params,
    body: { version: action.version, ownerId: taras.memberId, dueOn: inDays(2), category: "software", effect },
  });
  await doctor.getByRole("row", { name: `Почати дію ${action.code}` }).waitFor();
  await quality.getByRole("row", { name: action.code }).waitFor({ state: "detached" });

  action = await taras.send(startAction, { params, body: { version: action.version } });
  await doctor.getByRole("row", { name: `Завершити дію ${action.code}` }).waitFor();
  await taras.send(finishAction, { params, body: { version: action.version, evidence: "Табло висить" } });
  await quality.getByRole("row", { name: `Перевірити ефект ${action.code}` }).waitFor();
  await doctor.getByRole("row", { name: action.code }).waitFor({ state: "detached" });
  assert.deepEqual(walk.complaints, []);
});

test("who takes over a page by the demo bar hears what their own rights let them hear", async () => {
  const page = await walk.signInAs("bohdan", "/tasks");
  const [link = ""] = await manyLinks(story, 1);
  const patient = await visitor(walk, page);
  await patient.goto(`${walk.origin}${link}`);
  await patient.getByRole("radio", { name: "Дуже добре" }).check();
  await patient.getByRole("textbox").first().fill("Дякую за чай");
  await patient.getByRole("button", { name: "Надіслати" }).click();
  await patient.waitForURL("**/s/thanks**");
  await page.getByRole("button", { name: /менеджерка з якості/ }).click();

  const row = page.getByRole("row", { name: /коментар/ });
  await row.waitFor();
  const [comment] = (await story.marta.send(listComments)).items;
  assert(comment);
  await story.marta.send(handleComment, { params: { id: comment.id }, body: { as: "thanked" } });
  await row.waitFor({ state: "detached" });
  assert.deepEqual(walk.complaints, []);
});
