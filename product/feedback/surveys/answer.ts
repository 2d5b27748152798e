import { problem } from "#core/contract/problem.ts";
import type { BodyOf, ReplyGiven } from "#core/contract/route.ts";
import { linkSubject, takeLink } from "#platform/database/link-tokens.ts";
import { anonymousId } from "#platform/database/ids.ts";
import { hashOfSecret, newCode, plainCode } from "#platform/crypto/random.ts";
import { sha256 } from "#platform/crypto/hash.ts";
import type { Context } from "#platform/http/context.ts";
import type * as contract from "./contract.ts";
import { responseReceived } from "./events.ts";
import { insertResponse, invitationPlaces, invitationShown, sentSince } from "./queries.ts";
import { themesOf } from "./themes.ts";

/** A place is kept with an answer when at least so many were invited there in the days before: fewer could be told apart. */
export const placeMin = 5;
export const placeDays = 14;
/** Letters of a tracking code: 60 bits, behind a rate limit. */
const codeLetters = 12;

const linkHash = (token: string): Buffer => {
  const hash = hashOfSecret(token);
  if (!hash) throw problem("link.dead");
  return Buffer.from(hash);
};

/** What the answer page shows. Throws `link.dead` (wrong, used and expired alike), `survey.closed`. */
export async function showInvitation(ctx: Context, token: string): Promise<ReplyGiven<typeof contract.showInvitation>> {
  const id = await linkSubject(ctx.db, { hash: linkHash(token), purpose: "survey", now: ctx.now.toString() });
  if (!id) throw problem("link.dead");
  const found = await invitationShown(ctx.db, id);
  if (found.survey_state !== "live") throw problem("survey.closed");
  return {
    clinic: found.clinic,
    title: { uk: found.title_uk, en: found.title_en },
    mode: found.mode,
    language: found.language === "en" ? "en" : "uk",
    where: found.department,
  };
}

/** One answer; the link dies with it, in the same transaction. What is kept: a random id, the day, the score, the words, and the
 *  narrowest place large enough. Throws `link.dead`, `survey.closed`. */
export async function answerSurvey(
  ctx: Context,
  token: string,
  asked: BodyOf<typeof contract.answerSurvey>,
): Promise<ReplyGiven<typeof contract.answerSurvey>> {
  const invitation = await takeLink(ctx.db, { hash: linkHash(token), purpose: "survey", now: ctx.now.toString() });
  if (!invitation) throw problem("link.dead");
  const places = await invitationPlaces(ctx.db, invitation);
  if (places.survey_state !== "live") throw problem("survey.closed"); // rolls back: the link stays
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate();
  const id = anonymousId();
  const code = asked.wantsAnswer ? newCode(codeLetters) : null;
  const seal = async (field: string, text: string | undefined): Promise<Buffer | null> =>
    text ? ctx.keys.seal("clinic", { thing: "response", id, field }, text) : null;
  await insertResponse(ctx.db, {
    id,
    surveyId: places.survey_id,
    onDate: today.toString(),
    score: asked.score,
    comment: await seal("comment", asked.comment),
    contact: await seal("contact", asked.contact),
    trackingHash: code ? Buffer.from(sha256(Buffer.from(plainCode(code)))) : null,
    language: asked.language,
    themes: themesOf(asked.comment),
    ...(await placeOf(ctx, places, today)),
  });
  ctx.events.add(responseReceived, { id });
  return { trackingCode: code };
}

/** The department if enough were invited there lately, else the site if enough were, else no place. */
async function placeOf(
  ctx: Context,
  places: Awaited<ReturnType<typeof invitationPlaces>>,
  today: Temporal.PlainDate,
): Promise<{ siteId: string | null; departmentId: string | null }> {
  const invited = await sentSince(ctx.db, {
    surveyId: places.survey_id,
    siteId: places.site_id,
    departmentId: places.department_id,
    day: today.subtract({ days: placeDays }).toString(),
  });
  if (places.department_id && invited.department >= placeMin)
    return { siteId: places.site_id, departmentId: places.department_id };
  return { siteId: places.site_id && invited.site >= placeMin ? places.site_id : null, departmentId: null };
}
