import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { BodySent } from "#core/contract/route.ts";
import { newId } from "#platform/database/ids.ts";
import { createClinic } from "#product/clinic/clinics/index.ts";
import { registerPatient } from "#product/clinic/patients/contract.ts";
import { finishVisit, openVisit, setNeverSurvey } from "#product/clinic/visits/contract.ts";
import {
  createAction,
  declineAction,
  finishAction,
  listActions,
  planAction,
  startAction,
} from "#product/control/actions/contract.ts";
import {
  addFactor,
  addTimelineLine,
  investigateIncident,
  mergeIncident,
  rejectIncident,
  reportIncident,
  triageIncident,
} from "#product/control/incidents/contract.ts";
import { beginFeedbackImport, finishFeedbackImport, sendFeedbackRows } from "#product/feedback/surveys/contract.ts";
import { insertTypes } from "#product/identity/memberships/index.ts";
import { insertPerson, setPassword } from "#product/identity/people/index.ts";
import type { Person } from "#testing/clinic.ts";
import { links } from "#testing/surveys.ts";
import { openTold, type Walk } from "./browser.ts";

/** The demo clinic with something in every state a screen can show, and a person whose clinics are still empty. */
export type Stage = Walk & {
  incidents: Record<"reported" | "red" | "analysed" | "closed" | "merged" | "rejected", string>;
  actions: Record<"new" | "planned" | "doing" | "checking" | "effective" | "declined", string>;
  visits: { open: string; finished: string; unasked: string };
  importRun: string;
  /** Path of an invitation that waits for its answer. */
  invitation: string;
  newcomer: { login: string; password: string; slug: string };
};

export async function openStage(): Promise<Stage> {
  const told = await openTold();
  const [marta, olena] = [await told.person("marta"), await told.person("olena")];
  return {
    ...told,
    incidents: await makeIncidents(marta, olena),
    actions: await makeActions(marta, olena),
    importRun: await importAnswers(marta),
    ...(await makeVisits(told)),
    newcomer: await makeNewcomer(told),
  };
}

const report = async (person: Person, title: string): Promise<string> =>
  (
    await person.send(reportIncident, {
      body: {
        title,
        type: "DOC",
        harm: "low",
        place: "Процедурна",
        story: "Помітили перед процедурою, під час звірки. Пацієнт чекав десять хвилин.",
      },
    })
  ).code;

async function makeIncidents(marta: Person, olena: Person): Promise<Stage["incidents"]> {
  const triage = {
    type: "DOC",
    actualHarm: "low",
    potentialHarm: "moderate",
    likelihood: "rare",
    leadId: marta.memberId,
  } as const;
  const red = await report(olena, "Згоду підписано за іншого пацієнта");
  await marta.send(triageIncident, {
    params: { code: red },
    body: { ...triage, version: 1, actualHarm: "severe", potentialHarm: "severe", tellPatient: "yes" },
  });
  const analysed = await report(olena, "Направлення без дати народження");
  const triaged = await marta.send(triageIncident, {
    params: { code: analysed },
    body: { ...triage, version: 1, tellPatient: "n/a" },
  });
  await marta.send(investigateIncident, { params: { code: analysed }, body: { version: triaged.version } });
  const first = await marta.send(addFactor, {
    params: { code: analysed },
    body: { text: "Поле дати не обов'язкове", factor: "task" },
  });
  const parentId = first.factors[0]?.id;
  assert(parentId);
  await marta.send(addFactor, {
    params: { code: analysed },
    body: { text: "Бланк старіший за порядок", factor: "equipment", parentId },
  });
  await marta.send(addTimelineLine, {
    params: { code: analysed },
    body: { happenedAt: new Date(Date.now() - 3_600_000).toISOString(), text: "Направлення видано без дати" },
  });
  const merged = await report(olena, "Направлення знову без дати");
  await marta.send(mergeIncident, { params: { code: merged }, body: { version: 1, into: analysed } });
  const rejected = await report(olena, "Проба форми");
  await marta.send(rejectIncident, {
    params: { code: rejected },
    body: { version: 1, reason: "test", answer: "Дякуємо, це була проба." },
  });
  const { items } = await marta.send(listActions, { query: { state: "all", limit: "200" } });
  const closed = items.find(({ state }) => state === "effective")?.source.label;
  assert(closed, "the demo tells one case to its proven end");
  return { reported: await report(olena, "Двічі надруковано згоду"), red, analysed, closed, merged, rejected };
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function makeActions(marta: Person, olena: Person): Promise<Stage["actions"]> {
  const propose = async (title: string) =>
    (await marta.send(createAction, { body: { title, kind: "corrective", source: { type: "own" } } })).code;
  const plan = async (title: string, owner: Person) => {
    const code = await propose(title);
    const body: BodySent<typeof planAction> = {
      version: 1,
      ownerId: owner.memberId,
      dueOn: inDays(2),
      category: "checklist",
      effect: { indicator: "F01", direction: "increase", checkOn: inDays(30) },
    };
    return marta.send(planAction, { params: { code }, body });
  };
  const begin = async (title: string, owner: Person) => {
    const { code, version } = await plan(title, owner);
    return owner.send(startAction, { params: { code }, body: { version } });
  };
  const declined = await propose("Повісити ще одне оголошення");
  await marta.send(declineAction, {
    params: { code: declined },
    body: { version: 1, reason: "Оголошень уже чотири." },
  });
  const checking = await begin("Дата народження в шапці бланка", olena);
  await olena.send(finishAction, {
    params: { code: checking.code },
    body: { version: checking.version, evidence: "Новий бланк у всіх кабінетах" },
  });
  const { items } = await marta.send(listActions, { query: { state: "all", limit: "200" } });
  const effective = items.find(({ state }) => state === "effective")?.code;
  assert(effective);
  return {
    new: await propose("Прибрати другу кнопку друку"),
    planned: (await plan("Звіряти бланк із карткою вголос", marta)).code,
    doing: (await begin("Замінити старі бланки направлень", marta)).code,
    checking: checking.code,
    effective,
    declined,
  };
}

/** Answers of another system, two of them with faults, so that a run has something to say. */
async function importAnswers(marta: Person): Promise<string> {
  const { id } = await marta.send(beginFeedbackImport, { body: { fileName: "vidhuky-2026.csv", source: "test" } });
  const key = (no: number) => createHash("sha256").update(`row ${no}`).digest("hex");
  const row = (no: number, rating: string) => ({
    no,
    key: key(no),
    service: "Прийом терапевта",
    rating,
    date: inDays(-9),
  });
  await marta.send(sendFeedbackRows, {
    params: { id },
    body: { rows: [row(1, "1"), row(2, "2"), row(3, "дев'ять"), row(4, "0"), { ...row(5, "1"), date: "32.13.2026" }] },
  });
  await marta.send(finishFeedbackImport, { params: { id }, body: {} });
  return id;
}

type Told = Awaited<ReturnType<typeof openTold>>;

/** One visit that goes on, one that is over, and the letter that followed it. */
async function makeVisits(told: Told): Promise<Pick<Stage, "visits" | "invitation">> {
  const { stage, ground, surveyId } = told;
  const [yulia, taras] = [await told.person("yulia"), await told.person("taras")];
  const at = { clinic: stage.clinicId };
  await stage.app.database.transaction(at, (db) =>
    db.run(
      db
        .update("feedback.survey")
        .set({ delay_minutes: 0, quiet_from_hour: 0, quiet_until_hour: 0 })
        .where("id", "=", surveyId),
    ),
  );
  const place = ground.departments.get("cardio");
  assert(place?.serviceIds[0]);
  const { id: patientId } = await yulia.send(registerPatient, {
    body: {
      family: "Ґонта",
      given: "Їжакевич-Наддніпрянський",
      birthDate: "1961-03-04",
      sex: "m",
      emails: ["honta@patient.example"],
      phones: ["+380001234567"],
    },
  });
  const body = { patientId, memberId: taras.memberId, serviceId: place.serviceIds[0], siteId: place.siteId };
  const finished = await yulia.send(openVisit, { body });
  await taras.send(finishVisit, { params: { code: finished.code }, body: {} });
  const open = await yulia.send(openVisit, { body });
  // nobody is asked about this one, so no letter stands in the way of opening it again
  const unasked = await yulia.send(openVisit, { body });
  await taras.send(setNeverSurvey, { params: { code: unasked.code }, body: { neverSurvey: true } });
  await taras.send(finishVisit, { params: { code: unasked.code }, body: {} });
  const [invitation = ""] = await links({ product: told.product, clinic: { id: stage.clinicId, slug: stage.slug } }, 1);
  return { visits: { open: open.code, finished: finished.code, unasked: unasked.code }, invitation };
}

/** Somebody with two clinics in which nothing has happened yet. */
async function makeNewcomer({ product }: Walk): Promise<Stage["newcomer"]> {
  const { app } = product.platform;
  const [id, login, password, name] = [newId(), "lada.verba@verba.example", "тихий ранок над ставом 7", "Лада Верба"];
  const [bidx, hashed] = [app.vault.login(login), await app.passwords.hash(password)];
  assert(bidx && !("busy" in hashed));
  await app.database.transaction({ person: id }, async (db) => {
    await insertPerson(db, {
      id,
      bidx,
      login: app.vault.seal(id, "login", login),
      name: app.vault.seal(id, "name", name),
      language: "uk",
    });
    await setPassword(db, id, hashed.stored);
  });
  for (const [slug, clinic] of [
    ["verba", "Верба"],
    ["lypa", "Медичний центр «Липа над Россю»"],
  ] as const) {
    const { clinicId, memberId } = await createClinic(app.database, {
      clinic: { name: clinic, slug, country: "UA", zone: "Europe/Kyiv", languages: ["uk", "en"] },
      personId: id,
      ownerName: name,
    });
    await app.database.transaction({ clinic: clinicId }, (db) =>
      insertTypes(db, memberId, [{ type: "quality" }], null),
    );
  }
  return { login, password, slug: "verba" };
}
