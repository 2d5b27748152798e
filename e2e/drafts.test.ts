// Method: one browser that several people of the demo clinic use after each other, as at a desk. What lies on the device is read as
// anybody could who sits down there: the whole local storage as text.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Page } from "@playwright/test";
import { openBrowser, type Walk } from "./browser.ts";

let walk: Walk;
before(async () => {
  walk = await openBrowser();
});

const onDevice = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
const become = async (page: Page, role: RegExp): Promise<void> => {
  await page
    .getByRole("region", { name: /дивитеся як/ })
    .getByRole("button", { name: role })
    .click();
};
const title = (page: Page) => page.getByRole("textbox", { name: /одним рядком/ });
/** Sealing takes a moment after the last key. */
const kept = (page: Page): Promise<void> =>
  page
    .waitForFunction(() => Object.keys(localStorage).some((name) => name.startsWith("qms.draft.")))
    .then(() => undefined);

test("a text that waits is readable for its writer alone, also after somebody else sat at the same desk", async () => {
  const page = await walk.signInAs("marta", "/actions/new");
  await title(page).fill("Подзвонити пацієнтці Ґалаґан");
  await kept(page);
  assert.doesNotMatch(await onDevice(page), /Подзвонити|Ґалаґан|\\u0413/);
  // a page that is loaded anew goes on where the writer was
  await page.reload();
  assert.equal(await title(page).inputValue(), "Подзвонити пацієнтці Ґалаґан");

  await become(page, /медсестра/);
  await page.getByRole("button", { name: /Олена Гай: мова/ }).waitFor();
  await title(page).waitFor();
  assert.equal(await title(page).inputValue(), "");
  await title(page).fill("Замовити манжети");
  await become(page, /менеджерка з якості/);
  await page.getByRole("button", { name: /Марта Дзвін: мова/ }).waitFor();
  await title(page).waitFor();
  assert.equal(await title(page).inputValue(), "Подзвонити пацієнтці Ґалаґан");
  assert.doesNotMatch(await onDevice(page), /Замовити|Подзвонити/);
});

test("leaving asks first while texts wait: the locked screen keeps them, signing out takes them along", async () => {
  const page = await walk.signInAs("marta", "/actions/new");
  await title(page).fill("Недописана думка");
  await kept(page);
  const leave = async () => {
    await page.getByRole("button", { name: /Марта Дзвін: мова/ }).click();
    await page.getByRole("menuitem", { name: "Вийти" }).click();
  };
  await leave();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Ще не надіслано").waitFor();
  await dialog.getByRole("button", { name: "Заблокувати екран" }).click();
  await page.getByRole("heading", { name: "Екран заблоковано" }).waitFor();
  assert.match(await onDevice(page), /qms\.draft/);
  assert.doesNotMatch(await onDevice(page), /Недописана/);
  await page.getByRole("textbox", { name: "Пароль" }).fill("kalyna-demo-2026");
  await page.getByRole("button", { name: "Розблокувати" }).click();
  await title(page).waitFor();
  assert.equal(await title(page).inputValue(), "Недописана думка");

  await leave();
  await dialog.getByRole("button", { name: "Вийти й видалити" }).click();
  await page.waitForURL("**/sign-in**");
  assert.doesNotMatch(await onDevice(page), /qms\.draft/);
  assert.deepEqual(walk.complaints, []);
});
