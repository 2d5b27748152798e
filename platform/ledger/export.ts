import { sql } from "kysely";
import { TILE_WIDTH } from "#core/ledger/tiles.ts";
import type { Db } from "../database/db.ts";

/** Size of the clinic's log at its last checkpoint, null for a log that has not begun; and the moment it was read, in microseconds
 *  (`2027-01-14T09:10:00.123456Z`). */
export const logEnd = (db: Db) =>
  db.one(
    "service.unexpected",
    sql<{ size: number | null; made: string; checkpoints: number }>`select max(size) as size, count(*) as checkpoints,
        to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as made
      from ledger.checkpoint where clinic_id = ${db.clinicId}`,
  );

/** Signed checkpoints above a size, smallest first, up to and with `size`. */
export const checkpointsAfter = (db: Db, o: { after: number; size: number; limit: number }) =>
  db.many(
    db
      .from("ledger.checkpoint")
      .select(["size", "note"])
      .where("size", ">", o.after)
      .where("size", "<=", o.size)
      .orderBy("size")
      .limit(o.limit),
  );

/** Bodies from an index, and the tiles of leaf hashes that were stored beside them. `from` is a multiple of 256. */
export async function entriesFrom(
  db: Db,
  o: { from: number; until: number },
): Promise<{ bodies: string[]; tiles: { index: number; width: number; data: Buffer }[] }> {
  const rows = await db.many(
    db
      .from("ledger.entry")
      .select("body")
      .where("seq", ">=", o.from)
      .where("seq", "<", o.until)
      .orderBy("seq")
      .limit(o.until - o.from),
  );
  const tiles = [];
  for (let at = o.from; at < o.until; at += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, o.until - at);
    const tile = await db.maybe(
      db
        .from("ledger.tile")
        .select("data")
        .where("lvl", "=", 0)
        .where("n", "=", at / TILE_WIDTH)
        .where("w", ">=", width)
        .orderBy("w")
        .limit(1),
    );
    if (tile) tiles.push({ index: at / TILE_WIDTH, width, data: tile.data.subarray(0, width * 32) });
  }
  return { bodies: rows.map(({ body }) => body.toString("utf8")), tiles };
}
