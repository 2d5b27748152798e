import type { Db } from "#platform/database/db.ts";

/** Sites the clinic works at, by name. Few rows, so no index but the key. */
export const activeSites = (db: Db, limit: number) =>
  db.many(
    db
      .from("clinic.site")
      .select(["id", "name", "address"])
      .where("active", "=", true)
      .orderBy("name")
      .orderBy("id")
      .limit(limit),
  );
