import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { day, id, instant, page, pageOf } from "#core/contract/shapes.ts";

export const visitCode = z.string().regex(/^VIS-\d{1,9}$/);
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
  summary: "Opens a visit for a known patient.",
  method: "POST",
  path: "/visits",
  right: "visit:open",
  ledger: { writes: "visit" },
  created: true,
  idempotent: true,
  body: z.object({
    patientId: id,
    memberId: id,
    serviceId: id,
    siteId: id,
    kind: z.enum(["first", "repeat", "remote", "home", "procedure"]).default("repeat"),
  }),
  reply: visitRow,
  problems: ["patient.unknown", "member.unknown", "service.unknown", "site.unknown"],
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
  body: z.object({}),
  reply: visitRow,
  problems: ["visit.unknown", "visit.moved-meanwhile"],
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
  body: z.object({ neverSurvey: z.boolean() }),
  reply: visitRow,
  problems: ["visit.unknown"],
});
export const problems = {
  "visit.unknown": { status: 404, uk: "Такого візиту немає.", en: "There is no such visit." },
  "visit.moved-meanwhile": { status: 409, uk: "Візит уже завершено.", en: "The visit has already ended." },
  "patient.unknown": { status: 404, uk: "Такого пацієнта немає.", en: "There is no such patient." },
  "service.unknown": { status: 404, uk: "Такої послуги немає.", en: "There is no such service." },
  "site.unknown": { status: 404, uk: "Такої філії немає.", en: "There is no such site." },
} satisfies Problems;
