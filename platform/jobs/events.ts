import { sql } from "kysely";
import type { Event, PayloadOf } from "#core/contract/event.ts";
import type { Db } from "../database/db.ts";

export type Said = { id: string; name: string; payload: Record<string, unknown>; quiet?: true };

/** What a use case says in this transaction; written with it, or not at all. */
export function openEvents(newId: () => string): {
  said: Said[];
  add: <E extends Event>(event: E, payload: PayloadOf<E>) => void;
} {
  const said: Said[] = [];
  return {
    said,
    add: (event, payload) => {
      const checked: unknown = event.shape.parse(payload);
      if (typeof checked !== "object" || checked === null) throw new TypeError(`${event.name} says no object`);
      said.push({
        id: newId(),
        name: event.name,
        payload: { ...checked },
        ...(event.quiet ? { quiet: event.quiet } : {}),
      });
    },
  };
}

/** Event rows, one job a reaction and the notice to open pages, all in the fact's transaction. */
export async function writeEvents(
  db: Db,
  said: readonly Said[],
  o: { clinic: string; member: string | null; reactionsOf: (name: string) => readonly string[] },
): Promise<void> {
  for (const { id, name, payload, quiet } of said) {
    await db.run(
      db
        .insert("platform.event")
        .values({ clinic_id: o.clinic, id, name, payload: JSON.stringify(payload), member_id: o.member }),
    );
    for (const reaction of o.reactionsOf(name))
      await db.run(
        sql`select app.enqueue('react', ${JSON.stringify({ event: id, reaction })}::jsonb, ${`${id}:${reaction}`})`,
      );
    if (quiet) continue;
    const thing = typeof payload["id"] === "string" ? payload["id"] : "";
    await db.run(sql`select pg_notify('live', ${`${o.clinic}|${id}|${name}|${thing}`})`);
  }
}
