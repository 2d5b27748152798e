import { z } from "zod";
import { line, prose } from "#core/contract/shapes.ts";
import type { NewPatient } from "#product/clinic/patients/index.ts";
import { RowFault, type NoteCode } from "./faults.ts";

/** What of ours a resource becomes. */
export type Target = "site" | "department" | "member" | "service" | "patient" | "visit" | "diagnosis" | "procedure";

/** A pointer to another resource: any of these keys names it, the first known one counts. */
export type Pointer = { keys: readonly string[]; field: string; needed: boolean };

/** What later lines must know of a row. */
export type KeyFacts = { start?: string; end?: string | null; dead?: string | true };

/** Moments that reading a line depends on; days are the clinic's. */
export type Now = { instant: Temporal.Instant; today: string; zone: string; language: "uk" | "en" };

/** Another system's service, known by the code of its visits. */
export type ServiceDraft = { key: string; code: string; name: string };

/** A line understood, before its pointers are followed. */
export type Draft = {
  key: string;
  aliases: readonly string[];
  target: Target;
  /** It adds to a row that another resource made. */
  onto?: Pointer;
  service?: ServiceDraft;
  pointers: Readonly<Record<string, Pointer>>;
  facts: KeyFacts;
  notes: readonly NoteCode[];
  /** The row's columns once its pointers are known; a patient's plain words are sealed by the caller. */
  cells: Readonly<Record<string, unknown>>;
  patient?: NewPatient;
};

const identifier = z.looseObject({ system: line.optional(), value: line.optional() });
export const reference = z.looseObject({
  reference: z.string().max(500).optional(),
  identifier: identifier.optional(),
});
type Reference = z.output<typeof reference>;
const coding = z.looseObject({
  system: line.optional(),
  code: line.optional(),
  display: prose.optional(),
});
export const concept = z.looseObject({ coding: z.array(coding).max(50).optional(), text: prose.optional() });
type Concept = z.output<typeof concept>;
export const period = z.looseObject({ start: z.string().max(40).optional(), end: z.string().max(40).optional() });
export const telecom = z.looseObject({ system: line.optional(), value: line.optional() });
export const address = z.looseObject({
  text: line.optional(),
  line: z.array(line).max(10).optional(),
  city: line.optional(),
  state: line.optional(),
  postalCode: line.optional(),
  country: line.optional(),
});
/** Every resource: its id (FHIR R4: 1–64 letters, digits, "-" and ".") and the numbers other systems know it by. */
export const resourceBase = { id: z.string(), identifier: z.array(identifier).max(50).optional() };

/** Checks a resource by its shape; what does not fit is a fault of the line, named by its field. */
export function shaped<S extends z.ZodType>(shape: S, value: unknown): z.output<S> {
  const parsed = shape.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  if (issue?.code === "custom") {
    const code: unknown = issue.params?.["code"];
    throw new RowFault("text", { code: typeof code === "string" ? code : "text.refused", field });
  }
  if (issue?.code === "too_big") throw new RowFault("text", { code: "field.long", field });
  if (issue?.code === "invalid_value")
    throw new RowFault("code", { code: "code.unknown", field, found: plain(issue.input) });
  if (issue?.code === "invalid_type" && issue.input !== undefined)
    throw new RowFault("missing", { code: "field.type", field });
  throw new RowFault("missing", { code: "field.missing", field });
}

const plain = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Throws `id.malformed`. */
export function keyOf(type: string, id: string): string {
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) throw new RowFault("id", { code: "id.malformed", field: "id" });
  return `${type}/${id}`;
}

export const aliasesOf = (type: string, of: readonly z.output<typeof identifier>[] | undefined): string[] =>
  (of ?? []).flatMap(({ system, value }) => (value ? [`${type}?${system ?? ""}|${value}`] : []));

/** The keys a reference may be known by. All three kinds: relative or absolute (`Type/id`), `Type?identifier=system|value`, and by
 *  `identifier` alone. */
export function keysOf(type: string, ref: Reference | undefined): string[] {
  if (!ref) return [];
  const found: string[] = [];
  const text = ref.reference ?? "";
  const [, direct] = new RegExp(`(?:^|/)(${type}/[A-Za-z0-9.-]{1,64})(?:/_history/.*)?$`).exec(text) ?? [];
  if (direct) found.push(direct);
  if (text.startsWith(`${type}?identifier=`)) found.push(`${type}?${text.slice(type.length + "?identifier=".length)}`);
  if (ref.identifier?.value) found.push(`${type}?${ref.identifier.system ?? ""}|${ref.identifier.value}`);
  return found;
}

export function pointer(type: string, ref: Reference | undefined, o: { field: string; needed?: boolean }): Pointer {
  const keys = keysOf(type, ref);
  const needed = o.needed ?? false;
  if (needed && ref === undefined) throw new RowFault("missing", { code: "field.missing", field: o.field });
  if (ref !== undefined && keys.length === 0 && (needed || ref.reference))
    throw new RowFault("reference", { code: "reference.form", field: o.field });
  return { keys, field: o.field, needed: keys.length > 0 };
}

const systems: Readonly<Record<string, string>> = {
  "http://snomed.info/sct": "snomed",
  "http://hl7.org/fhir/sid/icd-10": "icd10",
  "http://hl7.org/fhir/sid/icd-10-cm": "icd10",
  "http://loinc.org": "loinc",
};

/** First coding of a concept. Throws `field.missing` without a code. */
export function codeOf(of: Concept | undefined, field: string): { system: string; code: string; title: string } {
  const first = of?.coding?.find(({ code }) => code !== undefined && code.trim() !== "");
  if (!first?.code) throw new RowFault("missing", { code: "field.missing", field });
  const given = first.system ?? "";
  return { system: systems[given] ?? given, code: first.code, title: first.display ?? of?.text ?? first.code };
}

/** Of the codes a field may have, the one it has. Throws `code.unknown`, or `status.not-taken` for one that is known and left out. */
export function oneOfCodes<T>(
  field: string,
  value: string | undefined,
  o: { taken: Readonly<Record<string, T>>; left?: readonly string[] },
): T {
  if (value === undefined) throw new RowFault("missing", { code: "field.missing", field });
  const found = Object.hasOwn(o.taken, value) ? o.taken[value] : undefined;
  if (found !== undefined) return found;
  const code = o.left?.includes(value) ? "status.not-taken" : "code.unknown";
  throw new RowFault("code", { code, field, found: value });
}

/** A day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Throws `time.unreadable`, `time.future`, `time.too-early`. */
export function dayOf(field: string, text: string, now: Now): { day: string; accuracy: "day" | "month" | "year" } {
  const [, year, month, date] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) ?? [];
  if (!year) throw new RowFault("time", { code: "time.unreadable", field });
  let day: string;
  try {
    day = Temporal.PlainDate.from(`${year}-${month ?? "01"}-${date ?? "01"}`, { overflow: "reject" }).toString();
  } catch {
    throw new RowFault("time", { code: "time.unreadable", field });
  }
  if (day > now.today) throw new RowFault("time", { code: "time.future", field });
  if (day < "1900-01-01") throw new RowFault("time", { code: "time.too-early", field });
  return { day, accuracy: date ? "day" : month ? "month" : "year" };
}

/** An instant of FHIR's dateTime. A day alone is its start in the clinic's zone. Throws `time.no-offset`, `time.unreadable`,
 *  `time.future`. */
export function instantOf(field: string, text: string, now: Now): { at: string; dayOnly: boolean } {
  if (!text.includes("T")) {
    const { day } = dayOf(field, text, now);
    return { at: Temporal.PlainDate.from(day).toZonedDateTime(now.zone).toInstant().toString(), dayOnly: true };
  }
  if (!/(?:Z|[+-]\d\d:\d\d)$/.test(text)) throw new RowFault("time-zone", { code: "time.no-offset", field });
  let at: Temporal.Instant;
  try {
    at = Temporal.Instant.from(text);
  } catch {
    throw new RowFault("time", { code: "time.unreadable", field });
  }
  // no zone of the world lies further out than 14 hours
  if (/[+-](?:1[5-9]|2\d):\d\d$/.test(text)) throw new RowFault("time", { code: "time.unreadable", field });
  if (Temporal.Instant.compare(at, now.instant) > 0) throw new RowFault("time", { code: "time.future", field });
  if (at.epochMilliseconds < earliest) throw new RowFault("time", { code: "time.too-early", field });
  return { at: at.toString(), dayOnly: false };
}
const earliest = Temporal.Instant.from("1900-01-01T00:00:00Z").epochMilliseconds;

/** Text that a spreadsheet would run. It is data here; exports escape it. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@]/.test(text);
