import { generate, PostgresDialect as CodegenDialect } from "kysely-codegen";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Server } from "#platform/database/embedded.ts";

/** TypeScript types of every table, from the running catalogue. Instants are ISO text, counts are numbers. */
export async function databaseTypes(server: Server, database: string): Promise<string> {
  const pool = new pg.Pool({
    host: server.host,
    port: server.port,
    user: "postgres",
    password: server.passwords.postgres,
    database,
    max: 2,
  });
  pool.on("error", () => {});
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await generate({
      db,
      dialect: new CodegenDialect({ dateParser: "string", numericParser: "string" }),
      camelCase: false,
      excludePattern: "{graphile_worker,app_private,public}.*",
      typeMapping: { timestamptz: "string", int8: "number", interval: "string" },
    });
  } finally {
    await db.destroy();
  }
}
