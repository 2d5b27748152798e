import { sql } from "kysely";
import type { App } from "../start/app.ts";
import { letterOf } from "./letters.ts";
import type { MailWay } from "./ways.ts";

/** After so many tries a letter is given up; waits between them double from one minute. */
export const triesMax = 8;
const perRound = 50;
/** How often the queues are looked at. A letter of a sign-up is waited for by a person. */
const everyMs = 3000;

type Claimed = { id: string; kind: string; recipient: Buffer; body: Buffer; tries: number };

/** Sends what is due in one clinic. A letter is claimed first, then sent outside any transaction, then marked: a crash between
 *  sends it twice rather than never. Gives how many left. */
export async function sendOfClinic(app: App, way: MailWay, clinic: string): Promise<number> {
  const claimed = await app.worker.transaction({ clinic }, (db) =>
    db.many(
      sql<Claimed>`update platform.message m set tries = m.tries + 1, send_after = now() + interval '1 minute' * power(2, m.tries)
        where m.clinic_id = ${clinic} and m.id in (select id from platform.message where clinic_id = ${clinic} and state = 'waiting'
          and send_after <= now() order by send_after limit ${perRound} for update skip locked)
        returning m.id, m.kind, m.recipient, m.body, m.tries`,
    ),
  );
  let left = 0;
  for (const row of claimed) {
    const { to, facts } = await app.worker.transaction({ clinic }, async (db) => {
      const keys = app.keyring.of(db, clinic);
      const open = (field: string, bytes: Buffer) =>
        keys.open("clinic", { thing: "message", id: row.id, field }, bytes);
      return { to: await open("recipient", row.recipient), facts: await open("body", row.body) };
    });
    const went = await trySend(app, way, { to, kind: row.kind, facts });
    const state = went.ok ? "sent" : row.tries >= triesMax ? "failed" : "waiting";
    await app.worker.transaction({ clinic }, async (db) => {
      await db.run(
        db
          .update("platform.message")
          .set({ state, provider_id: went.ok ? went.id : null })
          .where("id", "=", row.id),
      );
      await db.run(
        db
          .insert("platform.message_event")
          .values({ clinic_id: clinic, message_id: row.id, what: went.ok ? "sent" : `refused ${went.code}` }),
      );
    });
    if (went.ok) left++;
  }
  return left;
}

type Went = { ok: true; id: string } | { ok: false; code: string };

async function trySend(app: App, way: MailWay, o: { to: string; kind: string; facts: string }): Promise<Went> {
  try {
    return { ok: true, id: await way.send(o.to, letterOf(o.kind, JSON.parse(o.facts))) };
  } catch (error) {
    // code alone: a mail server's sentence may quote the address
    const code = error instanceof Error && "code" in error ? String(error.code) : "E-MAIL";
    app.log.warn({ kind: o.kind, code }, "letter not sent");
    return { ok: false, code };
  }
}

/** Letters to people before and beside clinics. */
export async function sendOfPerson(app: App, way: MailWay, person: string): Promise<number> {
  const rows = await app.worker.transaction({ person }, (db) =>
    db.many(
      sql<Claimed>`update identity.message set tries = tries + 1 where state = 'waiting' and person_id = ${person}
        and at + interval '1 minute' * (power(2, tries) - 1) <= now() returning id, kind, recipient, body, tries`,
    ),
  );
  let left = 0;
  for (const row of rows) {
    const went = await trySend(app, way, {
      to: app.vault.open(person, "recipient", row.recipient),
      kind: row.kind,
      facts: app.vault.open(person, "body", row.body),
    });
    const state = went.ok ? "sent" : row.tries >= triesMax ? "failed" : "waiting";
    await app.worker.transaction({ person }, (db) =>
      db.run(sql`update identity.message set state = ${state} where id = ${row.id} and person_id = ${person}`),
    );
    if (went.ok) left++;
  }
  return left;
}

/** One round over everything that waits. */
export async function sendMessages(app: App, way: MailWay): Promise<number> {
  let left = 0;
  const clinics = await app.worker.outside((db) =>
    db.many(sql<{ clinic_id: string }>`select clinic_id from app.find_due_mail()`),
  );
  for (const { clinic_id } of clinics) left += await sendOfClinic(app, way, clinic_id);
  const people = await app.worker.outside((db) =>
    db.many(sql<{ person_id: string }>`select person_id from app.find_waiting_letters()`),
  );
  for (const { person_id } of people) left += await sendOfPerson(app, way, person_id);
  return left;
}

/** Sends letters as they come due, until `stop`. */
export function startMail(app: App, way: MailWay): { stop: () => Promise<void> } {
  let round: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    round ??= sendMessages(app, way)
      .catch((error: unknown) => app.log.warn({ error: String(error) }, "mail round failed"))
      .finally(() => (round = undefined));
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
      way.close();
    },
  };
}
