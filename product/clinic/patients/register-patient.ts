import { sql } from "kysely";
import { problem } from "#core/contract/problem.ts";
import type { BodyOf, ReplyGiven } from "#core/contract/route.ts";
import { normalise, rnokppHolds } from "#core/names/normalise.ts";
import type { Context } from "#platform/http/context.ts";
import type * as contract from "./contract.ts";
import { patientRegistered } from "./events.ts";
import { createPatients } from "./prepare.ts";

type Asked = BodyOf<typeof contract.registerPatient>;

/** Registers a patient at the desk. Throws `patient.birth-date`, `patient.contact`, `patient.number`. */
export async function registerPatient(
  ctx: Context,
  asked: Asked,
): Promise<ReplyGiven<typeof contract.registerPatient>> {
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().toString();
  if (asked.birthDate > today || asked.birthDate < "1900-01-01") throw problem("patient.birth-date");
  if (asked.phones.some((phone) => normalise("phone", phone) === undefined)) throw problem("patient.contact");
  const number = asked.rnokpp ? normalise("rnokpp", asked.rnokpp) : undefined;
  if (asked.rnokpp && number === undefined) throw problem("patient.number");
  const alike = await countAlike(ctx, asked);
  const [made] = await createPatients(ctx, [
    {
      family: asked.family,
      given: asked.given,
      patronymic: asked.patronymic ?? null,
      birthDate: asked.birthDate,
      sex: asked.sex,
      address: asked.address ?? null,
      language: asked.language ?? ctx.clinic.language,
      via: "desk",
      phones: asked.phones,
      emails: asked.emails,
      identifiers: number
        ? [{ kind: "rnokpp", value: number, system: null, check: rnokppHolds(number) ? "ok" : "warn" }]
        : [],
    },
  ]);
  if (!made) throw new Error("no patient was made");
  ctx.ledger.about("patient", made.id);
  ctx.events.add(patientRegistered, { id: made.id });
  return { ...made, alike };
}

/** Patients born on the same day who share a phone, an e-mail or the number: the date alone proves nothing. Index: patient_contact_bidx,
 *  patient_identifier_bidx. */
async function countAlike(ctx: Context, { birthDate, phones, emails, rnokpp }: Asked): Promise<number> {
  const blind = async (kind: "phone" | "email" | "rnokpp", values: readonly string[]): Promise<Buffer[]> =>
    (await Promise.all(values.map((value) => ctx.keys.blind(kind, value)))).filter((index) => index !== null);
  const contacts = [...(await blind("phone", phones)), ...(await blind("email", emails))];
  const numbers = await blind("rnokpp", rnokpp ? [rnokpp] : []);
  const { n } = await ctx.db.one(
    "service.unexpected",
    sql<{
      n: number;
    }>`select count(*) as n from clinic.patient p where p.clinic_id = ${ctx.clinic.id} and p.birth_date = ${birthDate}
      and p.merged_into_id is null and (exists (select 1 from clinic.patient_contact c
          where c.clinic_id = ${ctx.clinic.id} and c.patient_id = p.id and c.bidx = any(${contacts}::bytea[]))
        or exists (select 1 from clinic.patient_identifier i
          where i.clinic_id = ${ctx.clinic.id} and i.patient_id = p.id and i.kind = 'rnokpp' and i.bidx = any(${numbers}::bytea[])))`,
  );
  return n;
}
