import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import type { Db } from "#platform/database/db.ts";
import { newClinic, type Cast } from "#testing/clinic.ts";
import { findPatients, registerPatient } from "./contract.ts";

const person = {
  family: "Ґалаґан",
  given: "Юрій",
  patronymic: "Остапович",
  birthDate: "1985-03-14",
  sex: "m",
} as const;
const register = ({ yulia }: Cast, o: object = {}) =>
  yulia.send(registerPatient, { body: { ...person, ...o }, key: randomUUID() });
const found = async ({ taras }: Cast, words: string): Promise<string[]> =>
  (await taras.send(findPatients, { body: { words } })).items.map(({ code }) => code);

test("a patient is found however the name is written, and by phone, card, birth date and e-mail", async () => {
  const cast = await newClinic();
  const made = await register(cast, { phones: ["067 123-45-67"], emails: ["Yuriy@Example.com"], rnokpp: "1759013776" });
  await register(cast, {
    family: "Шевченко",
    given: "Олена",
    patronymic: "Іванівна",
    birthDate: "1990-01-01",
    sex: "f",
  });
  for (const words of [
    "Ґалаґан",
    "галаган юр",
    "Halahan Yuriy",
    "Galagan",
    "ufkfufy",
    "Остап",
    "0671234567",
    "+380671234567",
    "4567",
    made.code,
    "14.03.1985",
    "1985-03-14",
    "yuriy@example.com",
    "1759013776",
    "Гала 4567",
  ])
    // prettier-ignore
    assert.deepEqual(await found(cast, words), [made.code], words);
  assert.deepEqual(await found(cast, "Ґалаґан Олена"), []);
  assert.deepEqual(await found(cast, "'; drop table clinic.patient; --"), []);
  await cast.taras.refused("patient.words-short", findPatients, { body: { words: "а" } });
});

test("the same birth date alone is nobody's double; with the same phone it is said", async () => {
  const cast = await newClinic();
  await register(cast, { phones: ["0671234567"] });
  assert.equal((await register(cast, { family: "Інший" })).alike, 0);
  assert.equal((await register(cast, { phones: ["+38 067 123 45 67"] })).alike, 1);
});

test("a search shows another clinic's patients to nobody, and only those who may search do", async () => {
  const [cast, other] = [await newClinic(), await newClinic()];
  await register(cast);
  assert.deepEqual(await found(other, "Ґалаґан"), []);
  await cast.ihor.refused("right.missing", findPatients, { body: { words: "Ґалаґан" } });
  await cast.bohdan.refused("right.missing", registerPatient, { body: person, key: randomUUID() });
  await cast.yulia.refused("patient.birth-date", registerPatient, {
    body: { ...person, birthDate: "2090-01-01" },
    key: randomUUID(),
  });
  await cast.yulia.refused("patient.contact", registerPatient, {
    body: { ...person, phones: ["телефон"] },
    key: randomUUID(),
  });
});

test("more patients than a page are not all shown, the newest are", async () => {
  const cast = await newClinic();
  const codes: string[] = [];
  for (let at = 0; at < 52; at++) codes.unshift((await register(cast, { given: `Юрій` })).code);
  const { items, more } = await cast.taras.send(findPatients, { body: { words: "Ґалаґан" } });
  assert.deepEqual([items.map(({ code }) => code), more], [codes.slice(0, 50), true]);
});

test("a sealed name moved to another patient or another field opens nowhere", async () => {
  const cast = await newClinic();
  const { app } = cast.product.platform;
  const [first, second] = [await register(cast), await register(cast, { family: "Шевченко", given: "Олена" })];
  const change = <T>(work: (db: Db) => Promise<T>) => app.database.transaction({ clinic: cast.clinic.id }, work);
  const patient = (db: Db, id: string) =>
    db.one("patient.unknown", db.from("clinic.patient").select(["family", "given"]).where("id", "=", id));
  const put = (db: Db, o: { family?: Buffer; given?: Buffer }) =>
    db.run(db.update("clinic.patient").set(o).where("id", "=", first.id));
  const asked = () => cast.taras.ask(findPatients, { body: { words: first.code } });
  assert.match(JSON.stringify((await asked()).body), /Ґалаґан/);
  const own = await change((db) => patient(db, first.id));
  const others = await change((db) => patient(db, second.id));
  const cut = Buffer.from(own.family.subarray(0, -1));
  const bent = Buffer.from(own.family);
  bent.writeUInt8(bent.readUInt8(bent.length - 1) ^ 1, bent.length - 1);
  for (const moved of [{ family: others.family }, { family: own.given }, { family: cut }, { family: bent }]) {
    await change((db) => put(db, moved));
    const answer = await asked();
    assert.equal(answer.status, 500);
    assert.doesNotMatch(JSON.stringify(answer.body), /Шевченко|Ґалаґан|Юрій/);
    await change((db) => put(db, own));
    assert.equal((await asked()).status, 200);
  }
  assert.doesNotMatch(cast.product.logs(), /Шевченко|Ґалаґан/);
});
