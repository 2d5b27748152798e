// Method: people of the demo clinic and its visitors in a real Chromium against the running product. Answers that a story needs in
// number come in by the table of another system, since those by link count from the next day on.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { recentLetters } from "#platform/mail/recent-letters.ts";
import { eventually } from "#testing/clinic.ts";
import { manyLinks, type SurveyStory } from "#testing/surveys.ts";
import { barriers, openBrowser, type Walk } from "./browser.ts";
import { imported, surveyOfDemo, visitor } from "./demo-survey.ts";

let walk: Walk;
let story: SurveyStory;
before(async () => {
  walk = await openBrowser();
  story = await surveyOfDemo(walk);
});

test("what a patient writes on the public page stands in the inbox at the next look, and thanking can be undone", async () => {
  const inbox = await walk.signInAs("marta", "/feedback");
  const [link = ""] = await manyLinks(story, 1);
  const patient = await visitor(walk, inbox);
  await patient.goto(`${walk.origin}${link}`);
  await patient.getByRole("radio", { name: "Дуже добре" }).check();
  await patient.getByRole("textbox").first().fill("Медсестра пояснила все двічі");
  await patient.getByRole("button", { name: "Надіслати" }).click();
  await patient.waitForURL("**/s/thanks**");

  // an open page is not told at the moment: that would tell who answered
  await inbox.reload();
  const comment = inbox.getByRole("listitem").filter({ hasText: "Медсестра пояснила все двічі" });
  await comment.waitFor();
  await inbox.keyboard.press("1");
  await comment.waitFor({ state: "detached" });
  await inbox.getByRole("button", { name: "Скасувати" }).click();
  await comment.waitFor();
  assert.deepEqual(await barriers(inbox), []);
  assert.deepEqual(walk.complaints, []);
});

test("a department with few answers shows no number, nor does its neighbour that would give it away", async () => {
  await imported(story, { "Прийом терапевта": 12, "Прийом кардіолога": 3 });
  const page = await walk.signInAs("marta", "/feedback");
  await page.getByRole("row", { name: /Уся клініка/ }).waitFor();
  const hidden = page.getByRole("row").filter({ hasText: "приховано" });
  assert((await hidden.count()) > 0);
  for (const text of await hidden.allInnerTexts()) assert.doesNotMatch(text, /\d/);
  assert.doesNotMatch(await page.getByRole("table").first().innerText(), /(?:^|\s)(?:3|12)(?:\s|$)/);
  assert.match(await page.getByRole("row", { name: /Уся клініка/ }).innerText(), /15/);
  assert.deepEqual(await barriers(page), []);
});

test("a clinic signs up, its owner chooses a password by the letter, works, locks the screen and unlocks it", async () => {
  const page = await visitor(walk, await walk.signInAs("ihor", "/tasks"));
  const slug = `yavir-${randomUUID().slice(0, 8)}`;
  const email = `${slug}@yavir.example`;
  await page.goto(`${walk.origin}/sign-up`);
  await page.getByRole("button", { name: "Надіслати посилання" }).click();
  await page.getByRole("alert").getByText("Вкажіть назву клініки.").waitFor();
  await page.getByLabel("Ваша пошта").fill(email);
  await page.getByLabel("Ваше прізвище та ім'я").fill("Дарина Липа");
  await page.getByLabel("Назва клініки").fill("Клініка «Явір»");
  assert.equal(await page.getByLabel("Адреса клініки в QMS").inputValue(), "klinika-yavir");
  await page.getByLabel("Адреса клініки в QMS").fill(slug);
  await page.getByRole("button", { name: "Надіслати посилання" }).click();
  await page.getByText("Перевірте пошту").waitFor();

  const letter = await eventually(async () =>
    (await recentLetters(story.product.platform.app)).find(({ to }) => to === email),
  );
  const path = /\/l\/[\w-]{43}/.exec(letter.text)?.[0];
  assert(path);
  const password = "тихий ранок над ставом 7";
  await page.goto(`${walk.origin}${path}`);
  await page.getByRole("textbox", { name: "Новий пароль" }).fill("закороткий");
  await page.getByRole("button", { name: "Зберегти й увійти" }).click();
  await page.getByText("Пароль закороткий").waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("textbox", { name: "Новий пароль" }).fill(password);
  await page.getByRole("button", { name: "Зберегти й увійти" }).click();
  await page.waitForURL(`**/c/${slug}**`);
  await page.getByRole("heading", { level: 1 }).waitFor();

  await page.goto(`${walk.origin}/c/${slug}/me`);
  await page.getByText("цей сеанс", { exact: true }).waitFor();
  await page.keyboard.press("Control+Shift+L");
  await page.getByRole("heading", { name: "Екран заблоковано" }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("textbox", { name: "Пароль" }).fill(password);
  await page.getByRole("button", { name: "Розблокувати" }).click();
  await page.waitForURL(`**/c/${slug}/me`);
  await page.getByText("цей сеанс", { exact: true }).waitFor();

  await page.goto(`${walk.origin}${path}`);
  await page.getByRole("textbox", { name: "Новий пароль" }).fill("ще один довгий пароль");
  await page.getByRole("button", { name: "Зберегти й увійти" }).click();
  await page.getByText("Посилання вже не діє").waitFor();
});
