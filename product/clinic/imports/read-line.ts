import { Problem } from "#core/contract/problem.ts";
import { parseJson } from "#platform/http/json.ts";
import type { TakenType } from "./contract.ts";
import { RowFault } from "./faults.ts";
import type { Draft, Now } from "./fhir-values.ts";
import { readPatient } from "./read-patient.ts";
import { readLocation, readOrganization, readPractitioner, readPractitionerRole } from "./read-places.ts";
import { readCondition, readEncounter, readProcedure } from "./read-visits.ts";

const readers: Readonly<Record<TakenType, (value: unknown, now: Now) => Draft>> = {
  Organization: readOrganization,
  Location: readLocation,
  Practitioner: readPractitioner,
  PractitionerRole: readPractitionerRole,
  Patient: readPatient,
  Encounter: readEncounter,
  Condition: readCondition,
  Procedure: readProcedure,
};

const utf8 = new TextEncoder();

/** Understands one line of an NDJSON file. Throws {@link RowFault}. */
export function readLine(type: TakenType, text: string, now: Now): Draft {
  let value: unknown;
  try {
    // the same limits as any body: depth, keys of prototypes
    value = parseJson(utf8.encode(text));
  } catch (error) {
    if (error instanceof Problem) throw new RowFault("line", { code: "line.not-json" });
    throw error;
  }
  const given = typeof value === "object" && value !== null && "resourceType" in value ? value.resourceType : undefined;
  if (typeof given !== "string") throw new RowFault("line", { code: "line.no-resource" });
  if (given !== type) throw new RowFault("type", { code: "type.other", field: "resourceType", found: given });
  return readers[type](value, now);
}
