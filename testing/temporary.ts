import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "#platform/database/bootstrap.ts";
import { startEmbedded, type Server } from "#platform/database/embedded.ts";

/** A database with every schema and no rows, copied for each test file. */
export const templateName = "qms_template";

/** A PostgreSQL in a folder of its own that `stop` ends and removes. `database` is the template's name. */
export type TemporaryServer = { server: Server; stop: () => Promise<void> };

/** Starts a PostgreSQL for tests and makes the template in it. `folders`: those with a `schema.sql`, in order of dependence. */
export async function startTemporary(folders: readonly string[]): Promise<TemporaryServer> {
  // short names: the path of a socket ends at 107 bytes
  const data = mkdtempSync(join(tmpdir(), "qms-t-"));
  const socket = mkdtempSync(join(tmpdir(), "qms-s-"));
  const remove = () => {
    for (const folder of [data, socket]) rmSync(folder, { recursive: true, force: true });
  };
  try {
    chmodSync(data, 0o755); // PostgreSQL may run as another user, who must pass through
    const { host, port, passwords, stop } = await startEmbedded(data, socket);
    const server: Server = { host, port, passwords, database: templateName };
    const end = async () => {
      await stop();
      remove();
    };
    try {
      await createDatabase(server, folders);
    } catch (error) {
      await end();
      throw error;
    }
    return { server, stop: end };
  } catch (error) {
    remove();
    throw error;
  }
}
