import { z } from "zod";
import { route } from "#core/contract/route.ts";
import {
  code,
  day,
  id,
  instant,
  line,
  lineOf,
  move,
  page,
  pageOf,
  prose,
  proseOf,
  version,
} from "#core/contract/shapes.ts";
import { factors, harms, levels, likelihoods, subtypes, types } from "./states.ts";

const harm = z.enum(harms);
const likelihood = z.enum(likelihoods);
const type = z.enum(types);
const byCode = z.object({ code });
const state = z.enum(["reported", "triaged", "investigating", "actions", "answered", "closed", "merged", "rejected"]);
const person = z.object({ id, name: z.string() });
const clock = z.object({ kind: z.string(), startedAt: instant, dueAt: instant, stoppedAt: instant.nullable() });

/** A row of the register. `what` is the opened title; a restricted incident is listed only for people named in it. */
export const incidentRow = z.object({
  id,
  code,
  what: z.string(),
  when: instant,
  dayOnly: z.boolean(),
  place: z.string().nullable(),
  type: type.nullable(),
  nearMiss: z.boolean(),
  harm: harm.nullable(),
  state,
  restricted: z.boolean(),
  owner: person.nullable(),
  daysOpen: z.number().int(),
  dueAt: instant.nullable(),
  dueKind: z.string().nullable(),
});
export const factor = z.object({ id, text: z.string(), depth: z.number().int(), factor: z.enum(factors).nullable() });
export const incident = incidentRow.extend({
  story: z.string().nullable(),
  doneAtOnce: z.string().nullable(),
  subtype: z.string().nullable(),
  potentialHarm: harm.nullable(),
  likelihood: likelihood.nullable(),
  level: z.enum(levels).nullable(),
  tellPatient: z.enum(["yes", "no", "n/a"]).nullable(),
  tellPatientWhy: z.string().nullable(),
  patientToldAt: instant.nullable(),
  reporterMode: z.enum(["named", "confidential", "anonymous"]),
  reporter: z.string().nullable(),
  source: z.object({ type: z.string(), id: id.nullable(), label: z.string().nullable() }),
  department: z.string().nullable(),
  conclusion: z.string().nullable(),
  lesson: z.string().nullable(),
  noAnalysisWhy: z.string().nullable(),
  noActionWhy: z.string().nullable(),
  factors: z.array(factor),
  timeline: z.array(z.object({ id, happenedAt: instant, text: z.string() })),
  answers: z.array(z.object({ at: instant, text: z.string(), by: z.string() })),
  history: z.array(
    z.object({ at: instant, name: z.string(), by: z.string().nullable(), to: state, reason: z.string().nullable() }),
  ),
  clocks: z.array(clock),
  actions: z.array(
    z.object({
      id,
      code,
      title: z.string(),
      strength: z.string().nullable(),
      owner: person.nullable(),
      dueOn: z.string().nullable(),
      state: z.string(),
      effect: z.string().nullable(),
      checkOn: z.string().nullable(),
    }),
  ),
  mergedInto: code.nullable(),
  version: z.number().int(),
  moves: z.array(move),
});
export type Incident = z.output<typeof incident>;
export type IncidentRow = z.output<typeof incidentRow>;

const moved = [
  "incident.unknown",
  "incident.moved-meanwhile",
  "incident.changed-meanwhile",
  "incident.move-not-allowed",
] as const;
const changes = { about: "incident", ledger: { writes: "incident" }, params: byCode, reply: incident } as const;

export const reportIncident = route({
  act: "incident.report",
  summary: "Reports an incident; only what happened is required.",
  method: "POST",
  path: "/incidents",
  right: "incident:report",
  ledger: { writes: "incident" },
  created: true,
  idempotent: true,
  body: z.strictObject({
    title: line,
    story: prose.optional(),
    doneAtOnce: prose.optional(),
    type: type.optional(),
    nearMiss: z.boolean().default(false),
    harm: harm.optional(),
    place: line.optional(),
    occurredAt: instant.optional(),
    mode: z.enum(["named", "confidential"]).default("named"),
  }),
  reply: z.object({ id, code, answerBy: instant }),
  problems: ["incident.in-future"],
});
export const listIncidents = route({
  act: "incident.list",
  summary: "The register, newest first.",
  method: "GET",
  path: "/incidents",
  right: "incident:read",
  ledger: { searches: "incident" },
  query: page.extend({
    state: z.enum(["all", "open", "mine", "overdue", "unanswered"]).default("all"),
    type: type.optional(),
    from: day.optional(),
    to: day.optional(),
    text: lineOf(60, 0).optional(),
  }),
  reply: pageOf(incidentRow).extend({
    counts: z.object({
      all: z.number(),
      open: z.number(),
      mine: z.number(),
      overdue: z.number(),
      unanswered: z.number(),
      restrictedHidden: z.number(),
    }),
  }),
  problems: [],
});
export const readIncident = route({
  act: "incident.read",
  summary: "One incident with all that belongs to it and the moves this person may make.",
  method: "GET",
  path: "/incidents/:code",
  right: "incident:read",
  about: "incident",
  ledger: { reads: "incident" },
  params: byCode,
  reply: incident,
  problems: ["incident.unknown"],
});
export const triageIncident = route({
  act: "incident.triage",
  summary: "Says what kind it is, how bad, how likely again, whether the patient is told and who leads.",
  method: "POST",
  path: "/incidents/:code/triage",
  right: "incident:triage",
  ...changes,
  body: z
    .strictObject({
      version,
      type,
      subtype: lineOf(30).optional(),
      nearMiss: z.boolean().default(false),
      actualHarm: harm,
      potentialHarm: harm,
      likelihood,
      restricted: z.boolean().default(false),
      tellPatient: z.enum(["yes", "no", "n/a"]),
      tellPatientWhy: prose.optional(),
      leadId: id,
    })
    .refine(({ type: of, subtype }) => subtype === undefined || subtypes[of]?.includes(subtype) === true, {
      path: ["subtype"],
      params: { code: "field.choice" },
    }),
  problems: [...moved, "incident.reason-needed", "member.unknown"],
});
export const investigateIncident = route({
  act: "incident.investigate",
  summary: "Starts the analysis.",
  method: "POST",
  path: "/incidents/:code/investigate",
  right: "incident:investigate",
  ...changes,
  body: z.strictObject({ version, team: z.array(id).max(10).default([]) }),
  problems: [...moved, "incident.team-needed", "incident.lead-involved", "member.unknown"],
});
export const addFactor = route({
  act: "incident.add-factor",
  summary: "Adds a cause under another one (five whys, at most seven deep).",
  method: "POST",
  path: "/incidents/:code/factors",
  right: "incident:investigate",
  ...changes,
  body: z.strictObject({ text: prose, parentId: id.optional(), factor: z.enum(factors).optional() }),
  problems: [...moved, "incident.too-deep"],
});
export const removeFactor = route({
  act: "incident.remove-factor",
  summary: "Takes a cause back.",
  method: "DELETE",
  path: "/incidents/:code/factors/:factor",
  right: "incident:investigate",
  about: "incident",
  ledger: { writes: "incident" },
  params: byCode.extend({ factor: id }),
  reply: incident,
  problems: [...moved],
});
export const addTimelineLine = route({
  act: "incident.add-line",
  summary: "Adds a moment of what happened.",
  method: "POST",
  path: "/incidents/:code/timeline",
  right: "incident:investigate",
  ...changes,
  body: z.strictObject({ happenedAt: instant, text: prose }),
  problems: [...moved, "incident.in-future"],
});
export const finishAnalysis = route({
  act: "incident.finish-analysis",
  summary: "Ends the analysis: causes found and actions decided, or reasons why not.",
  method: "POST",
  path: "/incidents/:code/act",
  right: "incident:investigate",
  ...changes,
  body: z.strictObject({
    version,
    conclusion: prose.optional(),
    noAnalysisWhy: prose.optional(),
    noActionWhy: prose.optional(),
  }),
  problems: [
    ...moved,
    "incident.causes-missing",
    "incident.timeline-missing",
    "incident.conclusion-missing",
    "incident.action-missing",
    "incident.weak-only",
    "incident.reason-needed",
  ],
});
export const tellPatient = route({
  act: "incident.tell-patient",
  summary: "Records that the patient was told.",
  method: "POST",
  path: "/incidents/:code/tell-patient",
  right: "incident:answer",
  ...changes,
  body: z.strictObject({ version, note: prose }),
  problems: [...moved],
});
export const answerReporter = route({
  act: "incident.answer",
  summary: "Answers whoever reported; without an answer a case cannot close.",
  method: "POST",
  path: "/incidents/:code/answer",
  right: "incident:answer",
  ...changes,
  body: z.strictObject({ version, answer: prose }),
  problems: [...moved, "incident.patient-not-told"],
});
export const closeIncident = route({
  act: "incident.close",
  summary: "Closes: the reporter is answered and every action decided.",
  method: "POST",
  path: "/incidents/:code/close",
  right: "incident:close",
  ...changes,
  body: z.strictObject({ version, lesson: proseOf(4000, 4) }),
  problems: [...moved, "incident.unanswered", "incident.actions-open", "incident.closer-is-lead"],
});
export const reopenIncident = route({
  act: "incident.reopen",
  summary: "Opens a closed case again.",
  method: "POST",
  path: "/incidents/:code/reopen",
  right: "incident:reopen",
  ...changes,
  body: z.strictObject({ version, reason: prose }),
  problems: [...moved],
});
export const rejectIncident = route({
  act: "incident.reject",
  summary: "Not an incident: reason and answer to the reporter.",
  method: "POST",
  path: "/incidents/:code/reject",
  right: "incident:triage",
  ...changes,
  body: z.strictObject({
    version,
    reason: z.enum(["not-incident", "duplicate-unclear", "test", "other-clinic"]),
    answer: prose,
  }),
  problems: [...moved],
});
export const mergeIncident = route({
  act: "incident.merge",
  summary: "Joins a duplicate to the case that goes on; its reporter is still owed an answer.",
  method: "POST",
  path: "/incidents/:code/merge",
  right: "incident:triage",
  ...changes,
  body: z.strictObject({ version, into: code }),
  problems: [...moved, "incident.merge-into-itself"],
});
export const undoIncidentMove = route({
  act: "incident.undo",
  summary: "Takes the last move back within 10 s, or a merge within 30 days.",
  method: "POST",
  path: "/incidents/:code/undo",
  right: "incident:triage",
  ...changes,
  body: z.strictObject({ version }),
  problems: [...moved, "incident.undo-late"],
});
