import { builder, type Db } from "../database/db.ts";
import type { Vault } from "../crypto/keyring.ts";

/** What a letter to a person outside clinics says; words stand in its template. */
export type PersonLetter = {
  kind: "sign-up" | "invitation" | "recovery";
  to: string;
  language: string;
  name: string;
  clinic: string;
  link: string;
  hours: number;
};

/** Writes a letter in the transaction of its person; a job sends it. Address and text are sealed. */
export async function writePersonLetter(db: Db, vault: Vault, personId: string, letter: PersonLetter): Promise<void> {
  const { kind, to, ...body } = letter;
  const sealed = {
    recipient: vault.seal(personId, "recipient", to),
    body: vault.seal(personId, "body", JSON.stringify(body)),
  };
  await db.run(builder.insertInto("identity.message").values({ person_id: personId, kind, ...sealed }));
}
