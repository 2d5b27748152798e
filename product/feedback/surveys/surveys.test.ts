import assert from "node:assert/strict";
import { test } from "node:test";
import { answerSurvey, listComments, listSurveys, readResults, setSurvey, showInvitation } from "./contract.ts";
import { inJob, manyLinks, surveyStory, type SurveyStory } from "#testing/surveys.ts";

const tokenOf = (link: string): string => link.slice(3);

/** Answers of a day, as they stand in the table afterwards: the day cannot be turned by hand through the door. */
async function stored(
  story: SurveyStory,
  day: string,
  o: { departmentId: string; scores: readonly number[] },
): Promise<void> {
  await inJob(story, async (ctx) => {
    for (const score of o.scores)
      await ctx.db.run(
        ctx.db.insert("feedback.response").values({
          clinic_id: ctx.clinic.id,
          survey_id: story.surveyId,
          on_date: day,
          score,
          site_id: story.ground.siteId,
          department_id: o.departmentId,
        }),
      );
  });
}
const times = (n: number, score: number): number[] => Array.from({ length: n }, () => score);

test("results show shares with their interval and hide two departments where one is small", async () => {
  const story = await surveyStory();
  await stored(story, "2026-07-10", {
    departmentId: story.ground.therapyId,
    scores: [...times(18, 1), ...times(2, 5)],
  });
  await stored(story, "2026-08-10", { departmentId: story.ground.cardiologyId, scores: [...times(2, 2), 4] });
  const ask = (period: string) => story.marta.send(readResults, { params: { id: story.surveyId }, query: { period } });
  const quarter = await ask("2026-Q3");
  assert.deepEqual([quarter.total.n, quarter.total.positive], [23, 20]);
  assert.deepEqual(
    quarter.rows.map(({ name, n, hidden }) => [name, n, hidden]),
    [
      ["Центральна", 23, false],
      ["Кардіологія", null, true],
      ["Терапія", null, true],
    ],
  );
  assert.equal(quarter.hiddenTogether, 2);
  assert(
    quarter.rows
      .filter(({ hidden }) => hidden)
      .every(({ share, positive, interval }) => !share && !positive && !interval),
  );
  assert.deepEqual(
    quarter.answers.map(({ n }) => n),
    [18, 2, 0, 1, 2, 0],
  );
  assert.match(quarter.compute, /"hits":20,"n":23/);
  // the small month hides itself and its neighbour, and names no department
  assert.equal((await ask("2026-08")).total.hidden, true);
  assert.equal((await ask("2026-07")).total.hidden, true);
  assert.deepEqual((await ask("2026-07")).rows, []);
  await story.marta.refused("request.invalid", readResults, {
    params: { id: story.surveyId },
    query: { period: "2026-07-01..2026-07-09" },
  });
});

test("today's answer moves no figure before tomorrow", async () => {
  const story = await surveyStory();
  const [link = ""] = await manyLinks(story, 1);
  const today = story.product.platform.app.clock.now().toZonedDateTimeISO("Europe/Kyiv").toPlainDate();
  await stored(story, today.subtract({ days: 1 }).toString(), {
    departmentId: story.ground.therapyId,
    scores: times(9, 1),
  });
  const year = () =>
    story.marta.send(readResults, {
      params: { id: story.surveyId },
      query: { period: String(today.subtract({ days: 1 }).year) },
    });
  const before = await year();
  assert.equal(before.total.n, 9);
  await story.marta.send(answerSurvey, { params: { token: tokenOf(link) }, body: { score: 1, language: "uk" } });
  assert.deepEqual((await year()).total, before.total);
});

test("a paused survey keeps its links: they say it is closed and work again when it goes on", async () => {
  const story = await surveyStory();
  const [link = ""] = await manyLinks(story, 1);
  const [survey] = await story.marta.send(listSurveys);
  assert(survey);
  const body = { delayMinutes: 60, capDays: 30, quietFromHour: 20, quietUntilHour: 9 };
  const params = { id: survey.id };
  const paused = await story.marta.send(setSurvey, {
    params,
    body: { ...body, version: survey.version, state: "paused" },
  });
  await story.marta.refused("survey.changed-meanwhile", setSurvey, {
    params,
    body: { ...body, version: survey.version, state: "live" },
  });
  await story.olena.refused("right.missing", setSurvey, {
    params,
    body: { ...body, version: paused.version, state: "live" },
  });
  const token = tokenOf(link);
  await story.marta.refused("survey.closed", answerSurvey, { params: { token }, body: { score: 1, language: "uk" } });
  await story.marta.refused("survey.closed", showInvitation, { params: { token } });
  await story.marta.send(setSurvey, { params, body: { ...body, version: paused.version, state: "live" } });
  await story.marta.send(answerSurvey, { params: { token }, body: { score: 1, language: "uk" } });
});

test("a link of one clinic answers in no other", async () => {
  const [story, other] = [await surveyStory(), await surveyStory()];
  const [link = ""] = await manyLinks(story, 1);
  const input = { params: { token: tokenOf(link) }, body: { score: 5, language: "uk" as const } };
  await other.marta.refused("link.dead", answerSurvey, input);
  await other.marta.refused("survey.unknown", readResults, { params: { id: story.surveyId } });
  await story.marta.send(answerSurvey, input);
});

test("comments come page by page, each once, and only to who may read them", async () => {
  const story = await surveyStory();
  for (const link of await manyLinks(story, 5))
    await story.marta.send(answerSurvey, {
      params: { token: tokenOf(link) },
      body: { score: 3, comment: `Слова ${link.slice(3, 8)}`, language: "uk" },
    });
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const page = await story.marta.send(listComments, { query: { limit: 2, ...(after ? { after } : {}) } });
    for (const { id } of page.items) seen.add(id);
    assert.equal(page.newCount, 5);
    after = page.next;
  } while (after);
  assert.equal(seen.size, 5);
  await story.olena.refused("right.missing", listComments);
});
