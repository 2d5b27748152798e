// Method: the demo clinic in a real Chromium. Every route is opened in four of the eight combinations of language, scheme and width,
// so that each pair of them occurs, and every other state of it in one of the four; then axe and our own look at the shape of the
// page. `npm run crawl` takes all states in all eight.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { clinicViews } from "./clinic-views.ts";
import { controlViews } from "./control-views.ts";
import { allViews, crawl, forgotten, viewName } from "./crawler.ts";
import { comboName, pairwise, type Combo } from "./look.ts";
import { publicViews } from "./public-views.ts";
import { shellViews } from "./shell-views.ts";
import { openStage, type Stage } from "./stage.ts";
import type { View } from "./view.ts";

let stage: Stage;
before(async () => {
  stage = await openStage();
});

const [sample] = allViews.filter(({ route, state }) => route === "/c/$slug/tasks" && state === "");
/** Tasks with something planted into the page. */
const spoiled = (state: string, plant: string): View => {
  assert(sample);
  return { ...sample, state, open: ({ page }) => page.evaluate(plant) };
};
const plants: readonly [name: string, plant: string, found: RegExp][] = [
  [
    "a button without a name",
    "void document.querySelector('main').append(document.createElement('button'))",
    /^axe button-name/,
  ],
  ["words that are hard to read", "document.querySelector('h1').style.color = '#999'", /^axe color-contrast/],
  ["something wider than the page", "document.body.style.width = '3000px'", /^sideways: the page/],
  ["a second main heading", "void document.querySelector('main').append(document.createElement('h1'))", /^h1: 2/],
  ["no main heading", "document.querySelector('h1').remove()", /^h1: 0/],
  ["another language", "document.documentElement.lang = 'de'", /^lang: de/],
  ["a page without a name", "document.title = ''", /^title/],
  [
    "a word that is cut",
    "document.querySelector('h1').style.cssText = 'width: 20px; overflow: hidden; white-space: nowrap'",
    /^cut: h1/,
  ],
  ["an error in the console", "console.error('planted')", /^console: planted/],
  ["an error that nobody caught", "void setTimeout(() => { throw new Error('planted') })", /^threw: .*planted/],
];

test("what is planted into a page is found", async (t) => {
  const combos = pairwise.slice(0, 1);
  const views = plants.map(([name, plant]) => spoiled(name, plant));
  const seen = await crawl(stage, { combos, views });
  for (const [name, , found] of plants)
    await t.test(name, () => {
      const one = seen.find(({ view }) => view.state === name);
      assert(one);
      assert(
        one.faults.some((fault) => found.test(fault)),
        one.faults.join("\n") || "nothing was found",
      );
    });
});

test("planted: a route without a view is missed", async () => {
  const views = allViews.filter(({ route }) => route !== "/c/$slug/actions/$code" && route !== "/s/thanks");
  assert.deepEqual(await forgotten(stage, views), ["/c/$slug/actions/$code", "/s/thanks"]);
});

test("every route of the app and of the portal has a view", async () => {
  assert.deepEqual(await forgotten(stage), []);
});

/** A page as it opens is looked at in all four; its other states take turns, so that each combination meets a quarter of them. */
const turnOf = (view: View): readonly Combo[] =>
  view.state === "" ? pairwise : pairwise.filter((_, turn) => turn === allViews.indexOf(view) % pairwise.length);

const parts: readonly [name: string, views: readonly View[]][] = [
  ["doors, home and the frame", shellViews],
  ["tasks, cases, actions and indicators", controlViews],
  ["feedback, visits, people, imports and the kit", clinicViews],
  ["the public's pages", publicViews],
];

for (const [name, views] of parts)
  test(`${name}: every screen in every state is without barriers, fits its width and keeps silent`, async () => {
    const seen = await crawl(stage, { combos: turnOf, views });
    assert.deepEqual(new Set(seen.map(({ view }) => view)), new Set(views));
    const faults = seen.flatMap(({ view, combo, faults: found }) =>
      found.map((fault) => `${viewName(view)}, ${comboName(combo)}: ${fault}`),
    );
    assert.equal(faults.join("\n"), "");
  });
