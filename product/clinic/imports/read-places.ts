import { z } from "zod";
import { line } from "#core/contract/shapes.ts";
import { RowFault } from "./faults.ts";
import * as fhir from "./fhir-values.ts";
import type { Draft } from "./fhir-values.ts";

const organization = z.looseObject({
  ...fhir.resourceBase,
  name: line.optional(),
  alias: z.array(line).max(20).optional(),
});

/** Organization → department. */
export function readOrganization(value: unknown): Draft {
  const found = fhir.shaped(organization, value);
  const name = found.name ?? found.alias?.[0];
  if (!name) throw new RowFault("missing", { code: "field.missing", field: "name" });
  return {
    key: fhir.keyOf("Organization", found.id),
    aliases: fhir.aliasesOf("Organization", found.identifier),
    target: "department",
    pointers: {},
    facts: {},
    notes: fhir.looksLikeFormula(name) ? ["text.formula"] : [],
    cells: { name, site_id: null },
  };
}

const location = z.looseObject({
  ...fhir.resourceBase,
  status: z.string().max(40).optional(),
  name: line.optional(),
  description: line.optional(),
  address: fhir.address.optional(),
  telecom: z.array(fhir.telecom).max(50).optional(),
});

export const addressText = (of: z.output<typeof fhir.address> | undefined): string =>
  of?.text ?? [...(of?.line ?? []), of?.city, of?.state, of?.postalCode, of?.country].filter(Boolean).join(", ");

/** Location → site. One without a name is called by its description, else "без назви". */
export function readLocation(value: unknown): Draft {
  const found = fhir.shaped(location, value);
  const name = found.name ?? found.description ?? "без назви";
  const active = fhir.oneOfCodes("status", found.status ?? "active", {
    taken: { active: true, suspended: false, inactive: false },
  });
  return {
    key: fhir.keyOf("Location", found.id),
    aliases: fhir.aliasesOf("Location", found.identifier),
    target: "site",
    pointers: {},
    facts: {},
    notes: [
      ...(found.name ? [] : (["site.unnamed"] as const)),
      ...(fhir.looksLikeFormula(name) ? (["text.formula"] as const) : []),
    ],
    cells: {
      name,
      active,
      address: addressText(found.address),
      phone: found.telecom?.find(({ system }) => system === "phone")?.value ?? "",
    },
  };
}

export const humanName = z.looseObject({
  use: z.string().max(40).optional(),
  family: line.optional(),
  given: z.array(line).max(10).optional(),
  text: line.optional(),
  prefix: z.array(line).max(10).optional(),
});
export type HumanName = z.output<typeof humanName>;

/** The name a person goes by: the official one, else the usual one, else the first that is no former one. */
export const mainName = (names: readonly HumanName[]): HumanName | undefined =>
  names.find(({ use }) => use === "official") ??
  names.find(({ use }) => use === "usual") ??
  names.find(({ use }) => use !== "maiden" && use !== "old");

const practitioner = z.looseObject({ ...fhir.resourceBase, name: z.array(humanName).max(20).optional() });

/** Practitioner → a member who never signs in. */
export function readPractitioner(value: unknown): Draft {
  const found = fhir.shaped(practitioner, value);
  const name = mainName(found.name ?? []);
  const text = [name?.family, ...(name?.given ?? [])].filter(Boolean).join(" ") || name?.text;
  if (!text) throw new RowFault("missing", { code: "field.missing", field: "name" });
  return {
    key: fhir.keyOf("Practitioner", found.id),
    aliases: fhir.aliasesOf("Practitioner", found.identifier),
    target: "member",
    pointers: {},
    facts: {},
    notes: [
      ...(/\d/.test(text) ? (["name.digits"] as const) : []),
      ...(fhir.looksLikeFormula(text) ? (["text.formula"] as const) : []),
    ],
    cells: { name: text, position: "", specialty: null, department_id: null },
  };
}

const practitionerRole = z.looseObject({
  ...fhir.resourceBase,
  practitioner: fhir.reference.optional(),
  organization: fhir.reference.optional(),
  code: z.array(fhir.concept).max(20).optional(),
  specialty: z.array(fhir.concept).max(20).optional(),
});

const wordsOf = (of: readonly z.output<typeof fhir.concept>[] | undefined): string | undefined =>
  of?.[0]?.text ?? of?.[0]?.coding?.[0]?.display;

/** PractitionerRole adds position, specialty and department to its member. */
export function readPractitionerRole(value: unknown): Draft {
  const found = fhir.shaped(practitionerRole, value);
  return {
    key: fhir.keyOf("PractitionerRole", found.id),
    aliases: [],
    target: "member",
    onto: fhir.pointer("Practitioner", found.practitioner, { field: "practitioner", needed: true }),
    pointers: { department_id: fhir.pointer("Organization", found.organization, { field: "organization" }) },
    facts: {},
    notes: [],
    cells: {
      position: wordsOf(found.code)?.slice(0, titleMax) ?? "",
      specialty: wordsOf(found.specialty)?.slice(0, titleMax) ?? null,
    },
  };
}
/** A position is one line on a badge. */
const titleMax = 200;
