import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { connection } from "../database/bootstrap.ts";
import { startEmbedded } from "../database/embedded.ts";
import type { Held } from "./folder.ts";

/** What a start makes in a data folder. The mark that it is ours goes last: a reset that was cut short can be begun again. */
const made = ["postgres.pw", "postgres", "files", "spool", "keys", "installation.json"];

/** Empties a held data folder, so that the next start makes everything anew. */
export function emptyFolder({ data }: Held): void {
  // without it the rest is no database to anyone, however far the removal comes
  rmSync(join(data, "postgres", "PG_VERSION"), { force: true });
  for (const name of made) rmSync(join(data, name), { recursive: true, force: true });
}

/** Mode of a held installation, by its database where it has one: the file beside it is older than a change to live. */
export async function modeOf(held: Held): Promise<"demo" | "live"> {
  if (held.installation.mode === "live") return "live";
  if (!existsSync(join(held.data, "postgres", "PG_VERSION"))) return "demo";
  const server = await startEmbedded(held.data, held.run);
  try {
    const client = new pg.Client(connection(server, "postgres", "qms reset"));
    client.on("error", () => {});
    await client.connect();
    try {
      const table = await client.query<{ made: boolean }>(
        "select to_regclass('platform.installation') is not null as made",
      );
      if (!table.rows[0]?.made) return "demo";
      const { rows } = await client.query<{ live: boolean }>("select mode = 'live' as live from platform.installation");
      return rows[0]?.live ? "live" : "demo";
    } finally {
      await client.end();
    }
  } finally {
    await server.stop();
  }
}
