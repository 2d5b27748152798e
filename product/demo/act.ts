import type { App } from "#platform/start/app.ts";
import type { Context } from "#platform/http/context.ts";
import { openEvents } from "#platform/jobs/events.ts";
import { newId } from "#platform/database/ids.ts";
import { openNotes, writeEntryOf } from "#platform/ledger/write.ts";
import type { UserType } from "#core/access/rights.ts";

/** The demo clinic while its history is told: ids of what was made, and the day it is told from. */
export type Stage = {
  app: App;
  clinicId: string;
  slug: string;
  members: ReadonlyMap<string, string>;
  today: Temporal.PlainDate;
  zone: string;
};
type Actor = { as: string; types: readonly UserType[] };

/** Lets one of the cast act at a moment of the past, through the same use cases as everybody; what they do stands in the ledger. */
export async function act<T>(
  stage: Stage,
  o: { by: Actor | "job"; at: Temporal.Instant; work: (ctx: Context) => Promise<T> },
): Promise<T> {
  const { app, clinicId, slug, zone } = stage;
  const memberId = o.by === "job" ? null : (stage.members.get(o.by.as) ?? null);
  return app.database.transaction({ clinic: clinicId, ...(memberId ? { member: memberId } : {}) }, async (db) => {
    const keys = app.keyring.of(db, clinicId);
    const ledger = openNotes(undefined);
    const events = openEvents(newId);
    const ctx: Context = {
      db,
      clinic: { id: clinicId, slug, zone, language: "uk" },
      member: {
        id: memberId,
        personId: null,
        types: o.by === "job" ? [] : o.by.types,
        as: o.by === "job" ? "job:demo" : "member",
      },
      now: o.at,
      ledger,
      events,
      keys,
    };
    const result = await o.work(ctx);
    const who = memberId ?? "job:demo";
    if (ledger.used())
      await writeEntryOf(
        db,
        await ledger.draft(
          { act: "demo.tell", use: { writes: "incident" }, who, types: ctx.member.types, via: "job" },
          keys,
        ),
      );
    return result;
  });
}

/** A moment so many days before today, at a wall time of the clinic. */
export const daysAgo = (stage: Stage, days: number, time = "10:00"): Temporal.Instant =>
  stage.today.subtract({ days }).toZonedDateTime({ timeZone: stage.zone, plainTime: time }).toInstant();

export const cast = {
  solomiia: { as: "solomiia", types: ["owner"] },
  marta: { as: "marta", types: ["quality"] },
  taras: { as: "taras", types: ["doctor"] },
  olena: { as: "olena", types: ["nurse"] },
  yulia: { as: "yulia", types: ["reception"] },
  bohdan: { as: "bohdan", types: ["lab"] },
  hanna: { as: "hanna", types: ["training"] },
} as const satisfies Record<string, Actor>;
