import type { App } from "#platform/start/app.ts";
import { insertSetting, changeSetting } from "#product/control/indicators/queries.ts";
import { act, cast, type Stage } from "./act.ts";
import { fixedWeeksAgo, storeAnswers } from "./answers.ts";
import { findGround, layGround, type Ground } from "./ground.ts";
import { fillHistory } from "./history.ts";
import { casesFirst, tellCase } from "./incidents.ts";
import { tellTheWait } from "./the-wait.ts";
import { demoPassword, demoSlug, findDemoPeople, makeDemoPeople } from "./make-demo.ts";
import { demoRoster } from "./words.ts";

const zone = "Europe/Kyiv";

/** Target and frozen base of the two indicators: the base ends where the fix begins, so that an improvement shows as signal. */
async function setIndicators(stage: Stage): Promise<void> {
  const monday = stage.today.subtract({ days: stage.today.dayOfWeek - 1 });
  const until = monday.subtract({ weeks: fixedWeeksAgo }).subtract({ days: 1 }).toString();
  const settings = [
    { code: "F01", target: "0.9", from: monday.subtract({ weeks: 60 }).toString() },
    { code: "F09", target: null, from: monday.subtract({ weeks: 60 }).toString() },
  ];
  for (const { code, target, from } of settings)
    await act(stage, {
      by: cast.marta,
      at: stage.app.clock.now(),
      work: async (ctx) => {
        await insertSetting(ctx.db, code);
        await changeSetting(ctx.db, code, 1, {
          target,
          owner_id: stage.members.get("marta") ?? null,
          base_from: from,
          base_to: until,
        });
      },
    });
}

const stageOf = (app: App, people: { clinicId: string; members: ReadonlyMap<string, string> }): Stage => ({
  app,
  clinicId: people.clinicId,
  slug: demoSlug,
  members: people.members,
  zone,
  today: app.clock.now().toZonedDateTimeISO(zone).toPlainDate(),
});

export type ToldDemo = { stage: Stage; ground: Ground; surveyId: string };

/** Tells the demo's core into an empty installation; undefined when its people are there already. */
export async function tellDemo(app: App): Promise<ToldDemo | undefined> {
  const made = await makeDemoPeople(app);
  if (!made) return undefined;
  const stage = stageOf(app, made);
  const ground = await layGround(stage);
  const surveyId = await storeAnswers(stage, ground);
  await setIndicators(stage);
  await tellTheWait(stage, ground, surveyId);
  for (const number of casesFirst) await tellCase(stage, number);
  return { stage, ground, surveyId };
}

/** Fills an empty demo installation with its core, then goes on with its past by itself, also after a start that was cut short.
 *  `hint`: the line that says how to sign in. */
export async function fillDemo(app: App): Promise<{ hint: string; past: Promise<void> }> {
  const told = await tellDemo(app);
  const people = told ? undefined : await findDemoPeople(app);
  const stage = told?.stage ?? (people ? stageOf(app, people) : undefined);
  let past = Promise.resolve();
  if (stage) {
    const ground = told?.ground ?? (await findGround(stage));
    past = fillHistory(stage, ground).catch((error: unknown) =>
      app.log.warn({ error: String(error) }, "demo history stopped"),
    );
  }
  const [, quality] = demoRoster;
  const hint = `open ${app.settings.origin}/c/${demoSlug} and choose a person, or sign in as ${quality?.login ?? ""} with ${demoPassword}`;
  return { hint, past };
}
