import type { IdentifierKind } from "#core/names/normalise.ts";
import type { BulkRow } from "#platform/database/bulk.ts";
import { nextCodes } from "#platform/database/codes.ts";
import type { Context } from "#platform/http/context.ts";
import { patientTable } from "./bulk.ts";

/** A patient in plain words, before anything of it is sealed. Days are `YYYY-MM-DD`. */
export type NewPatient = {
  family: string;
  given: string;
  patronymic?: string | null;
  /** Another surname the person was known by. */
  alias?: string | null;
  birthDate: string;
  birthDateAccuracy?: "day" | "month" | "year";
  sex: "f" | "m" | "u";
  address?: string | null;
  language: "uk" | "en";
  deceasedOn?: string | null;
  neverSurvey?: boolean;
  via: "desk" | "import";
  sourceKey?: string | null;
  /** What another system said that has no column here, as JSON. */
  extensions?: string | null;
  phones: readonly string[];
  emails: readonly string[];
  identifiers: readonly {
    kind: Exclude<IdentifierKind, "phone" | "email" | "login">;
    value: string;
    system: string | null;
    check: "ok" | "warn" | "none";
  }[];
};

/** Card numbers have six digits: PAT-000417. */
const codeDigits = 6;

/** Seals patients into rows. Their data keys must exist: `ctx.keys.makeOwners`. A contact or identifier that has no normal form is left
 *  out. `code` null keeps the one a known patient has. */
export async function preparePatient(
  ctx: Context,
  o: { id: string; code: string | null; patient: NewPatient },
): Promise<BulkRow> {
  const { id, patient } = o;
  const { keys } = ctx;
  const sealed = async (field: string, text: string | null | undefined): Promise<Buffer | null> =>
    text === null || text === undefined || text === "" ? null : keys.seal(id, { thing: "patient", id, field }, text);
  const identifiers: object[] = [];
  for (const { kind, value, system, check } of patient.identifiers) {
    const bidx = await keys.blind(kind, value);
    if (!bidx) continue;
    const rowId = ctx.db.newId();
    const place = { thing: "patient-identifier", id: rowId, field: "value" };
    identifiers.push(hex({ id: rowId, kind, system, check, bidx, value: await keys.seal(id, place, value) }));
  }
  const tokens = await keys.tokens({
    names: [
      { part: "family", value: patient.family },
      { part: "given", value: patient.given },
      ...(patient.patronymic ? [{ part: "patronymic" as const, value: patient.patronymic }] : []),
      ...(patient.alias ? [{ part: "family" as const, value: patient.alias }] : []),
    ],
    phones: patient.phones,
    emails: patient.emails,
    identifiers: patient.identifiers.map(({ value }) => value),
    birthDate: patient.birthDate,
    ...(o.code ? { code: o.code } : {}),
  });
  return {
    id,
    ...(o.code ? { code: o.code } : {}),
    family: await sealed("family", patient.family),
    given: await sealed("given", patient.given),
    patronymic: await sealed("patronymic", patient.patronymic),
    alias: await sealed("alias", patient.alias),
    birth_date: patient.birthDate,
    birth_date_accuracy: patient.birthDateAccuracy ?? "day",
    sex: patient.sex,
    address: await sealed("address", patient.address),
    language: patient.language,
    deceased_on: patient.deceasedOn ?? null,
    never_survey: patient.neverSurvey ?? false,
    registered_via: patient.via,
    source_key: patient.sourceKey ?? null,
    extensions: await sealed("extensions", patient.extensions),
    tokens: tokens.map(String),
    identifiers,
    contacts: [
      ...(await contactsOf(ctx, { id, kind: "phone", values: patient.phones })),
      ...(await contactsOf(ctx, { id, kind: "email", values: patient.emails })),
    ],
  };
}

async function contactsOf(
  ctx: Context,
  o: { id: string; kind: "phone" | "email"; values: readonly string[] },
): Promise<object[]> {
  const made: object[] = [];
  for (const [at, value] of o.values.entries()) {
    const bidx = await ctx.keys.blind(o.kind, value);
    if (!bidx) continue;
    const id = ctx.db.newId();
    const place = { thing: "patient-contact", id, field: "value" };
    made.push(hex({ id, kind: o.kind, bidx, rank: at + 1, value: await ctx.keys.seal(o.id, place, value) }));
  }
  return made;
}

/** Bytes as PostgreSQL writes them in JSON: these rows travel inside another row. */
const hex = (row: Record<string, unknown>): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value]),
  );

/** Card numbers for so many new patients. */
export const patientCodes = (ctx: Context, count: number): Promise<string[]> =>
  nextCodes(ctx.db, "PAT", count, codeDigits);

/** Makes patients, each under a key of its own. Returns ids and card numbers in the order given. */
export async function createPatients(
  ctx: Context,
  patients: readonly NewPatient[],
): Promise<{ id: string; code: string }[]> {
  const codes = await patientCodes(ctx, patients.length);
  const made = patients.map((patient, at) => ({ id: ctx.db.newId(), code: codes[at] ?? "", patient }));
  await ctx.keys.makeOwners(made.map(({ id }) => id));
  const rows: BulkRow[] = [];
  for (const one of made) rows.push(await preparePatient(ctx, one));
  await patientTable.insert(ctx.db, rows);
  ctx.ledger.subject(...made.map(({ id }) => id));
  return made.map(({ id, code }) => ({ id, code }));
}
