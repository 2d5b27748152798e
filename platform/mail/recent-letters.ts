import { sql } from "kysely";
import type { App } from "../start/app.ts";
import { letterOf } from "./letters.ts";

export type KeptLetter = { id: string; to: string; subject: string; text: string; at: string; state: string };

const perOwner = 30;
const shownMax = 60;

type Row = { id: string; kind: string; recipient: Buffer; body: Buffer; at: string; state: string };

/** Letters of this installation, opened, newest first. For demo mode: throws in live mode, where nobody may read them all. */
export async function recentLetters(app: App): Promise<KeptLetter[]> {
  if (app.mode !== "demo") throw new Error("letters are read in demo mode alone");
  const letters: KeptLetter[] = [];
  const clinics = await app.worker.outside((db) => db.many(sql<{ id: string }>`select id from app.find_clinics()`));
  for (const { id: clinic } of clinics)
    await app.worker.transaction({ clinic }, async (db) => {
      const keys = app.keyring.of(db, clinic);
      const rows = await db.many(
        sql<Row>`select id, kind, recipient, body, send_after as at, state from platform.message
          where clinic_id = ${clinic} order by send_after desc limit ${perOwner}`,
      );
      for (const row of rows) {
        const open = (field: string, bytes: Buffer) =>
          keys.open("clinic", { thing: "message", id: row.id, field }, bytes);
        letters.push(kept(row, await open("recipient", row.recipient), await open("body", row.body)));
      }
    });
  const people = await app.worker.outside((db) =>
    db.many(sql<{ person_id: string }>`select person_id from app.find_lettered_people()`),
  );
  for (const { person_id: person } of people)
    await app.worker.transaction({ person }, async (db) => {
      const rows = await db.many(
        sql<Row>`select id, kind, recipient, body, at, state from identity.message where person_id = ${person} order by at desc limit ${perOwner}`,
      );
      for (const row of rows)
        letters.push(
          kept(row, app.vault.open(person, "recipient", row.recipient), app.vault.open(person, "body", row.body)),
        );
    });
  return letters.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, shownMax);
}

function kept(row: Row, to: string, facts: string): KeptLetter {
  const { subject, text } = letterOf(row.kind, JSON.parse(facts));
  return { id: row.id, to, subject, text, at: row.at, state: row.state };
}
