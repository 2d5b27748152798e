import assert from "node:assert/strict";
import { test } from "node:test";
import { answerSurvey, handleComment } from "#product/feedback/surveys/contract.ts";
import { reportIncident } from "#product/control/incidents/contract.ts";
import { listTasks } from "#product/control/tasks/contract.ts";
import { eventually, type Cast } from "#testing/clinic.ts";
import { manyLinks, surveyStory } from "#testing/surveys.ts";
import { readHome } from "./contract.ts";

const answer = (cast: Cast, link: string, body: { score: number; comment: string; wantsAnswer: boolean }) =>
  cast.olena.send(answerSurvey, {
    params: { token: link.slice("/s/".length) },
    body: { ...body, contact: "", language: "uk" },
  });

test("home tells what patients ask and scores that opened a case, and forgets a comment once it is settled", async () => {
  const story = await surveyStory();
  const { marta, olena } = story;
  const fresh = async () => (await marta.send(readHome)).fresh;
  assert.deepEqual(await fresh(), []);

  const [asking = "", low = "", praising = ""] = await manyLinks(story, 3);
  await answer(story, asking, { score: 2, comment: "Коли буде результат?", wantsAnswer: true });
  await answer(story, low, { score: 5, comment: "Чекала годину", wantsAnswer: false });
  await answer(story, praising, { score: 1, comment: "Дякую", wantsAnswer: false });
  await olena.send(reportIncident, { body: { title: "Слизька підлога", mode: "named" } });

  // the low score is told once, by the case it has opened
  const told = await eventually(async () => {
    const all = await fresh();
    return all.filter(({ kind }) => kind === "incident").length === 2 && all;
  });
  assert.deepEqual(told.map(({ kind }) => kind).toSorted(), ["comment", "incident", "incident"]);
  const comment = told.find(({ kind }) => kind === "comment");
  assert(comment);
  assert.deepEqual(
    [comment.title, comment.score, comment.code, comment.link],
    ["Коли буде результат?", 2, null, "/feedback"],
  );
  const { tasks } = await marta.send(listTasks);
  assert.deepEqual(
    tasks
      .filter(({ kind }) => kind === "comment")
      .map(({ score }) => score ?? 0)
      .toSorted((a, b) => a - b),
    [1, 2, 5],
  );

  await marta.send(handleComment, { params: { id: comment.id }, body: { as: "thanked" } });
  assert(!(await fresh()).some(({ kind }) => kind === "comment"));
});

test("incidents leave room for what patients wrote", async () => {
  const story = await surveyStory();
  for (const no of Array.from({ length: 8 }, (_, at) => at + 1))
    await story.olena.send(reportIncident, { body: { title: `Подія ${no}`, mode: "named" } });
  const [link = ""] = await manyLinks(story, 1);
  await answer(story, link, { score: 1, comment: "Де взяти довідку?", wantsAnswer: true });
  const { fresh } = await story.marta.send(readHome);
  assert.equal(fresh.length, 6);
  assert.equal(fresh.at(-1)?.title, "Де взяти довідку?");
});
