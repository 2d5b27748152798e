import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import {
  day,
  id,
  language,
  lineOf,
  page,
  pageOf,
  proseOf,
  proseOrNothing,
  version,
  whole,
} from "#core/contract/shapes.ts";

const score = z.number().int().min(1).max(6);
/** One line that may be empty: how to reach a person who asked for it. */
const contactLine = lineOf(200, 0);
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
  body: z.strictObject({
    version,
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
  query: z.strictObject({ period: period.optional() }),
  reply: z.object({
    survey,
    period,
    periods: z.array(period),
    total: share,
    /** The last day counted. Answers by link count from the day after: a figure that moves at once would tell who moved it. */
    through: day,
    /** What the tree is cut by here: a month shows the whole clinic alone. */
    groups: z.enum(["shown", "whole-clinic-only"]),
    withText: z.number().int().nullable(),
    delivered: z.number().int(),
    /** Answers by link among them; null where so few would be told apart. */
    answered: z.number().int().nullable(),
    answers: z.array(z.object({ score: z.number().int(), n: z.number().int().nullable() })),
    rows: z.array(resultRow),
    hiddenTogether: z.number().int(),
    threshold: z.number().int(),
    weeks: z.array(z.object({ week: day, positive: z.number().int(), n: z.number().int() })),
    compute: z.string(),
  }),
  problems: ["survey.unknown"],
});
/** What people write about. Found in the text by the beginnings of its words. */
export const themes = ["explanation", "waiting", "courtesy", "price", "comfort", "booking", "treatment"] as const;
export type Theme = (typeof themes)[number];
const theme = z.enum(themes);
export const readThemes = route({
  act: "survey.themes",
  summary:
    "What people write about in a calendar period, praising or asking, for the whole clinic; nothing where so few wrote.",
  method: "GET",
  path: "/surveys/:id/themes",
  right: "response:read",
  ledger: { none: "grouped counts of the whole clinic; fewer than 5 texts are not counted" },
  params: z.object({ id }),
  query: z.strictObject({ period }),
  reply: z.object({
    texts: z.number().int().nullable(),
    items: z.array(z.object({ theme, praise: z.number().int(), asks: z.number().int() })),
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
  themes: z.array(theme),
  incident: z.string().nullable(),
  /** The newest action that was proposed from it. */
  action: z.string().nullable(),
});
export const listComments = route({
  act: "response.list",
  summary: "Comments, newest first, under the same hiding rule.",
  method: "GET",
  path: "/comments",
  right: "response:read",
  ledger: { searches: "response" },
  query: page.extend({ state: z.enum(["new", "all"]).default("new"), theme: theme.optional() }),
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
  body: z.strictObject({ as: z.enum(["thanked", "action", "hidden", "new"]), why: proseOf(400, 0).optional() }),
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
  problems: ["survey.closed", "link.dead"],
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
  body: z.strictObject({
    score,
    comment: proseOrNothing.optional(),
    /** Takes a tracking code: the answer can then be looked up by whoever holds it. */
    wantsAnswer: z.boolean().default(false),
    /** A way to reach the person, given of their own will. */
    contact: contactLine.optional(),
    language,
  }),
  reply: z.object({ trackingCode: z.string().nullable() }),
  problems: ["survey.closed", "link.dead"],
});

const runId = z.object({ id });
const runState = z.object({
  id,
  state: z.enum(["running", "done", "undone", "failed"]),
  dryRun: z.boolean(),
  counts: z.object({
    read: z.number().int(),
    created: z.number().int(),
    known: z.number().int(),
    refused: z.number().int(),
    groups: z.number().int(),
  }),
  /** Grouped by what would mend them: a sentence, how many rows, the first few row numbers. */
  faults: z.array(
    z.object({
      code: z.string(),
      uk: z.string(),
      en: z.string(),
      n: z.number().int(),
      rows: z.array(z.number().int()),
      values: z.array(z.string()),
    }),
  ),
});
export type ImportRun = z.output<typeof runState>;
export const beginFeedbackImport = route({
  act: "feedback-import.begin",
  summary: "Begins an import of answers from a table of another system.",
  method: "POST",
  path: "/feedback-imports",
  right: "import:run",
  ledger: { writes: "import" },
  created: true,
  idempotent: true,
  body: z.strictObject({
    fileName: lineOf(255),
    /** Name of the system it comes from: the same row of the same source is taken once. */
    source: lineOf(100),
    dryRun: z.boolean().default(false),
    /** Day of rows that have none; today when left out. */
    day: day.optional(),
    /** Services the clinic does not know: refused, or made by their name. */
    unknownServices: z.enum(["refuse", "make"]).default("make"),
  }),
  reply: runState,
  problems: ["feedback-import.running", "survey.unknown"],
});
export const importFeedbackRow = z.strictObject({
  no: whole(1),
  /** SHA-256 of the row's fields and of how many equal rows stood before it, in hexadecimal: what makes a second run harmless. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  service: z.string().max(2000),
  rating: z.string().max(2000),
  date: z.string().max(2000).optional(),
  comment: z.string().max(20000).optional(),
});
/** Rows a call carries at most: one transaction, well under a second. */
export const importChunkMax = 500;
export const sendFeedbackRows = route({
  act: "feedback-import.rows",
  summary: "Up to 500 rows; a row that came before is counted as known.",
  method: "POST",
  path: "/feedback-imports/:id/rows",
  right: "import:run",
  ledger: { writes: "import" },
  params: runId,
  body: z.strictObject({ rows: z.array(importFeedbackRow).min(1).max(importChunkMax) }),
  reply: runState,
  problems: ["feedback-import.unknown", "feedback-import.not-running"],
});
export const finishFeedbackImport = route({
  act: "feedback-import.finish",
  summary: "Ends the run; it can be undone for 30 days.",
  method: "POST",
  path: "/feedback-imports/:id/finish",
  right: "import:run",
  ledger: { writes: "import" },
  params: runId,
  body: z.strictObject({ failed: lineOf(400, 0).optional() }),
  reply: runState,
  problems: ["feedback-import.unknown", "feedback-import.not-running"],
});
export const undoFeedbackImport = route({
  act: "feedback-import.undo",
  summary: "Takes back every answer of a run.",
  method: "POST",
  path: "/feedback-imports/:id/undo",
  right: "import:run",
  ledger: { writes: "import" },
  params: runId,
  body: z.strictObject({}),
  reply: runState,
  problems: ["feedback-import.unknown", "feedback-import.undo-late"],
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
  "feedback-import.unknown": { status: 404, uk: "Такого імпорту немає.", en: "There is no such import." },
  "feedback-import.running": {
    status: 409,
    uk: "Інший імпорт ще триває. Зачекайте або завершіть його.",
    en: "Another import is still running. Wait, or finish it first.",
  },
  "feedback-import.not-running": {
    status: 409,
    uk: "Цей імпорт уже завершено.",
    en: "This import has already ended.",
  },
  "feedback-import.undo-late": {
    status: 409,
    uk: "Цей імпорт уже не можна скасувати.",
    en: "This import can no longer be taken back.",
  },
} satisfies Problems;
