import { z } from "zod";
import { normalise, rnokppHolds, type IdentifierKind } from "#core/names/normalise.ts";
import type { NewPatient } from "#product/clinic/patients/index.ts";
import { RowFault, type NoteCode } from "./faults.ts";
import * as fhir from "./fhir-values.ts";
import type { Draft, Now } from "./fhir-values.ts";
import { addressText, humanName, mainName, type HumanName } from "./read-places.ts";

const patient = z.looseObject({
  ...fhir.resourceBase,
  name: z.array(humanName).max(20).optional(),
  gender: z.string().max(40).optional(),
  birthDate: z.string().max(40).optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: z.string().max(40).optional(),
  telecom: z.array(fhir.telecom).max(50).optional(),
  address: z.array(fhir.address).max(20).optional(),
  communication: z
    .array(z.looseObject({ language: fhir.concept.optional() }))
    .max(20)
    .optional(),
  extension: z.array(z.unknown()).max(200).optional(),
});
type Found = z.output<typeof patient>;

/** Extensions above this length are not kept: they would be documents, not facts. */
const extensionsMax = 16_000;

/** Our kinds of numbers by the systems that issue them; all others are another system's. */
const identifierKinds: Readonly<Record<string, Exclude<IdentifierKind, "phone" | "email" | "login">>> = {
  "urn:oid:1.2.804.2.1.1.1.11.2": "rnokpp",
  "https://ehealth.gov.ua/rnokpp": "rnokpp",
  "https://ehealth.gov.ua/unzr": "unzr",
};

/** Patient. Dead people come in, are marked, and nothing is ever sent to them. */
export function readPatient(value: unknown, now: Now): Draft {
  const found = fhir.shaped(patient, value);
  const notes: NoteCode[] = [];
  const names = namesOf(found.name ?? [], notes);
  const birth = fhir.dayOf("birthDate", needed(found.birthDate, "birthDate"), now);
  const dead = deathOf(found, { birth: birth.day, now });
  if (dead) notes.push("patient.deceased");
  const extensions = found.extension ? JSON.stringify(found.extension) : "";
  if (extensions) notes.push("patient.extensions");
  const known: NewPatient = {
    ...names,
    birthDate: birth.day,
    birthDateAccuracy: birth.accuracy,
    sex: fhir.oneOfCodes<"f" | "m" | "u">("gender", found.gender ?? "unknown", {
      taken: { female: "f", male: "m", other: "u", unknown: "u" },
    }),
    address: addressText(found.address?.[0]) || null,
    language: languageOf(found, now),
    deceasedOn: typeof dead === "string" ? dead : null,
    neverSurvey: dead !== undefined,
    via: "import",
    extensions: extensions !== "" && extensions.length <= extensionsMax ? extensions : null,
    ...contactsOf(found, notes),
    identifiers: identifiersOf(found, notes),
  };
  return {
    key: fhir.keyOf("Patient", found.id),
    aliases: fhir.aliasesOf("Patient", found.identifier),
    target: "patient",
    pointers: {},
    facts: dead ? { dead } : {},
    notes,
    cells: {},
    patient: known,
  };
}

function needed(value: string | undefined, field: string): string {
  if (value === undefined || value === "") throw new RowFault("missing", { code: "field.missing", field });
  return value;
}

function namesOf(
  all: readonly HumanName[],
  notes: NoteCode[],
): Pick<NewPatient, "family" | "given" | "patronymic" | "alias"> {
  const main = mainName(all);
  const [textFamily, ...textGiven] = (main?.text ?? "").split(" ").filter(Boolean);
  const family = needed(main?.family ?? textFamily, "name.family");
  const [given, ...others] = main?.given ?? textGiven;
  const former = all.find((name) => name !== main && name.family !== undefined && name.family !== family);
  for (const name of all) {
    const text = [name.family, ...(name.given ?? [])].join(" ");
    if (/\d/.test(text)) notes.push("name.digits");
    if (fhir.looksLikeFormula(name.family ?? "") || name.given?.some(fhir.looksLikeFormula)) notes.push("text.formula");
  }
  if (former) notes.push("name.alias");
  return {
    family,
    given: given ?? "",
    patronymic: others.join(" ") || null,
    alias: former?.family ?? null,
  };
}

/** The day of death as written, `true` when only the fact is known, undefined for the living. */
function deathOf(found: Found, o: { birth: string; now: Now }): string | true | undefined {
  if (found.deceasedDateTime === undefined) return found.deceasedBoolean === true ? true : undefined;
  fhir.instantOf("deceasedDateTime", found.deceasedDateTime, o.now);
  const { day } = fhir.dayOf("deceasedDateTime", found.deceasedDateTime.slice(0, 10), o.now);
  if (day < o.birth) throw new RowFault("time", { code: "time.end-before-start", field: "deceasedDateTime" });
  return day;
}

function languageOf(found: Found, now: Now): "uk" | "en" {
  const said = found.communication?.[0]?.language?.coding?.[0]?.code?.slice(0, 2).toLowerCase();
  return said === "uk" || said === "en" ? said : now.language;
}

function contactsOf(found: Found, notes: NoteCode[]): Pick<NewPatient, "phones" | "emails"> {
  const phones: string[] = [];
  const emails: string[] = [];
  for (const { system, value } of found.telecom ?? []) {
    const kind = system === "email" ? "email" : system === "phone" || system === "sms" ? "phone" : undefined;
    if (!kind || !value) continue;
    if (normalise(kind, value) === undefined) notes.push("contact.unreadable");
    else (kind === "email" ? emails : phones).push(value);
  }
  return { phones, emails };
}

function identifiersOf(found: Found, notes: NoteCode[]): NewPatient["identifiers"] {
  return (found.identifier ?? []).flatMap(({ system, value }): NewPatient["identifiers"] => {
    if (!value) return [];
    const kind = identifierKinds[system ?? ""] ?? "other-system";
    if (kind === "other-system") {
      notes.push("identifier.other-system");
      return [{ kind, value, system: system ?? null, check: "none" }];
    }
    const holds = kind !== "rnokpp" || rnokppHolds(normalise("rnokpp", value) ?? "");
    if (!holds) notes.push("identifier.check");
    return [{ kind, value, system: system ?? null, check: holds ? "ok" : "warn" }];
  });
}
