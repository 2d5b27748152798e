import { sql } from "kysely";
import { afterKey } from "../database/keyset.ts";
import type { Db } from "../database/db.ts";

const columns = ["id", "event_id", "reaction", "error_code", "tries", "at", "retried_at"] as const;

/** Reactions that were given up, newest first; `open` leaves out those sent on their way again. Index: dead_job_open. */
export const deadJobs = (db: Db, o: { after?: string | undefined; limit: number; open: boolean }) =>
  db.many(
    db
      .from("platform.dead_job")
      .select(columns)
      .where(afterKey({ at: "instant", id: "id" }, o.after, "desc"))
      .$if(o.open, (query) => query.where("retried_at", "is", null))
      .orderBy("at", "desc")
      .orderBy("id", "desc")
      .limit(o.limit + 1),
  );

/** One of them, locked to the end of the transaction. Throws `job.unknown`. */
export const lockDead = (db: Db, id: string) =>
  db.one("job.unknown", db.from("platform.dead_job").select(columns).where("id", "=", id).forUpdate());

/** Whether what a reaction answers to is still kept. */
export const eventStands = async (db: Db, id: string): Promise<boolean> =>
  (await db.maybe(db.from("platform.event").select("id").where("id", "=", id))) !== null;

/** Sends a given-up reaction on its way again, with all its tries before it. */
export async function sendAgain(db: Db, o: { id: string; event: string; reaction: string }): Promise<void> {
  await db.run(
    db
      .update("platform.dead_job")
      .set({ retried_at: sql`now()` })
      .where("id", "=", o.id),
  );
  const data = JSON.stringify({ event: o.event, reaction: o.reaction });
  await db.run(sql`select app.enqueue('react', ${data}::jsonb, ${`${o.event}:${o.reaction}:${o.id}`})`);
}
