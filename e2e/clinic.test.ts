// Method: the owner, the desk and the doctor of the demo clinic in a real Chromium, a patient in a browser of their own, and the clinic's outbox.
// What counts from the next day on is read by the clinic's own use case at tomorrow's time: the product's clock is not turned.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Page } from "@playwright/test";
import { registerPatient } from "#product/clinic/patients/contract.ts";
import { listVisits } from "#product/clinic/visits/contract.ts";
import { readResults } from "#product/feedback/surveys/results.ts";
import { eventually } from "#testing/clinic.ts";
import { inJob, links, type SurveyStory } from "#testing/surveys.ts";
import { barriers, openBrowser, type Walk } from "./browser.ts";
import { imported, surveyOfDemo, visitor } from "./demo-survey.ts";

let walk: Walk;
let story: SurveyStory;
before(async () => {
  walk = await openBrowser();
  story = await surveyOfDemo(walk);
});

const patient = (family: string, given: string, email: string) =>
  story.yulia.send(registerPatient, {
    body: { family, given, birthDate: "1961-03-04", sex: "m", phones: ["+380671234567"], emails: [email] },
  });

/** Types into a list that opens, and takes the option with these words. */
async function choose(page: Page, label: string, words: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label }).fill(words);
  await page.getByRole("option", { name: option }).click();
}

test("a visit is registered at the desk and finished by the doctor; the letter goes, and the patient's answer counts", async () => {
  await patient("Ґалаґан", "Іван", "ivan@patient.example");
  const desk = await walk.signInAs("yulia", "/visits");
  await desk.getByRole("button", { name: "Новий візит" }).first().click();
  await desk.getByRole("button", { name: "Відкрити візит" }).click();
  // what is missing is said in one place and beside each field
  await desk.getByRole("link", { name: "Оберіть пацієнта." }).waitFor();
  assert.equal(await desk.getByText("Оберіть послугу.").count(), 2);
  await choose(desk, "Пацієнт", "halahan", /Ґалаґан Іван/);
  await choose(desk, "Послуга", "терапевт", /Прийом терапевта/);
  await choose(desk, "Хто приймає", "Бук", /Тарас Бук/);
  assert.equal(await desk.getByRole("combobox", { name: "Філія" }).inputValue(), "Центральна");
  assert.deepEqual(await barriers(desk), []);
  await desk.keyboard.press("Control+Enter");
  await desk.getByRole("heading", { name: /^VIS-/ }).waitFor();
  const code = await desk.getByRole("heading", { name: /^VIS-/ }).innerText();

  const doctor = await walk.signInAs("taras", `/visits?visit=${code}`);
  const finish = doctor.getByRole("button", { name: "Завершити візит" });
  await finish.click();
  await doctor.getByRole("dialog").getByRole("button", { name: "Завершити візит" }).click();
  // too early: back by the toast, and the letter that waited is withdrawn
  await doctor.getByRole("status").getByRole("button", { name: "Скасувати" }).click();
  await doctor.getByText(`${code} знову триває`).waitFor();
  await finish.click();
  await doctor.getByRole("dialog").getByRole("button", { name: "Завершити візит" }).click();
  await doctor.getByText(`${code} завершено`).first().waitFor();
  // the desk's open page hears of it
  await desk.getByText("завершено", { exact: true }).first().waitFor();

  const [link = ""] = await links(story, 1);
  await imported(story, { "Прийом терапевта": 4 }, 0);
  const day = story.product.platform.app.clock.now().toZonedDateTimeISO("Europe/Kyiv").toPlainDate();
  const counted = () =>
    inJob(
      story,
      (ctx) => readResults(ctx, story.surveyId, `${day.year}-Q${Math.ceil(day.month / 3)}`),
      story.product.platform.app.clock.now().add({ hours: 24 }),
    );
  assert.equal((await counted())?.total.n, null);
  const page = await visitor(walk, desk);
  await page.goto(`${walk.origin}${link}`);
  await page.getByRole("radio", { name: "Дуже добре" }).check();
  await page.getByRole("button", { name: "Надіслати" }).click();
  await page.waitForURL("**/s/thanks**");
  assert.equal((await counted())?.total.n, 5);
  assert.deepEqual(walk.complaints, []);
});

test("on a phone, by keys alone, a patient who is new gets a card and a visit; a wrong one is taken back at once", async () => {
  const page = await walk.signInAs("yulia", "/visits?new=yes", { width: 360, height: 740 });
  await page.getByRole("button", { name: "Новий пацієнт" }).press("Enter");
  await page.getByRole("button", { name: "Зареєструвати пацієнта" }).press("Enter");
  await page.getByRole("link", { name: "Вкажіть прізвище." }).waitFor();
  await page.getByLabel("Прізвище").fill("Нова");
  await page.getByLabel("Ім'я", { exact: true }).fill("Дарина");
  await page.getByLabel("Дата народження").fill("04.03.1990");
  await page.getByLabel("Телефон").fill("не номер");
  await page.getByRole("button", { name: "Зареєструвати пацієнта" }).press("Enter");
  await page.getByText("Це не схоже на номер телефону").waitFor();
  assert.equal(await page.getByLabel("Прізвище").inputValue(), "Нова");
  assert.deepEqual(await barriers(page), []);
  await page.getByLabel("Телефон").fill("067 765 43 21");
  await page.getByRole("button", { name: "Зареєструвати пацієнта" }).press("Enter");
  await page.getByText("створено").waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Пацієнт" }).inputValue(), "Нова Дарина");
  for (const [label, words] of [
    ["Послуга", "кардіолог"],
    ["Хто приймає", "Бук"],
  ] as const) {
    const field = page.getByRole("combobox", { name: label });
    await field.fill(words);
    await field.press("ArrowDown");
    await field.press("Enter");
  }
  await page.getByLabel("Початок").fill("2020-01-01T10:00");
  await page.getByRole("button", { name: "Відкрити візит" }).press("Enter");
  await page.getByRole("link", { name: /Початок має бути/ }).waitFor();
  const now = story.product.platform.app.clock.now().toZonedDateTimeISO("Europe/Kyiv");
  await page.getByLabel("Початок").fill(now.subtract({ minutes: 20 }).toPlainDateTime().toString().slice(0, 16));
  await page.getByRole("button", { name: "Відкрити візит" }).press("Enter");
  await page.getByRole("heading", { name: /^VIS-/ }).waitFor();
  await page.getByRole("status").getByRole("button", { name: "Скасувати" }).press("Enter");
  await page.getByText("візит скасовано").waitFor();
  await eventually(async () => {
    const { items } = await story.yulia.send(listVisits);
    return items.every(({ patient: { name } }) => name !== "Нова Дарина");
  });
  assert.deepEqual(walk.complaints, []);
});

test("the owner closes a nurse's access and opens it again from the list of people", async () => {
  const page = await walk.signInAs("solomiia", "/members");
  const more = page.getByRole("button", { name: "Що зробити: Олена Гай" });
  const row = page.getByRole("row", { name: /Олена Гай/ });
  await more.click();
  await page.getByRole("menuitem", { name: "Закрити доступ" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Закрити доступ" }).click();
  await row.getByText("доступ закрито").waitFor();
  await story.olena.refused("session.ended", listVisits);
  await more.click();
  await page.getByRole("menuitem", { name: "Відкрити доступ" }).click();
  assert.match(await page.getByRole("dialog").innerText(), /медсестра/);
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("dialog").getByRole("button", { name: "Відкрити доступ" }).click();
  await row.getByText("працює").waitFor();
  const nurse = await walk.signInAs("olena", "/visits");
  await nurse.getByRole("heading", { level: 1, name: "Візити" }).waitFor();
  assert.deepEqual(walk.complaints, []);
});
