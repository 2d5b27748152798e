import { sql } from "kysely";
import type { Database } from "../database/pool.ts";
import type { Db } from "../database/db.ts";
import type { ClinicFacts } from "../http/context.ts";

/** What is known of clinics between requests: zone and language by id, id by slug. Emptied with the session memory. */
export type Clinics = {
  facts: (id: string, slug: string) => Promise<ClinicFacts>;
  bySlug: (slug: string) => Promise<ClinicFacts | undefined>;
  forget: () => void;
};

export function openClinics(
  database: Database,
  load: (db: Db, id: string, slug: string) => Promise<ClinicFacts>,
): Clinics {
  const known = new Map<string, ClinicFacts>();
  const facts = async (id: string, slug: string): Promise<ClinicFacts> => {
    const ready = known.get(id);
    if (ready) return ready;
    const loaded = await database.transaction({ clinic: id }, (db) => load(db, id, slug), { read: true });
    known.set(id, loaded);
    return loaded;
  };
  return {
    facts,
    bySlug: async (slug) => {
      const row = await database.outside((db) =>
        db.maybe(sql<{ id: string; state: string }>`select id, state from app.find_clinic(${slug})`),
      );
      return row && row.state !== "closed" ? facts(row.id, slug) : undefined;
    },
    forget: () => known.clear(),
  };
}
