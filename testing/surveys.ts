import assert from "node:assert/strict";
import { asJob } from "#platform/jobs/worker.ts";
import type { Context } from "#platform/http/context.ts";
import { finishVisit, openVisit } from "#product/clinic/visits/contract.ts";
import { visitGround, type VisitGround } from "./visits.ts";
import { eventually, newClinic, type Cast } from "./clinic.ts";
import { makeDefaultSurvey, sendDueInvitations } from "#product/feedback/surveys/index.ts";

export type SurveyStory = Cast & { ground: VisitGround; surveyId: string };
type Where = Pick<Cast, "product" | "clinic">;

/** A clinic whose survey goes out at once, at any hour. */
export async function surveyStory(): Promise<SurveyStory> {
  const cast = await newClinic();
  const ground = await visitGround(cast);
  const surveyId = await cast.product.platform.app.database.transaction({ clinic: cast.clinic.id }, async (db) => {
    const id = await makeDefaultSurvey({ db });
    await db.run(
      db
        .update("feedback.survey")
        .set({ delay_minutes: 0, quiet_from_hour: 0, quiet_until_hour: 0 })
        .where("id", "=", id),
    );
    return id;
  });
  return { ...cast, ground, surveyId };
}

/** A job of the clinic, by hand. `at`: what its clock says. */
export const inJob = <T>(
  story: Where,
  work: (ctx: Context) => Promise<T>,
  at?: Temporal.Instant,
): Promise<T | undefined> =>
  asJob(story.product.platform.app, {
    clinic: story.clinic.id,
    name: "test",
    work: (ctx) => work(at ? { ...ctx, now: at } : ctx),
  });

/** Opens and finishes a visit of a patient; gives its code. */
export async function visitOf(
  story: SurveyStory,
  patientId: string,
  serviceId = story.ground.serviceId,
): Promise<string> {
  const { code } = await story.yulia.send(openVisit, {
    body: { patientId, memberId: story.taras.memberId, serviceId, siteId: story.ground.siteId },
  });
  await story.taras.send(finishVisit, { params: { code }, body: {} });
  return code;
}

export type Invitation = { state: string; why: string | null; department_id: string | null };

/** Invitations of the clinic, once there are that many. */
export const invitations = (story: Where, count: number): Promise<Invitation[]> =>
  eventually(() =>
    story.product.platform.app.database.transaction({ clinic: story.clinic.id }, async (db) => {
      const rows = await db.many(
        db.from("feedback.invitation").select(["state", "why", "department_id"]).orderBy("queued_on"),
      );
      return rows.length >= count ? rows : undefined;
    }),
  );

/** Sends what is due and gives the links of this clinic's letters, `/s/<token>`. */
export async function links(story: Where, count: number): Promise<string[]> {
  await invitations(story, count);
  const { app } = story.product.platform;
  await inJob(story, (ctx) => sendDueInvitations(ctx, app.settings.origin), app.clock.now().add({ seconds: 2 }));
  return app.worker.transaction({ clinic: story.clinic.id }, async (db) => {
    const keys = app.keyring.of(db, story.clinic.id);
    const found: string[] = [];
    for (const row of await db.many(db.from("platform.message").select(["id", "body"]).where("kind", "=", "survey"))) {
      const body = await keys.open("clinic", { thing: "message", id: row.id, field: "body" }, row.body);
      found.push(/\/s\/[\w-]{43}/.exec(body)?.[0] ?? "");
    }
    return found;
  });
}

/** As many patients as links, each with a finished visit. */
export async function manyLinks(story: SurveyStory, count: number): Promise<string[]> {
  for (let at = 0; at < count; at++) await visitOf(story, await story.ground.patient());
  const found = await links(story, count);
  assert.equal(found.length, count);
  return found;
}
