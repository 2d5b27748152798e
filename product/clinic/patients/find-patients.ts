import { sql } from "kysely";
import { problem } from "#core/contract/problem.ts";
import type { BodyOf, ReplyGiven } from "#core/contract/route.ts";
import { normalise } from "#core/names/normalise.ts";
import { cardPiece, queryWords } from "#core/names/pieces.ts";
import type { Context } from "#platform/http/context.ts";
import * as contract from "./contract.ts";
import { patientNames } from "./names.ts";

/** Words that narrow a search; more would each cost a look at the index and tell nothing new. */
const wordsMax = 6;
/** A phone is recognised from so many digits on; fewer are the last four or a card number. */
const phoneDigits = 9;

type Row = { id: string; birth_date: string; sex: string; deceased_on: string | null };

/** Patients that every word fits, newest first. Names are opened for those shown alone. Throws `patient.words-short`. */
export async function findPatients(
  ctx: Context,
  { words }: BodyOf<typeof contract.findPatients>,
): Promise<ReplyGiven<typeof contract.findPatients>> {
  const asked: bigint[][] = [];
  for (const word of queryWords(words).slice(0, wordsMax)) {
    const tokens = await tokensOf(ctx, word);
    if (tokens.length > 0) asked.push(tokens);
  }
  ctx.ledger.note({ words });
  const [first, ...others] = asked;
  if (!first) throw problem("patient.words-short");
  const rows = await patientsWith(ctx, { first, others });
  const shown = rows.slice(0, contract.foundMax);
  const names = await patientNames(
    ctx,
    shown.map(({ id }) => id),
  );
  return {
    more: rows.length > contract.foundMax,
    items: shown.map(({ id, birth_date, sex, deceased_on }) => ({
      id,
      code: names.get(id)?.code ?? "",
      name: names.get(id)?.name ?? "",
      birthDate: birth_date,
      sex: sex === "f" || sex === "m" ? sex : "u",
      deceased: deceased_on !== null,
    })),
  };
}

/** Tokens a word may stand under: a part of a name, or by its look a phone, a card, a date of birth, an e-mail or a number. */
async function tokensOf({ keys }: Context, word: string): Promise<bigint[]> {
  if (word.includes("@")) return [await keys.token("e", normalise("email", word) ?? word)];
  const [, date, month, year] = /^(\d\d?)\.(\d\d?)\.(\d{4})$/.exec(word) ?? [];
  const birth = year ? `${year}-${month?.padStart(2, "0")}-${date?.padStart(2, "0")}` : word;
  if (/^\d{4}-\d\d-\d\d$/.test(birth)) return [await keys.token("b", birth)];
  const digits = word.replace(/\D/g, "");
  if (!/\d/.test(word)) return keys.word(word);
  const number = [await keys.token("c", cardPiece(word)), await keys.token("i", cardPiece(word))];
  if (digits.length >= phoneDigits) number.push(await keys.token("p", normalise("phone", word) ?? word));
  if (digits.length === 4) number.push(await keys.token("p4", digits));
  // names with digits come from other systems
  return [...number, ...(/\p{L}/u.test(word) ? await keys.word(word) : [])];
}

const anyOf = (tokens: readonly bigint[]) => sql`any(${tokens.map(String)}::bigint[])`;

/** Patients under these tokens. Index: patient_token_pkey (clinic_id, tok, patient_id), then patient_token_pkey by patient for each
 *  further word. */
const patientsWith = (ctx: Context, o: { first: bigint[]; others: bigint[][] }): Promise<Row[]> => {
  const more = o.others.map(
    (tokens) => sql` and exists (select 1 from clinic.patient_token o
      where o.clinic_id = ${ctx.clinic.id} and o.patient_id = t.patient_id and o.tok = ${anyOf(tokens)})`,
  );
  return ctx.db.many(
    sql<Row>`select p.id, p.birth_date, p.sex, p.deceased_on
      from (select distinct t.patient_id from clinic.patient_token t
        where t.clinic_id = ${ctx.clinic.id} and t.tok = ${anyOf(o.first)}${sql.join(more, sql``)}) t
        join clinic.patient p on p.clinic_id = ${ctx.clinic.id} and p.id = t.patient_id
      where p.merged_into_id is null order by p.id desc limit ${contract.foundMax + 1}`,
  );
};
