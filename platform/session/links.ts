import { sql } from "kysely";
import { builder, type Db } from "../database/db.ts";
import { newSecret } from "../crypto/random.ts";

/** How long each kind of link lives, hours. */
export const linkHours = { "sign-up": 24, invitation: 72, recovery: 1 } as const;
export type LinkPurpose = keyof typeof linkHours;

/** Makes a one-use link of a person, in that person's own transaction. Gives the secret that goes into the letter. */
export async function makePersonLink(
  db: Db,
  o: { personId: string; purpose: LinkPurpose; detail?: Buffer; now: Temporal.Instant },
): Promise<string> {
  const { secret, hash } = newSecret();
  const expires = o.now.add({ hours: linkHours[o.purpose] }).toString();
  await db.run(
    builder.insertInto("identity.link_token").values({
      hash: Buffer.from(hash),
      purpose: o.purpose,
      person_id: o.personId,
      detail: o.detail ?? null,
      expires_at: expires,
    }),
  );
  return secret;
}

/** Whose link a secret is, before any context exists. */
export const findPersonLink = (db: Db, hash: Uint8Array) =>
  db.maybe(
    sql<{ id: string; person_id: string }>`select id, person_id from app.find_person_link(${Buffer.from(hash)})`,
  );

/** Uses a link up: the row once, whoever comes first; null for a used or expired one. */
export const usePersonLink = (db: Db, id: string) =>
  db.maybe(
    sql<{
      purpose: string;
      detail: Buffer | null;
    }>`update identity.link_token set used_on = current_date where id = ${id} and used_on is null and expires_at > now() returning purpose, detail`,
  );
