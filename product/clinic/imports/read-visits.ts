import { z } from "zod";
import { RowFault, type NoteCode } from "./faults.ts";
import * as fhir from "./fhir-values.ts";
import type { Draft, Now, ServiceDraft } from "./fhir-values.ts";

const encounter = z.looseObject({
  ...fhir.resourceBase,
  status: z.string().max(40).optional(),
  class: z.looseObject({ code: z.string().max(40).optional() }).optional(),
  type: z.array(fhir.concept).max(20).optional(),
  subject: fhir.reference.optional(),
  participant: z
    .array(z.looseObject({ individual: fhir.reference.optional() }))
    .max(100)
    .optional(),
  period: fhir.period.optional(),
  location: z
    .array(z.looseObject({ location: fhir.reference.optional() }))
    .max(100)
    .optional(),
  serviceProvider: fhir.reference.optional(),
});

/** HL7 v3 ActCode of an encounter → our kind. Source: FHIR R4 value set v3-ActEncounterCode. */
const kinds = {
  AMB: "repeat", EMER: "repeat", FLD: "repeat", IMP: "repeat", ACUTE: "repeat", NONAC: "repeat", OBSENC: "repeat",
  PRENC: "repeat", SS: "procedure", HH: "home", VR: "remote",
} as const; // prettier-ignore

const dayMs = 24 * 60 * 60 * 1000;

/** Encounter → a past visit, never an appointment: it takes nobody's time. */
export function readEncounter(value: unknown, now: Now): Draft {
  const found = fhir.shaped(encounter, value);
  const notes: NoteCode[] = [];
  const isOver = fhir.oneOfCodes("status", found.status, {
    taken: { finished: true, "in-progress": false },
    left: ["planned", "arrived", "triaged", "onleave", "cancelled", "entered-in-error", "unknown"],
  });
  const { start, end } = spanOf("period", { ...found.period, isOver }, { now, notes });
  if (end && Date.parse(end) - Date.parse(start) > dayMs) notes.push("visit.long");
  const staff = (found.participant ?? []).flatMap(({ individual }) => fhir.keysOf("Practitioner", individual));
  const places = (found.location ?? []).flatMap(({ location }) => fhir.keysOf("Location", location));
  for (const [field, keys] of [
    ["participant.individual", staff],
    ["location.location", places],
  ] as const)
    if (keys.length === 0) throw new RowFault("missing", { code: "field.missing", field });
  return {
    key: fhir.keyOf("Encounter", found.id),
    aliases: fhir.aliasesOf("Encounter", found.identifier),
    target: "visit",
    service: serviceOf(found),
    pointers: {
      patient_id: fhir.pointer("Patient", found.subject, { field: "subject", needed: true }),
      member_id: { keys: staff, field: "participant.individual", needed: true },
      site_id: { keys: places, field: "location.location", needed: true },
      department_id: fhir.pointer("Organization", found.serviceProvider, { field: "serviceProvider" }),
    },
    facts: { start, end },
    notes,
    cells: {
      kind: fhir.oneOfCodes<string>("class.code", found.class?.code, { taken: kinds }),
      started_at: start,
      ended_at: end,
      // signed elsewhere: nobody here is asked to sign it
      state: isOver ? "signed" : "open",
      source: "import",
    },
  };
}

/** Start and end of something. Throws `time.end-before-start`, `field.missing`. */
function spanOf(
  field: string,
  span: { start?: string | undefined; end?: string | undefined; isOver: boolean },
  o: { now: Now; notes: NoteCode[] },
): { start: string; end: string | null } {
  if (!span.start) throw new RowFault("missing", { code: "field.missing", field: `${field}.start` });
  const start = fhir.instantOf(`${field}.start`, span.start, o.now);
  const end = span.end ? fhir.instantOf(`${field}.end`, span.end, o.now) : null;
  if (!end && span.isOver) throw new RowFault("missing", { code: "field.missing", field: `${field}.end` });
  if (start.dayOnly || end?.dayOnly) o.notes.push("time.day-only");
  if (end && Date.parse(end.at) < Date.parse(start.at))
    throw new RowFault("time", { code: "time.end-before-start", field });
  return { start: start.at, end: end?.at ?? null };
}

/** The service a visit was: by the code of its type, or by its class where it has none. */
function serviceOf(found: z.output<typeof encounter>): ServiceDraft {
  const hasType = found.type?.some((one) => one.coding?.some(({ code }) => code));
  const { system, code, title } = hasType
    ? fhir.codeOf(found.type?.[0], "type")
    : { system: "class", code: found.class?.code ?? "AMB", title: found.class?.code ?? "AMB" };
  return { key: `Service?${system}|${code}`, code: `${system.slice(0, 12)}-${code}`, name: title };
}

const condition = z.looseObject({
  ...fhir.resourceBase,
  code: fhir.concept.optional(),
  subject: fhir.reference.optional(),
  encounter: fhir.reference.optional(),
  clinicalStatus: fhir.concept.optional(),
  verificationStatus: fhir.concept.optional(),
  onsetDateTime: z.string().max(40).optional(),
  recordedDate: z.string().max(40).optional(),
  abatementDateTime: z.string().max(40).optional(),
});

/** SNOMED CT findings that tell of a person's circumstances, not of an illness: work, schooling, housing, ties, violence, law.
 *  Kept, and not shown among diagnoses. */
const socialFindings: ReadonlySet<string> = new Set([
  "160903007", "160904001", "741062008", "73438004", "706893006", "424393004", "423315002", "422650009", "224299000",
  "5251000175109", "224295006", "266948004", "160968000", "105531004", "32911000", "266934004", "713458007", "446654005",
]); // prettier-ignore

/** Category by the tag SNOMED CT ends its names with: "(finding)" is none of a disease; no tag or another is a diagnosis. */
export function categoryOf(system: string, code: string, title: string): "diagnosis" | "finding" | "social" {
  if (system !== "snomed" || !/\(finding\)\s*$/.test(title)) return "diagnosis";
  return socialFindings.has(code) ? "social" : "finding";
}

/** Condition → diagnosis, finding or social circumstance. */
export function readCondition(value: unknown, now: Now): Draft {
  const found = fhir.shaped(condition, value);
  const notes: NoteCode[] = [];
  const { system, code, title } = fhir.codeOf(found.code, "code");
  const onsetText = found.onsetDateTime ?? found.recordedDate;
  const onset = onsetText ? fhir.instantOf("onsetDateTime", onsetText, now) : null;
  if (onset?.dayOnly) notes.push("time.day-only");
  const category = categoryOf(system, code, title);
  if (category !== "diagnosis") notes.push(`diagnosis.${category}`);
  const resolved = found.abatementDateTime;
  if (resolved) fhir.instantOf("abatementDateTime", resolved, now);
  return {
    key: fhir.keyOf("Condition", found.id),
    aliases: [],
    target: "diagnosis",
    pointers: {
      patient_id: fhir.pointer("Patient", found.subject, { field: "subject", needed: true }),
      visit_id: fhir.pointer("Encounter", found.encounter, { field: "encounter" }),
    },
    facts: onset && !onset.dayOnly ? { start: onset.at, end: onset.at } : {},
    notes,
    cells: {
      system,
      code,
      title,
      // FHIR does not say which of a visit's conditions was the main one
      kind: "concomitant",
      category,
      certainty: fhir.oneOfCodes("verificationStatus", found.verificationStatus?.coding?.[0]?.code ?? "confirmed", {
        taken: {
          confirmed: "confirmed",
          provisional: "suspected",
          differential: "suspected",
          unconfirmed: "suspected",
          refuted: "refuted",
        },
        left: ["entered-in-error"],
      }),
      onset: onset?.at ?? null,
      resolved_on: resolved ? fhir.dayOf("abatementDateTime", resolved.slice(0, 10), now).day : null,
    },
  };
}

const procedure = z.looseObject({
  ...fhir.resourceBase,
  status: z.string().max(40).optional(),
  code: fhir.concept.optional(),
  subject: fhir.reference.optional(),
  encounter: fhir.reference.optional(),
  performedPeriod: fhir.period.optional(),
  performedDateTime: z.string().max(40).optional(),
  performer: z
    .array(z.looseObject({ actor: fhir.reference.optional() }))
    .max(50)
    .optional(),
});

/** Procedure. One outside its visit or without length is kept and flagged. */
export function readProcedure(value: unknown, now: Now): Draft {
  const found = fhir.shaped(procedure, value);
  const notes: NoteCode[] = [];
  const status = fhir.oneOfCodes<string>("status", found.status, {
    taken: { completed: "completed", "in-progress": "in-progress", stopped: "stopped" },
    left: ["preparation", "not-done", "on-hold", "entered-in-error", "unknown"],
  });
  const at = found.performedDateTime;
  const { start, end } = at
    ? spanOf("performedDateTime", { start: at, end: at, isOver: true }, { now, notes })
    : spanOf("performedPeriod", { ...found.performedPeriod, isOver: false }, { now, notes });
  if (!at && start === end) notes.push("procedure.zero-length");
  const performer = found.performer?.flatMap(({ actor }) => fhir.keysOf("Practitioner", actor)) ?? [];
  return {
    key: fhir.keyOf("Procedure", found.id),
    aliases: [],
    target: "procedure",
    pointers: {
      patient_id: fhir.pointer("Patient", found.subject, { field: "subject", needed: true }),
      visit_id: fhir.pointer("Encounter", found.encounter, { field: "encounter" }),
      member_id: { keys: performer, field: "performer.actor", needed: performer.length > 0 },
    },
    facts: { start, end },
    notes,
    cells: { ...fhir.codeOf(found.code, "code"), status, started_at: start, ended_at: end, source: "import" },
  };
}
