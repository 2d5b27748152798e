import { newSecret } from "#platform/crypto/random.ts";
import { dropExpiredLinks, insertLink, subjectsWithLink } from "#platform/database/link-tokens.ts";
import type { Context } from "#platform/http/context.ts";
import { writeLetter } from "#platform/mail/write-letter.ts";
import { emailOf, reachOf } from "#product/clinic/patients/index.ts";
import { reasonToHold } from "./invite.ts";
import {
  clinicName,
  closeInvitations,
  dropWaiting,
  dueInvitations,
  expireInvitations,
  sentInvitations,
  setInvitation,
  surveyRow,
} from "./queries.ts";
import { isQuiet, sendTime } from "./send-time.ts";

/** Invitations a tick turns into letters; the next minute takes the next ones. */
const perTick = 200;
const closedAtOnce = 1000;
/** Comes before every id. */
const firstId = "00000000-0000-0000-0000-000000000000";
/** The hour of the night in which answered and expired invitations are closed: no time of an answer can be read from it. */
export const closingHour = 3;

/** Letters of the invitations whose time has come: one-use link, no health fact, no service name. Gives how many left. */
export async function sendDueInvitations(ctx: Context, origin: string): Promise<number> {
  let sent = 0;
  for (const row of await dueInvitations(ctx.db, ctx.now.toString(), perTick))
    if (await sendOne(ctx, row, origin)) sent++;
  return sent;
}

type Due = Awaited<ReturnType<typeof dueInvitations>>[number];

async function sendOne(ctx: Context, row: Due, origin: string): Promise<boolean> {
  const hold = async (why: string): Promise<false> => {
    await setInvitation(ctx.db, row.id, { state: "suppressed", why });
    return false;
  };
  if (row.patient_id === null || row.visit_id === null) return hold("patient");
  const survey = await surveyRow(ctx.db, row.survey_id);
  if (survey.state !== "live") return hold("paused");
  const why = await reasonToHold(ctx, row.visit_id);
  if (why === "reopened") {
    await dropWaiting(ctx.db, row.visit_id);
    return false;
  }
  if (why) return hold(why);
  const rule = {
    delayMinutes: 0,
    quietFromHour: survey.quiet_from_hour,
    quietUntilHour: survey.quiet_until_hour,
    zone: ctx.clinic.zone,
  };
  const local = ctx.now.toZonedDateTimeISO(ctx.clinic.zone);
  // the process may have been away at the hour that was planned
  if (isQuiet(local.hour, rule)) {
    await setInvitation(ctx.db, row.id, { state: "queued", sendAfter: sendTime(ctx.now, rule).toString() });
    return false;
  }
  const email = await emailOf(ctx, row.patient_id, "survey");
  if ("why" in email) return hold(email.why);
  const { secret, hash } = newSecret();
  const expiresAt = ctx.now.add({ hours: survey.expires_days * 24 }).toString();
  await insertLink(ctx.db, {
    hash: Buffer.from(hash),
    purpose: "survey",
    subjectType: "invitation",
    subjectId: row.id,
    expiresAt,
  });
  const { language } = await reachOf(ctx, row.patient_id);
  await writeLetter(ctx, {
    kind: "survey",
    to: email.address,
    facts: { language, clinic: await clinicName(ctx.db), link: `${origin}/s/${secret}`, days: survey.expires_days },
  });
  await setInvitation(ctx.db, row.id, { state: "sent", sentOn: local.toPlainDate().toString(), expiresAt });
  ctx.ledger.subject(row.patient_id);
  ctx.ledger.about("invitation", row.id);
  return true;
}

/** Closes invitations whose link was used and lets the others expire. */
export async function closeAnswered(ctx: Context): Promise<void> {
  const now = ctx.now.toString();
  await expireInvitations(ctx.db, now);
  await dropExpiredLinks(ctx.db, "survey", now);
  let after = firstId;
  for (;;) {
    const ids = (await sentInvitations(ctx.db, after, closedAtOnce)).map(({ id }) => id);
    const living = await subjectsWithLink(ctx.db, "invitation", ids);
    await closeInvitations(
      ctx.db,
      ids.filter((id) => !living.has(id)),
    );
    const last = ids.at(-1);
    if (last === undefined || ids.length < closedAtOnce) return;
    after = last;
  }
}
