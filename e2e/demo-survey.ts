import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { sql } from "kysely";
import {
  beginFeedbackImport,
  finishFeedbackImport,
  listSurveys,
  sendFeedbackRows,
} from "#product/feedback/surveys/contract.ts";
import type { SurveyStory } from "#testing/surveys.ts";
import { visitGround } from "#testing/visits.ts";
import type { Walk } from "./browser.ts";

/** The demo clinic with a place for visits, and its survey going out at once, at any hour. */
export async function surveyOfDemo(walk: Walk): Promise<SurveyStory> {
  const { product } = walk;
  const { app } = product.platform;
  const person = walk.person;
  const marta = await person("marta");
  const [survey] = await marta.send(listSurveys);
  assert(survey);
  const found = await app.worker.outside((db) => db.many(sql<{ id: string }>`select id from app.find_clinics()`));
  const id = found[0]?.id;
  assert(id);
  const cast = {
    product,
    clinic: { id, slug: "kalyna" },
    marta,
    solomiia: await person("solomiia"),
    taras: await person("taras"),
    olena: await person("olena"),
    yulia: await person("yulia"),
    bohdan: await person("bohdan"),
    hanna: await person("hanna"),
    ihor: await person("ihor"),
  };
  await app.database.transaction({ clinic: id }, (db) =>
    db.run(
      db
        .update("feedback.survey")
        .set({ delay_minutes: 0, quiet_from_hour: 0, quiet_until_hour: 0 })
        .where("id", "=", survey.id),
    ),
  );
  return { ...cast, ground: await visitGround(cast), surveyId: survey.id };
}

/** A visitor's own browser: no session, nothing kept. */
export async function visitor(walk: Walk, from: Page): Promise<Page> {
  const browser = from.context().browser();
  assert(browser);
  const page = await (await browser.newContext({ locale: "uk-UA" })).newPage();
  page.on("pageerror", (error) => walk.complaints.push(String(error)));
  return page;
}

/** Answers of another system's table: so many of a service, all of one day, three days ago unless said. */
export async function imported(
  story: SurveyStory,
  answers: Readonly<Record<string, number>>,
  daysAgo = 3,
): Promise<void> {
  const day = story.product.platform.app.clock.now().toZonedDateTimeISO("Europe/Kyiv").toPlainDate();
  const date = day.subtract({ days: daysAgo }).toString();
  const { id } = await story.marta.send(beginFeedbackImport, { body: { fileName: "vidhuky.csv", source: "test" } });
  const services = Object.entries(answers).flatMap(([service, n]) => Array.from({ length: n }, () => service));
  const rows = services.map((service, at) => ({
    no: at + 1,
    key: createHash("sha256").update(`${service} ${at}`).digest("hex"),
    service,
    rating: at % 4 === 0 ? "4" : "1",
    date,
  }));
  await story.marta.send(sendFeedbackRows, { params: { id }, body: { rows } });
  await story.marta.send(finishFeedbackImport, { params: { id }, body: {} });
}
