import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { code, day, id, instant, line, lineOf, move, page, pageOf, prose, version } from "#core/contract/shapes.ts";
import { categoryNames, kinds, strengths } from "./states.ts";

const state = z.enum(["new", "planned", "doing", "checking", "effective", "done", "declined", "withdrawn"]);
const person = z.object({ id, name: z.string() });
const source = z.object({
  type: z.enum(["incident", "signal", "indicator", "response", "own"]),
  id: id.nullable(),
  /** The code of a case; of a patient's answer its day, which is all that is known of it. */
  label: z.string().nullable(),
});

const share = z.object({ x: z.number(), n: z.number(), share: z.number(), from: day, to: day }).nullable();

export const actionRow = z.object({
  id,
  code,
  title: z.string(),
  kind: z.enum(kinds),
  strength: z.enum(strengths).nullable(),
  state,
  owner: person.nullable(),
  dueOn: day.nullable(),
  firstDueOn: day.nullable(),
  source,
  indicator: z.string().nullable(),
  checkOn: day.nullable(),
  cycle: z.number().int(),
  createdAt: instant,
});
export const action = actionRow.extend({
  category: z.enum(categoryNames).nullable(),
  effectDirection: z.enum(["increase", "decrease"]).nullable(),
  effectSize: z.number().nullable(),
  noCheck: z.boolean(),
  doneOn: day.nullable(),
  verdict: z.enum(["effective", "ineffective"]).nullable(),
  verdictNote: z.string().nullable(),
  evidence: z.array(
    z.object({ at: instant, kind: z.string(), text: z.string(), by: z.string(), cycle: z.number().int() }),
  ),
  history: z.array(
    z.object({ at: instant, name: z.string(), by: z.string().nullable(), to: state, reason: z.string().nullable() }),
  ),
  /** What the product proposes for the effect check, with its reason; null before the check date's data. */
  proposal: z.object({ verdict: z.enum(["effective", "ineffective", "too-early"]), rule: z.string() }).nullable(),
  /** The indicator twelve weeks before and after it was done: shares with x of n, their difference with its 95 % interval. */
  seen: z
    .object({
      before: share,
      after: share,
      difference: z.object({ value: z.number(), interval: z.object({ low: z.number(), high: z.number() }) }).nullable(),
    })
    .nullable(),
  version: z.number().int(),
  moves: z.array(move),
});
export type Action = z.output<typeof action>;
export type ActionRow = z.output<typeof actionRow>;

const moved = [
  "action.unknown",
  "action.moved-meanwhile",
  "action.changed-meanwhile",
  "action.move-not-allowed",
] as const;
const byCode = z.object({ code });
const changes = { about: "action", ledger: { writes: "action" }, params: byCode, reply: action } as const;

export const createAction = route({
  act: "action.create",
  summary: "Proposes an action, from anything.",
  method: "POST",
  path: "/actions",
  right: "action:create",
  ledger: { writes: "action" },
  created: true,
  idempotent: true,
  body: z.strictObject({
    title: line,
    kind: z.enum(kinds).default("corrective"),
    source: z.strictObject({
      type: z.enum(["incident", "signal", "indicator", "response", "own"]),
      id: id.optional(),
      code: lineOf(20).optional(),
    }),
  }),
  reply: action,
  problems: ["action.source-unknown"],
});
export const listActions = route({
  act: "action.list",
  summary: "Actions, by due date.",
  method: "GET",
  path: "/actions",
  right: "action:read",
  ledger: { searches: "action" },
  query: page.extend({ state: z.enum(["open", "all", "mine", "overdue", "checking"]).default("open") }),
  reply: pageOf(actionRow),
  problems: [],
});
export const readAction = route({
  act: "action.read",
  summary: "One action with evidence and history.",
  method: "GET",
  path: "/actions/:code",
  right: "action:read",
  about: "action",
  ledger: { reads: "action" },
  params: byCode,
  reply: action,
  problems: ["action.unknown"],
});
export const planAction = route({
  act: "action.plan",
  summary: "Gives it an owner, a date, a category (which sets its strength) and an effect check.",
  method: "POST",
  path: "/actions/:code/plan",
  right: "action:assign",
  ...changes,
  body: z.strictObject({
    version,
    ownerId: id,
    dueOn: day,
    category: z.enum(categoryNames),
    effect: z
      .strictObject({
        indicator: lineOf(10),
        direction: z.enum(["increase", "decrease"]),
        size: z.number().positive().optional(),
        checkOn: day,
      })
      .optional(),
    noCheck: z.boolean().default(false),
  }),
  problems: [
    ...moved,
    "action.due-past",
    "action.check-too-early",
    "action.check-needed",
    "indicator.unknown",
    "member.unknown",
  ],
});
export const declineAction = route({
  act: "action.decline",
  summary: "Declines a proposal; the reason is shown to its proposer.",
  method: "POST",
  path: "/actions/:code/decline",
  right: "action:assign",
  ...changes,
  body: z.strictObject({ version, reason: prose }),
  problems: [...moved],
});
export const withdrawAction = route({
  act: "action.withdraw",
  summary: "Takes an open action back.",
  method: "POST",
  path: "/actions/:code/withdraw",
  right: "action:assign",
  ...changes,
  body: z.strictObject({ version, reason: prose }),
  problems: [...moved],
});
export const startAction = route({
  act: "action.start",
  summary: "Its owner begins.",
  method: "POST",
  path: "/actions/:code/start",
  right: "action:work",
  ...changes,
  body: z.strictObject({ version }),
  problems: [...moved, "action.not-owner"],
});
export const postponeAction = route({
  act: "action.postpone",
  summary: "A new due date with a reason; the first one is kept.",
  method: "POST",
  path: "/actions/:code/postpone",
  right: "action:work",
  ...changes,
  body: z.strictObject({ version, dueOn: day, reason: prose }),
  problems: [...moved, "action.not-owner", "action.postponed-twice", "action.due-past"],
});
export const addEvidence = route({
  act: "action.add-evidence",
  summary: "Adds evidence.",
  method: "POST",
  path: "/actions/:code/evidence",
  right: "action:work",
  ...changes,
  body: z.strictObject({ kind: z.enum(["note", "link", "document", "course"]), text: prose }),
  problems: [...moved],
});
export const finishAction = route({
  act: "action.finish",
  summary: "Done: at least one piece of evidence; the effect check begins.",
  method: "POST",
  path: "/actions/:code/finish",
  right: "action:work",
  ...changes,
  body: z.strictObject({ version, evidence: prose.optional() }),
  problems: [...moved, "action.not-owner", "action.evidence-missing"],
});
export const confirmAction = route({
  act: "action.confirm",
  summary: "The effect check: it worked. The chart is frozen as evidence.",
  method: "POST",
  path: "/actions/:code/confirm",
  right: "action:verify",
  ...changes,
  body: z.strictObject({ version, note: prose.optional() }),
  problems: [...moved, "action.owner-cannot-verify"],
});
export const refuteAction = route({
  act: "action.refute",
  summary: "The effect check: not effective. The action is planned anew, one cycle on.",
  method: "POST",
  path: "/actions/:code/refute",
  right: "action:verify",
  ...changes,
  body: z.strictObject({ version, reason: prose, dueOn: day }),
  problems: [...moved, "action.owner-cannot-verify", "action.due-past"],
});
export const undoActionMove = route({
  act: "action.undo",
  summary: "Takes the last move back within 10 s.",
  method: "POST",
  path: "/actions/:code/undo",
  right: "action:work",
  ...changes,
  body: z.strictObject({ version }),
  problems: [...moved, "action.undo-late"],
});

export const problems = {
  "action.unknown": { status: 404, uk: "Такої дії немає.", en: "There is no such action." },
  "action.moved-meanwhile": {
    status: 409,
    uk: "Дію щойно перевели в інший стан. Оновіть сторінку.",
    en: "The action was moved meanwhile. Reload the page.",
  },
  "action.changed-meanwhile": {
    status: 409,
    uk: "Дію змінено, поки ви писали. Порівняйте обидві версії.",
    en: "The action changed while you were writing. Compare both versions.",
  },
  "action.move-not-allowed": {
    status: 409,
    uk: "З цього стану так перейти не можна.",
    en: "This move is not possible from here.",
  },
  "action.source-unknown": {
    status: 422,
    uk: "Не знайдено, з чого ця дія.",
    en: "What this action comes from was not found.",
  },
  "action.due-past": { status: 422, uk: "Строк уже минув.", en: "The due date has passed." },
  "action.check-too-early": {
    status: 422,
    uk: "Ефект перевіряють щонайменше через один період даних після строку.",
    en: "The effect is checked one data period after the due date at the earliest.",
  },
  "action.check-needed": {
    status: 422,
    uk: "Без перевірки ефекту можна лише виправлення.",
    en: "Only a correction may go without an effect check.",
  },
  "action.not-owner": { status: 403, uk: "Це робить відповідальний за дію.", en: "This is for the action's owner." },
  "action.owner-cannot-verify": {
    status: 403,
    uk: "Ефект підтверджує не відповідальний, а інша особа.",
    en: "The effect is judged by somebody other than the owner.",
  },
  "action.postponed-twice": {
    status: 409,
    uk: "Строк уже переносили двічі. Далі вирішує менеджер з якості.",
    en: "It was postponed twice. The quality manager decides from here.",
  },
  "action.evidence-missing": {
    status: 409,
    leadsTo: "evidence",
    uk: "Додайте щонайменше один доказ.",
    en: "Add one piece of evidence at least.",
  },
  "action.undo-late": { status: 409, uk: "Скасувати вже не можна.", en: "It is too late to undo this." },
} satisfies Problems;
