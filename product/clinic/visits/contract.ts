import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { day, id, instant, page, pageOf, prose } from "#core/contract/shapes.ts";

export const visitCode = z.string().regex(/^VIS-\d{1,9}$/);
export const visitKinds = ["first", "repeat", "remote", "home", "procedure"] as const;
export type VisitKind = (typeof visitKinds)[number];

export const visitRow = z.object({
  id,
  code: visitCode,
  startedAt: instant,
  endedAt: instant.nullable(),
  state: z.enum(["open", "draft", "signed", "amended", "voided"]),
  patient: z.object({ id, name: z.string(), code: z.string() }),
  member: z.object({ id, name: z.string() }),
  service: z.string(),
  department: z.string().nullable(),
  neverSurvey: z.boolean(),
  source: z.enum(["native", "import"]),
  invitation: z.enum(["none", "queued", "sent", "suppressed", "closed"]),
});
export type VisitRow = z.output<typeof visitRow>;
export const listVisits = route({
  act: "visit.list",
  summary: "Visits, newest first.",
  method: "GET",
  path: "/visits",
  right: "visit:read",
  ledger: { searches: "visit" },
  query: page.extend({
    day: day.optional(),
    state: z.enum(["all", "open", "finished"]).default("all"),
    mine: z.stringbool().default(false),
  }),
  reply: pageOf(visitRow),
  problems: [],
});
export const readVisit = route({
  act: "visit.read",
  summary: "One visit with its diagnoses and procedures.",
  method: "GET",
  path: "/visits/:code",
  right: "visit:read",
  about: "visit",
  ledger: { reads: "visit" },
  params: z.object({ code: visitCode }),
  reply: visitRow.extend({
    diagnoses: z.array(
      z.object({ code: z.string(), system: z.string(), title: z.string(), outsideVisit: z.boolean() }),
    ),
    procedures: z.array(
      z.object({ code: z.string(), title: z.string(), startedAt: instant, outsideVisit: z.boolean() }),
    ),
    version: z.number().int(),
  }),
  problems: ["visit.unknown"],
});
export const openVisit = route({
  act: "visit.open",
  summary: "Opens a visit for a known patient: now, or since a moment of the last 24 hours.",
  method: "POST",
  path: "/visits",
  right: "visit:open",
  ledger: { writes: "visit" },
  created: true,
  idempotent: true,
  body: z.strictObject({
    patientId: id,
    memberId: id,
    serviceId: id,
    siteId: id,
    kind: z.enum(visitKinds).default("repeat"),
    /** When the patient came in; now when left out. */
    startedAt: instant.optional(),
  }),
  reply: visitRow,
  problems: ["patient.unknown", "member.unknown", "service.unknown", "site.unknown", "visit.start"],
});
export const finishVisit = route({
  act: "visit.finish",
  summary: "The visit has ended; what follows (a survey) begins.",
  method: "POST",
  path: "/visits/:code/finish",
  right: "visit:write",
  about: "visit",
  ledger: { writes: "visit" },
  params: z.object({ code: visitCode }),
  body: z.strictObject({}),
  reply: visitRow,
  problems: ["visit.unknown", "visit.moved-meanwhile"],
});
export const reopenVisit = route({
  act: "visit.reopen",
  summary:
    "Takes the end of a visit back: at once by who set it, later with a reason, never after the letter has gone.",
  method: "POST",
  path: "/visits/:code/reopen",
  right: "visit:write",
  about: "visit",
  ledger: { writes: "visit" },
  params: z.object({ code: visitCode }),
  body: z.strictObject({ reason: prose.optional() }),
  reply: visitRow,
  problems: ["visit.unknown", "visit.runs", "visit.sealed", "visit.letter-sent", "visit.reason-needed"],
});
export const undoOpenVisit = route({
  act: "visit.undo-open",
  summary: "Takes an opening back within 10 s, by who opened it: the visit is void.",
  method: "POST",
  path: "/visits/:code/undo-open",
  right: "visit:open",
  about: "visit",
  ledger: { writes: "visit" },
  params: z.object({ code: visitCode }),
  body: z.strictObject({}),
  reply: visitRow,
  problems: ["visit.unknown", "visit.undo-late"],
});
export const setNeverSurvey = route({
  act: "visit.set-survey",
  summary: '"Do not survey" for this visit.',
  method: "PUT",
  path: "/visits/:code/survey",
  right: "visit:write",
  about: "visit",
  ledger: { writes: "visit" },
  params: z.object({ code: visitCode }),
  body: z.strictObject({ neverSurvey: z.boolean() }),
  reply: visitRow,
  problems: ["visit.unknown"],
});
export const problems = {
  "visit.unknown": { status: 404, uk: "Такого візиту немає.", en: "There is no such visit." },
  "visit.moved-meanwhile": { status: 409, uk: "Візит уже завершено.", en: "The visit has already ended." },
  "visit.start": {
    status: 422,
    uk: "Початок має бути не пізніше за теперішній час і не раніше ніж 24 години тому.",
    en: "The start must not lie ahead, nor more than 24 hours back.",
  },
  "visit.runs": { status: 409, uk: "Візит триває.", en: "The visit is under way." },
  "visit.sealed": {
    status: 409,
    uk: "Підписаний, імпортований або скасований візит не відкрити знову.",
    en: "A visit that is signed, imported or void cannot be opened again.",
  },
  "visit.letter-sent": {
    status: 409,
    uk: "Лист із питанням уже надіслано, тож кінець візиту не повернути.",
    en: "The letter with the question has gone, so the end of the visit stands.",
  },
  "visit.reason-needed": {
    status: 422,
    uk: "Напишіть, чому візит відкрито знову.",
    en: "Write why the visit is opened again.",
  },
  "visit.undo-late": { status: 409, uk: "Скасувати вже не можна.", en: "It is too late to undo this." },
  "patient.unknown": { status: 404, uk: "Такого пацієнта немає.", en: "There is no such patient." },
  "service.unknown": { status: 404, uk: "Такої послуги немає.", en: "There is no such service." },
  "site.unknown": { status: 404, uk: "Такої філії немає.", en: "There is no such site." },
} satisfies Problems;
