import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { z } from "zod";
import { readSettings, StartProblem, type Settings } from "#platform/config/settings.ts";
import { dataVersion, prepareDatabase } from "#platform/database/bootstrap.ts";
import { startEmbedded, type Server } from "#platform/database/embedded.ts";
import { holdFolder, runningOn } from "#platform/start/folder.ts";
import { startPlatform, type Platform, type Product } from "#platform/start/start.ts";

/** What a command works on. `alone`: no QMS runs, so this process holds the data folder and PostgreSQL until `close`. */
export type Tool = { platform: Platform; server: Server; alone: boolean; close: () => Promise<void> };

const passwords = z.object({
  postgres: z.string(),
  qms_app: z.string(),
  qms_worker: z.string(),
  qms_audit: z.string(),
  qms_keeper: z.string(),
  qms_migrate: z.string(),
});

/** A database to work on: the running product's, or the folder's own, started for this command. */
export type Reached = { server: Server; alone: boolean; close: () => Promise<void> };

/** Throws {@link StartProblem} when there is no installation. */
export function demandInstallation({ data }: Settings): void {
  if (!existsSync(join(data, "installation.json")))
    throw new StartProblem(`There is no QMS in ${data}. Run npm start once, or name the data folder with QMS_DATA.`);
}

/** Throws {@link StartProblem} when there is no installation, or none that this user may reach. */
export async function reachDatabase(settings: Settings): Promise<Reached> {
  demandInstallation(settings);
  const run = await runningOn(settings.data);
  if (run !== undefined) {
    let text: string;
    try {
      text = readFileSync(join(settings.data, "keys", "database.json"), "utf8");
    } catch {
      throw new StartProblem(
        `The keys in ${settings.data}/keys cannot be read. Run the command as the user that QMS runs as.`,
      );
    }
    const server = { host: run, port: 5432, database: "qms", passwords: passwords.parse(JSON.parse(text)) };
    return { server, alone: false, close: async () => {} };
  }
  const held = await holdFolder(settings.data, { version: dataVersion });
  try {
    const server = await startEmbedded(held.data, held.run);
    const close = async () => {
      await server.stop();
      held.release();
    };
    return { server, alone: true, close };
  } catch (error) {
    held.release();
    throw error;
  }
}

/** Opens the platform beside the running server, or alone on a folder that nobody holds. */
export async function openTool(o: {
  env: NodeJS.ProcessEnv;
  product: Product;
  schemaFolders: readonly string[];
}): Promise<Tool> {
  const settings = readSettings(o.env);
  const reached = await reachDatabase(settings);
  const { server, alone } = reached;
  try {
    if (alone) await prepareDatabase(server, o.schemaFolders);
    // results go to stdout, so what the platform has to say goes to stderr, and only what is wrong
    const logTo = pino.destination(2);
    const quiet = { ...settings, logLevel: o.env.QMS_LOG_LEVEL ?? "error" };
    const platform = await startPlatform({
      settings: quiet,
      server,
      mode: "live", // an installation that exists keeps its own
      product: o.product,
      role: "tool",
      logTo,
    });
    const close = async () => {
      // alone, nobody else would move this command's own entries into the log
      if (alone) await platform.sequencer.once().catch(() => {});
      await platform.stop();
      await reached.close();
    };
    return { platform, server, alone, close };
  } catch (error) {
    await reached.close();
    throw error;
  }
}
