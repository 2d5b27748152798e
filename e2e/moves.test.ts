// Method: each move that a case, an action, a member, an import or an indicator offers is made on screen by a person of the demo
// clinic, and asked for afterwards by a signed request. Nothing is sent that the screen does not offer.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Page } from "@playwright/test";
import { readImport } from "#product/clinic/imports/contract.ts";
import { listMembers } from "#product/clinic/members/contract.ts";
import { readAction } from "#product/control/actions/contract.ts";
import { readIncident } from "#product/control/incidents/contract.ts";
import { readIndicator } from "#product/control/indicators/contract.ts";
import { eventually, type Person } from "#testing/clinic.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let marta: Person;
before(async () => {
  stage = await openStage();
  marta = await stage.person("marta");
});

const click = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true, disabled: false }).last().click();
/** Opens the menu of further moves and takes one. */
async function move(page: Page, name: string): Promise<void> {
  await click(page, "Ще");
  await page.getByRole("menuitem", { name, exact: true }).click();
}
const fill = (page: Page, name: string, text: string) =>
  page.getByRole("textbox", { name, exact: true }).last().fill(text);
const choose = async (page: Page, label: string): Promise<void> => {
  await page
    .getByRole("combobox", { name: label })
    .or(page.getByRole("textbox", { name: label }))
    .last()
    .click();
  await page.getByRole("option").first().click();
};
const incidentState = async (code: string) => (await marta.send(readIncident, { params: { code } })).state;
const actionState = async (code: string) => (await marta.send(readAction, { params: { code } })).state;
const until = (state: () => Promise<string>, wanted: string) => eventually(async () => (await state()) === wanted);

test("a case is merged, taken back by the toast, rejected, and opened again", async () => {
  const code = stage.incidents.reported;
  const page = await stage.signInAs("marta", `/incidents/${code}`);
  await move(page, "Об'єднати");
  await fill(page, "Код події, яка лишається", stage.incidents.analysed);
  await click(page, "Об'єднати");
  await until(() => incidentState(code), "merged");
  await click(page, "Скасувати");
  await until(() => incidentState(code), "reported");

  await move(page, "Відхилити");
  await page.getByRole("radio", { name: "проба" }).check();
  await fill(page, "Відповідь заявнику", "Дякуємо, це була проба.");
  await click(page, "Відхилити");
  await until(() => incidentState(code), "rejected");
  await click(page, "Відкрити знову");
  await fill(page, "Причина", "Таки подія.");
  await click(page, "Відкрити знову");
  await until(() => incidentState(code), "triaged");
});

test("a red case is told to the patient and looked into by two", async () => {
  const code = stage.incidents.red;
  const page = await stage.signInAs("marta", `/incidents/${code}`);
  await move(page, "Записати, що пацієнту сказано");
  await fill(page, "Хто, коли й що сказав", "Лікар Бук сказав сьогодні під час візиту.");
  await click(page, "Записати, що пацієнту сказано");
  await eventually(async () => (await marta.send(readIncident, { params: { code } })).patientToldAt);
  await click(page, "Почати аналіз");
  await choose(page, "Хто ще розбирає");
  await click(page, "Почати аналіз");
  await until(() => incidentState(code), "investigating");
});

test("an action is planned, begun, postponed, finished, refuted and withdrawn", async () => {
  const { planned, doing, checking } = stage.actions;
  const page = await stage.signInAs("marta", `/actions/${planned}`);
  await click(page, "Почати");
  await until(() => actionState(planned), "doing");
  await move(page, "Перенести строк");
  await page.getByLabel("Новий строк").last().fill("31.12.2031");
  await page.keyboard.press("Enter");
  await fill(page, "Причина", "Бланки ще друкують.");
  await click(page, "Перенести строк");
  await eventually(async () => (await marta.send(readAction, { params: { code: planned } })).dueOn === "2031-12-31");

  await page.goto(`${stage.origin}/c/kalyna/actions/${doing}`);
  await click(page, "Завершити");
  await fill(page, "Доказ", "Старі бланки вилучено з усіх кабінетів.");
  await click(page, "Завершити");
  await until(() => actionState(doing), "checking");
  await click(page, "Скасувати");
  await until(() => actionState(doing), "doing");
  await move(page, "Зняти");
  await fill(page, "Причина", "Бланків більше немає.");
  await click(page, "Зняти");
  await until(() => actionState(doing), "withdrawn");

  await page.goto(`${stage.origin}/c/kalyna/actions/${checking}`);
  await click(page, "Підтвердити ефект");
  await fill(page, "Примітка", "Помилок більше немає.");
  await click(page, "Підтвердити ефект");
  await until(() => actionState(checking), "effective");
  await page.getByText("Ефект підтверджено").first().waitFor();
  await move(page, "Не подіяла");
  await page.getByLabel("Новий строк").last().fill("31.12.2031");
  await page.keyboard.press("Enter");
  await fill(page, "Причина", "Дату знову пропускають.");
  await click(page, "Не подіяла");
  await until(() => actionState(checking), "planned");
});

test("limits are counted anew with a reason, and the toast takes that back", async () => {
  const page = await stage.signInAs("marta", "/indicators/F01");
  const before = (await marta.send(readIndicator, { params: { code: "F01" } })).rebases.length;
  const rebases = async () => (await marta.send(readIndicator, { params: { code: "F01" } })).rebases.length;
  await click(page, "Перерахувати межі");
  await click(page, "Перерахувати");
  await page.getByText("Напишіть, чому").first().waitFor();
  await page
    .getByRole("combobox", { name: "З якої точки" })
    .or(page.getByRole("textbox", { name: "З якої точки" }))
    .last()
    .click();
  await page.getByRole("option").nth(30).click();
  await fill(page, "Чому", "Новий графік діє.");
  await click(page, "Перерахувати");
  await eventually(async () => (await rebases()) === before + 1);
  await click(page, "Скасувати");
  await eventually(async () => (await rebases()) === before);
});

test("an import is undone on screen, and its run says what it removed", async () => {
  const page = await stage.signInAs("marta", `/import?run=${stage.importRun}`);
  await click(page, "Скасувати імпорт");
  await page.getByRole("dialog").getByRole("button", { name: "Скасувати імпорт" }).click();
  await page.getByText("Імпорт скасовано").waitFor();
  await page.getByText(/^прибрано \d/).waitFor();
  assert.equal((await marta.send(readImport, { params: { id: stage.importRun } })).state, "undone");
});

test("the owner invites a colleague, changes what she may do, and shuts her out", async () => {
  const page = await stage.signInAs("solomiia", "/members");
  const known = async () =>
    (await (await stage.person("solomiia")).send(listMembers)).find(({ name }) => name === "Віра Мак");
  await click(page, "Запросити");
  await fill(page, "Пошта", "vira.mak@kalyna.example");
  await fill(page, "Прізвище та ім'я", "Віра Мак");
  await page.getByRole("checkbox", { name: "лікар" }).check();
  await click(page, "Надіслати запрошення");
  await eventually(async () => (await known())?.state === "active");
  const moves = page.getByRole("button", { name: "Що зробити: Віра Мак" });
  await moves.click();
  await page.getByRole("menuitem", { name: "Змінити доступ" }).click();
  await page.getByRole("dialog").getByRole("checkbox", { name: "медсестра" }).check();
  await click(page, "Зберегти");
  await eventually(async () => (await known())?.types.includes("nurse"));
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await moves.click();
  await page.getByRole("menuitem", { name: "Закрити доступ" }).click();
  await click(page, "Закрити доступ");
  await eventually(async () => (await known())?.state === "suspended");
});

test("keys without Ctrl rest when they are switched off, and act again when switched on", async () => {
  const page = await stage.signInAs("marta", "/incidents");
  await page.getByRole("table").waitFor();
  const help = page.getByRole("dialog", { name: "Клавіші" });
  await page.keyboard.press("?");
  await help.getByRole("switch").uncheck();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await page.keyboard.press("?");
  await page.keyboard.press("c");
  assert.equal(await page.getByRole("dialog").or(page.getByRole("menu")).count(), 0);
  await page.getByRole("button", { name: "Допомога" }).click();
  await help.getByRole("switch").check();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await page.keyboard.press("?");
  await help.waitFor();
});

test("no page of these walks complained into its console", () => assert.deepEqual(stage.complaints, []));
