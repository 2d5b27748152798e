import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { day, id, language, page, pageOf } from "#core/contract/shapes.ts";

const score = z.number().int().min(1).max(6);
const interval = z.object({ low: z.number(), high: z.number() });

/** A share with its interval and its named denominator; all null where the group is hidden. */
export const share = z.object({
  positive: z.number().int().nullable(),
  n: z.number().int().nullable(),
  share: z.number().nullable(),
  interval: interval.nullable(),
  hidden: z.boolean(),
});

export const survey = z.object({
  id,
  instrument: z.literal("FFT"),
  title: z.object({ uk: z.string(), en: z.string() }),
  state: z.enum(["draft", "live", "paused", "closed"]),
  mode: z.enum(["anonymous", "confidential", "named"]),
  delayMinutes: z.number().int(),
  capDays: z.number().int(),
  quietFromHour: z.number().int(),
  quietUntilHour: z.number().int(),
  expiresDays: z.number().int(),
  version: z.number().int(),
});
export type Survey = z.output<typeof survey>;

export const listSurveys = route({
  act: "survey.list",
  summary: "The clinic's surveys with their send rules.",
  method: "GET",
  path: "/surveys",
  right: "survey:read",
  ledger: { none: "settings only, no person" },
  reply: z.array(survey),
  problems: [],
});
export const setSurvey = route({
  act: "survey.set",
  summary: "Changes the send rule, or pauses and resumes. The mode cannot change once live.",
  method: "PUT",
  path: "/surveys/:id",
  right: "survey:write",
  ledger: { none: "settings only, no person" },
  params: z.object({ id }),
  body: z.object({
    version: z.number().int(),
    state: z.enum(["live", "paused", "closed"]),
    delayMinutes: z.number().int().min(0).max(20160),
    capDays: z.number().int().min(0).max(365),
    quietFromHour: z.number().int().min(0).max(23),
    quietUntilHour: z.number().int().min(0).max(23),
  }),
  reply: survey,
  problems: ["survey.unknown", "survey.changed-meanwhile", "survey.closed"],
});

const resultRow = share.extend({ id: z.string(), name: z.string(), parent: z.string().nullable() });
/** Periods are calendar months, quarters and years only: free ranges would let small groups be subtracted out. */
export const period = z.string().regex(/^\d{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?$/);
export const readResults = route({
  act: "survey.results",
  summary:
    "% positive with Wilson interval and n, by one fixed tree; small groups hidden so that nothing can be subtracted out.",
  method: "GET",
  path: "/surveys/:id/results",
  right: "survey:read",
  ledger: { none: "grouped counts; groups under 5 are hidden together" },
  params: z.object({ id }),
  query: z.object({ period: period.optional() }),
  reply: z.object({
    survey,
    period,
    periods: z.array(period),
    total: share,
    withText: z.number().int().nullable(),
    delivered: z.number().int(),
    answered: z.number().int(),
    answers: z.array(z.object({ score: z.number().int(), n: z.number().int().nullable() })),
    rows: z.array(resultRow),
    hiddenTogether: z.number().int(),
    threshold: z.number().int(),
    weeks: z.array(z.object({ week: day, positive: z.number().int(), n: z.number().int() })),
    compute: z.string(),
  }),
  problems: ["survey.unknown"],
});
export const comment = z.object({
  id,
  text: z.string(),
  score: score,
  on: day,
  where: z.string().nullable(),
  state: z.enum(["new", "thanked", "action", "complaint", "hidden"]),
  wantsAnswer: z.boolean(),
  incident: z.string().nullable(),
});
export const listComments = route({
  act: "response.list",
  summary: "Comments, newest first, under the same hiding rule.",
  method: "GET",
  path: "/comments",
  right: "response:read",
  ledger: { searches: "response" },
  query: page.extend({ state: z.enum(["new", "all"]).default("new") }),
  reply: pageOf(comment).extend({ newCount: z.number().int() }),
  problems: [],
});
export const handleComment = route({
  act: "response.handle",
  summary: "Thanks, turns into an action, or hides with a reason (still counted).",
  method: "POST",
  path: "/comments/:id/handle",
  right: "response:handle",
  about: "response",
  ledger: { writes: "response" },
  params: z.object({ id }),
  body: z.object({ as: z.enum(["thanked", "action", "hidden", "new"]), why: z.string().trim().max(400).optional() }),
  reply: comment,
  problems: ["response.unknown", "response.reason-needed"],
});

/** The answer page: public, found by a one-use token; GET shows, POST acts. */
export const showInvitation = route({
  act: "invitation.show",
  summary: "What the answer page shows.",
  method: "GET",
  path: "/survey-link/:token",
  session: "public",
  right: "public",
  ledger: { none: "nothing personal is read: the promise of anonymity" },
  limit: { per: "address", perMinute: 60 },
  params: z.object({ token: z.string().regex(/^[\w-]{43}$/) }),
  reply: z.object({
    clinic: z.string(),
    title: z.object({ uk: z.string(), en: z.string() }),
    mode: z.string(),
    language,
    where: z.string().nullable(),
  }),
  problems: ["survey.closed"],
});
export const answerSurvey = route({
  act: "response.send",
  summary: "One answer; the link dies with it.",
  method: "POST",
  path: "/survey-link/:token",
  session: "public",
  right: "public",
  ledger: { none: "an anonymous answer leaves no entry: nothing personal is read" },
  limit: { per: "address", perMinute: 20 },
  params: z.object({ token: z.string().regex(/^[\w-]{43}$/) }),
  body: z.object({
    score,
    comment: z.string().max(4000).optional(),
    contact: z.string().trim().max(200).optional(),
    language,
  }),
  reply: z.object({ trackingCode: z.string().nullable() }),
  problems: ["survey.closed"],
});

export const problems = {
  "survey.unknown": { status: 404, uk: "Такого опитування немає.", en: "There is no such survey." },
  "survey.changed-meanwhile": {
    status: 409,
    uk: "Налаштування змінено, поки ви писали.",
    en: "The settings changed while you were writing.",
  },
  "survey.closed": {
    status: 410,
    uk: "Опитування закрито. Дякуємо за бажання відповісти.",
    en: "The survey is closed. Thank you for wanting to answer.",
  },
  "response.unknown": { status: 404, uk: "Такої відповіді немає.", en: "There is no such answer." },
  "response.reason-needed": {
    status: 422,
    uk: "Щоб приховати коментар, вкажіть причину.",
    en: "Give a reason for hiding a comment.",
  },
} satisfies Problems;
