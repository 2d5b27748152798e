import type { Context } from "#platform/http/context.ts";
import { reachOf } from "#product/clinic/patients/index.ts";
import { visitFacts } from "#product/clinic/visits/index.ts";
import { dropWaiting, insertInvitation, invitedSince, lockPatient, surveyRows } from "./queries.ts";
import { sendTime } from "./send-time.ts";

/** A visit older than this when its end is told (an import) is nobody's fresh memory: no letter. */
const freshHours = 48;

type Visit = Awaited<ReturnType<typeof visitFacts>>;

/** Why this visit's patient must not be asked, or undefined. Never-send first, then the dead, then everybody else. */
async function reasonNotTo(ctx: Context, visit: Visit): Promise<string | undefined> {
  if (visit.service_never) return "service";
  if (visit.never_survey) return "visit";
  const patient = await reachOf(ctx, visit.patient_id);
  if (patient.deceased) return "deceased";
  if (patient.neverSurvey) return "patient";
  if (patient.restricted) return "restricted";
  if (patient.merged) return "merged";
  return undefined;
}

/** Whether an invitation that waited may still go: flags set since it was queued count. */
export async function reasonToHold(ctx: Context, visitId: string): Promise<string | undefined> {
  const visit = await visitFacts(ctx.db, visitId);
  return visit.ended_at === null ? "reopened" : reasonNotTo(ctx, visit);
}

/** After a finished visit: one invitation a live survey, or one held back that says why. Runs twice without harm. */
export async function inviteToSurvey(ctx: Context, { id }: { id: string }): Promise<void> {
  const { patient_id } = await visitFacts(ctx.db, id);
  await lockPatient(ctx.db, patient_id);
  // read under the lock: the end may have been taken back since, and then nobody is asked
  const visit = await visitFacts(ctx.db, id);
  if (visit.ended_at === null) return;
  const ended = Temporal.Instant.from(visit.ended_at);
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate();
  for (const survey of await surveyRows(ctx.db)) {
    if (survey.state !== "live") continue;
    let why = await reasonNotTo(ctx, visit);
    if (!why && ctx.now.since(ended).total("hours") > freshHours) why = "late";
    if (
      !why &&
      survey.cap_days > 0 &&
      (await invitedSince(ctx.db, visit.patient_id, today.subtract({ days: survey.cap_days }).toString()))
    )
      why = "cap";
    const due = sendTime(ended, {
      delayMinutes: survey.delay_minutes,
      quietFromHour: survey.quiet_from_hour,
      quietUntilHour: survey.quiet_until_hour,
      zone: ctx.clinic.zone,
    });
    await insertInvitation(ctx.db, {
      surveyId: survey.id,
      visitId: id,
      patientId: visit.patient_id,
      state: why ? "suppressed" : "queued",
      why: why ?? null,
      queuedOn: today.toString(),
      sendAfter: why ? null : due.toString(),
      siteId: visit.site_id,
      departmentId: visit.department_id,
      serviceId: visit.service_id,
    });
  }
}

/** After a visit was opened again: the letter that waited does not go, and the next end invites anew. Runs twice without harm. */
export async function withdrawInvitation(ctx: Context, { id }: { id: string }): Promise<void> {
  const { patient_id } = await visitFacts(ctx.db, id);
  await lockPatient(ctx.db, patient_id);
  // finished once more before this ran: that end's invitation stands
  if ((await visitFacts(ctx.db, id)).ended_at === null) await dropWaiting(ctx.db, id);
}
