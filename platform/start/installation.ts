import pg from "pg";
import { newBytes } from "../crypto/random.ts";
import type { KeyPort, WrappedKey } from "../crypto/keys.ts";
import { connection, dataVersion } from "../database/bootstrap.ts";
import type { Server } from "../database/embedded.ts";

export type InstallationRow = { id: string; mode: "demo" | "live"; key: WrappedKey; origin: string };

/** The installation's one row, made at the first start with its own data key. `origin` stays the one of that day. */
export async function readInstallation(
  server: Server,
  port: KeyPort,
  o: { mode: "demo" | "live"; origin: string },
): Promise<InstallationRow> {
  const client = new pg.Client(connection(server, "qms_migrate", "qms installation"));
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("set role qms_owner");
    const made = port.wrap(newBytes(32));
    await client.query(
      "insert into platform.installation (mode, origin, data_version, secret, kek) values ($1, $2, $3, $4, $5) on conflict (one) do nothing",
      [o.mode, o.origin, dataVersion, Buffer.from(made.wrapped), made.kek],
    );
    const { rows } = await client.query<{
      id: string;
      mode: "demo" | "live";
      secret: Buffer;
      kek: string;
      origin: string;
    }>("select id, mode, secret, kek, origin from platform.installation");
    const [row] = rows;
    if (!row) throw new Error("no installation row");
    return {
      id: row.id,
      mode: row.mode,
      origin: row.origin,
      key: { kek: row.kek, wrapped: new Uint8Array(row.secret) },
    };
  } finally {
    await client.end();
  }
}
