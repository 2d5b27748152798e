import type { Db } from "../database/db.ts";

/** Whether an address, by its blind index, wants no letters of a class, or none at all. */
export const isSuppressed = async (db: Db, address: Buffer, kind: string): Promise<boolean> =>
  (await db.maybe(
    db
      .from("platform.suppression")
      .select("class")
      .where("address", "=", address)
      .where("class", "in", [kind, "all"])
      .limit(1),
  )) !== null;
