// Method: people of the demo clinic in a real Chromium against the running product. Where a story says "by keyboard", no pointer
// is used: controls are focused and pressed. What others do meanwhile comes by signed requests or from a second browser.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Page } from "@playwright/test";
import { readAction } from "#product/control/actions/contract.ts";
import { readIncident, reportIncident, triageIncident } from "#product/control/incidents/contract.ts";
import { barriers, openBrowser, type Walk } from "./browser.ts";

let walk: Walk;
before(async () => {
  walk = await openBrowser();
});

const reported = async (title: string): Promise<string> => {
  const olena = await walk.person("olena");
  return (await olena.send(reportIncident, { body: { title, type: "DOC", harm: "none", place: "Процедурна" } })).code;
};

const press = async (page: Page, name: string): Promise<void> => {
  const button = page.getByRole("button", { name, exact: true, disabled: false }).last();
  await button.focus();
  await page.keyboard.press("Enter");
};
/** Opens a list by its arrow and walks to an option, as a keyboard does. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page
    .getByRole("combobox", { name: label })
    .or(page.getByRole("textbox", { name: label }))
    .first()
    .focus();
  await page.keyboard.press("ArrowDown");
  const wanted = page.getByRole("option", { name: option }).first();
  await wanted.waitFor();
  for (let at = 0; at < 25 && (await wanted.getAttribute("data-combobox-selected")) === null; at++)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}
const write = async (page: Page, name: string, text: string): Promise<void> => {
  await page.getByRole("textbox", { name, exact: true }).focus();
  await page.keyboard.insertText(text);
};

test("an incident goes from triage over an action to closed by keyboard alone", async () => {
  const code = await reported("Двічі надруковано згоду");
  const page = await walk.signInAs("marta", `/incidents/${code}`);
  await press(page, "Розібрати");
  await choose(page, "Шкода можлива", "легка");
  await choose(page, "Повториться", "навряд");
  await page.getByRole("radio", { name: "не стосується" }).focus();
  await page.keyboard.press("Space");
  await press(page, "Розібрати");
  await page.getByRole("heading", { name: "Чому так сталося" }).waitFor();

  await press(page, "Завершити аналіз");
  await page.getByRole("alert").filter({ hasText: "Потрібне пояснення." }).waitFor();
  await write(page, "Чому без аналізу причин", "Випадок одиничний, причина видима.");
  await page.getByRole("link", { name: "Запропонувати дію" }).focus();
  await page.keyboard.press("Enter");
  await write(page, "Що зробити, одним рядком", "Прибрати другу кнопку друку");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/incidents/${code}`);

  await press(page, "Завершити аналіз");
  await page.getByRole("heading", { name: "Відповідь заявнику" }).waitFor();
  await write(page, "Відповідь заявнику", "Дякуємо: другу кнопку приберуть.");
  await press(page, "Надіслати відповідь");
  await write(page, "Урок", "Дві однакові кнопки поруч натискають обидві.");
  await press(page, "Закрити подію");
  const guard = page.getByRole("alert").filter({ hasText: "Ще не вирішено дій: 1." });
  await guard.waitFor();
  await press(page, "Перейти туди");
  await page.locator("#part-actions:focus").waitFor();
  assert.deepEqual(await barriers(page), []);

  await page.getByRole("link", { name: "Прибрати другу кнопку друку" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/actions/**");
  const action = page.url().split("/").at(-1) ?? "";
  await press(page, "Ще");
  await page.getByRole("menuitem", { name: "Відхилити" }).focus();
  await page.keyboard.press("Enter");
  await write(page, "Причина", "Кнопку вже прибрали.");
  await press(page, "Відхилити");
  await page.getByText("Відхилено: Кнопку вже прибрали.").waitFor();

  await page.goBack();
  await press(page, "Закрити подію");
  await page.getByText("Подію закрито").first().waitFor();
  const marta = await walk.person("marta");
  assert.equal((await marta.send(readIncident, { params: { code } })).state, "closed");
  assert.equal((await marta.send(readAction, { params: { code: action } })).state, "declined");
});

test("the register is walked by J and K, chosen by X and opened by Enter, and its filters stand in the address", async () => {
  await reported("Згоду підписано після процедури");
  const newest = await reported("Етикетку наклеєно поверх дати");
  const page = await walk.signInAs("marta", "/incidents");
  const rows = page.getByRole("row");
  await rows.nth(2).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByRole("toolbar", { name: "2 події" }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Вивантажити", exact: true }).click();
  assert.equal((await download).suggestedFilename(), "podii.csv");
  assert.deepEqual(await barriers(page), []);

  await page.getByRole("searchbox").fill("Етикетку");
  await page.waitForURL((url) => url.searchParams.get("text") === "Етикетку");
  await rows.nth(1).getByText("Етикетку наклеєно поверх дати").waitFor();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/incidents/${newest}`);
});

test("two people write at once: both texts are shown, and mine is sent when I say so", async () => {
  const code = await reported("Направлення без дати");
  const marta = await walk.person("marta");
  const before = await marta.send(readIncident, { params: { code } });
  await marta.send(triageIncident, {
    params: { code },
    body: {
      version: before.version,
      type: "DOC",
      actualHarm: "none",
      potentialHarm: "low",
      likelihood: "rare",
      tellPatient: "n/a",
      leadId: marta.memberId,
    },
  });
  const one = await walk.signInAs("marta", `/incidents/${code}`);
  const other = await walk.signInAs("marta", `/incidents/${code}`);
  await one.getByRole("textbox", { name: "Висновок" }).fill("Дату не питали.");
  await one.getByRole("textbox", { name: "Чому без аналізу причин" }).fill("Причина видима.");
  await one.getByRole("textbox", { name: "Чому без дій" }).fill("Уже виправлено.");
  await other.getByRole("button", { name: "Ще", exact: true }).click();
  await other.getByRole("menuitem", { name: "Почати аналіз" }).click();
  await other.getByText("Почато аналіз").first().waitFor();

  await one.getByRole("button", { name: "Завершити аналіз" }).click();
  const conflict = one.getByRole("region", { name: /зміна о/ });
  await conflict.getByText("«Почато аналіз»").waitFor();
  await conflict.getByText("Дату не питали.").waitFor();
  assert.deepEqual(await barriers(one), []);
  await conflict.getByRole("button", { name: "Лишити моє" }).click();
  await one.getByText("Аналіз завершено").first().waitFor();
  const now = await marta.send(readIncident, { params: { code } });
  assert.equal(now.state, "actions");
  assert.equal(now.conclusion, "Дату не питали.");
});

test("what one person reports appears on another's open page by itself", async () => {
  const page = await walk.signInAs("marta", "/incidents");
  await page.getByRole("table").waitFor();
  const code = await reported("Вимірювач тиску не повірено");
  await page.getByRole("cell", { name: code, exact: true }).waitFor();
});

test("a report on a phone is kept until it is sent, and answers with a code and a date", async () => {
  const page = await walk.signInAs("olena", "/incidents/new", { width: 360, height: 740 });
  await page.getByRole("button", { name: "Надіслати" }).click();
  await page.locator(".q-error-summary:focus").waitFor();
  await page.getByRole("textbox", { name: "Що сталося, одним рядком" }).fill("Слизька підлога біля входу");
  await page.reload();
  const title = page.getByRole("textbox", { name: "Що сталося, одним рядком" });
  assert.equal(await title.inputValue(), "Слизька підлога біля входу");
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("button", { name: "Надіслати" }).click();
  await page
    .getByText(/^INC-\d{4}$/)
    .first()
    .waitFor();
  await page.getByText("Ми відповімо до").waitFor();
});

test("no page of these walks complained into its console", () => assert.deepEqual(walk.complaints, []));
