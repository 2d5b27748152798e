import assert from "node:assert/strict";
import { test } from "node:test";
import { inJob, manyLinks, surveyStory } from "#testing/surveys.ts";
import { answerSurvey, listComments, readThemes } from "./contract.ts";
import { readThemes as themesAt, themesOf } from "./themes.ts";

test("a text speaks of themes by its words, in both languages, and of none when it says nothing", () => {
  assert.deepEqual(themesOf("Не пояснили, навіщо другий аналіз"), ["explanation"]);
  assert.deepEqual(themesOf("Довго чекали, зате чисто й привітно"), ["waiting", "courtesy", "comfort"]);
  assert.deepEqual(themesOf("Дорого, але фахово"), ["price", "treatment"]);
  assert.deepEqual(themesOf("The nurse was KIND and explained it clearly"), ["explanation", "courtesy"]);
  assert.deepEqual(themesOf("Шановний лікарю, все гаразд"), []);
  // a stem begins a word, it does not stand inside one
  assert.deepEqual(themesOf("Найшвидший"), []);
  assert.deepEqual(themesOf(""), []);
});

test("themes are counted for the whole clinic from the next day on, never for fewer than five texts, and their texts found", async () => {
  const story = await surveyStory();
  const texts: [number, string][] = [
    [1, "Усе пояснили"],
    [2, "Лікар пояснив"],
    [1, "Дякую за пояснення"],
    [4, "Довго чекали"],
    [6, "Черга була"],
  ];
  const links = await manyLinks(story, texts.length);
  const { clock } = story.product.platform.app;
  const tomorrow = clock.now().add({ hours: 24 });
  const period = clock.now().toZonedDateTimeISO("Europe/Kyiv").year.toString();
  const answered = async (from: number, until: number) => {
    for (const [at, [score, comment]] of texts.entries())
      if (at >= from && at < until)
        await story.marta.send(answerSurvey, {
          params: { token: links[at]?.slice(3) ?? "" },
          body: { score, comment, language: "uk" },
        });
  };
  const seen = () => inJob(story, (ctx) => themesAt(ctx, story.surveyId, { period }), tomorrow);
  await answered(0, 4);
  assert.deepEqual(await seen(), { texts: null, items: [] });
  await answered(4, 5);
  assert.deepEqual(await seen(), {
    texts: 5,
    items: [
      { theme: "explanation", praise: 3, asks: 0 },
      { theme: "waiting", praise: 0, asks: 1 },
    ],
  });
  const input = { params: { id: story.surveyId }, query: { period } };
  assert.deepEqual(await story.marta.send(readThemes, input), { texts: null, items: [] });
  await story.taras.refused("right.missing", readThemes, input);
  const { items } = await story.marta.send(listComments, { query: { theme: "waiting" } });
  assert.deepEqual(items.map(({ text }) => text).toSorted(), ["Довго чекали", "Черга була"]);
  assert.deepEqual(items[0]?.themes, ["waiting"]);
});
