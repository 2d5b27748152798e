import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { runMigrations as makeJobSchema } from "graphile-worker";
import { StartProblem } from "../config/settings.ts";
import { logins, type Login, type Server } from "./embedded.ts";

/** Version of the data: a folder of a newer one is refused, an older one is led here by migrations. */
export const dataVersion = 1;

const root = join(import.meta.dirname, "..", "..");

/** Folders with a `schema.sql` of the platform, in order of dependence. */
export const platformSchemas = [
  "platform/database",
  "platform/session",
  "platform/ledger",
  "platform/jobs",
  "platform/mail",
];

/** Connects as one of our logins. `name` is seen in the server's own lists, so it says what the connection is for. */
export function connection(server: Server, login: Login, name: string, database = server.database): pg.ClientConfig {
  return {
    host: server.host,
    port: server.port,
    user: login,
    password: server.passwords[login],
    database,
    application_name: name,
  };
}

async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  client.on("error", () => {}); // a lost connection shows as a failed query
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const has = async (client: pg.Client, database: string): Promise<boolean> =>
  ((await client.query("select from pg_database where datname = $1", [database])).rowCount ?? 0) > 0;

async function makeRoles(client: pg.Client, server: Server): Promise<void> {
  await client.query(readFileSync(join(root, "platform/database/roles.sql"), "utf8"));
  for (const login of logins)
    if (login !== "postgres")
      await client.query(`alter role ${login} password ${client.escapeLiteral(server.passwords[login])}`);
}

/** What only a superuser may do inside the new database, before and after the owner's own schema. */
async function makeDatabase(client: pg.Client): Promise<void> {
  await client.query(`
    create extension pgcrypto;
    revoke all on schema public from public;
    grant usage on schema public to qms_owner;
    revoke all on pg_stat_activity from public;
    revoke all on function pg_stat_get_activity(int), pg_stat_get_backend_activity(int) from public;
    grant create on database ${client.escapeIdentifier(client.database ?? "qms")} to qms_owner, qms_keeper;`);
}

/** One schema file of a capability or of the platform. */
export const schemaOf = (folder: string): string => readFileSync(join(root, folder, "schema.sql"), "utf8");

export type Migration = { name: string; sha256: string; sql: string };

/** All migrations of the named folders, by the minute in their names, which is unique over the whole repository. */
export function migrationsOf(folders: readonly string[]): Migration[] {
  const found: Migration[] = [];
  for (const folder of folders) {
    let names: string[] = [];
    try {
      names = readdirSync(join(root, folder, "migrations"));
    } catch {
      continue; // most folders have none
    }
    for (const name of names.filter((file) => file.endsWith(".sql"))) {
      const sql = readFileSync(join(root, folder, "migrations", name), "utf8");
      found.push({ name, sql, sha256: createHash("sha256").update(sql).digest("hex") });
    }
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  const minutes = new Set(found.map(({ name }) => name.slice(0, 13)));
  if (minutes.size !== found.length) throw new Error("two migrations carry the same minute");
  return found;
}

/** Creates the database with everything in it: roles, schemas in the given order, job queue, look-ups. `schema`: the text of a folder's
 *  schema where it is not today's; then no migration counts as run. */
export async function createDatabase(
  server: Server,
  folders: readonly string[],
  o: { database?: string; schema?: (folder: string) => string } = {},
): Promise<void> {
  const { database = server.database, schema = schemaOf } = o;
  const steps = o.schema ? [] : migrationsOf([...platformSchemas, ...folders]);
  await withClient(connection(server, "postgres", "qms setup", "postgres"), async (client) => {
    await makeRoles(client, server);
    await client.query(`create database ${client.escapeIdentifier(database)}`);
  });
  try {
    await withClient(connection(server, "postgres", "qms setup", database), async (client) => {
      await makeDatabase(client);
      await client.query("set role qms_owner");
      for (const folder of [...platformSchemas, ...folders]) {
        try {
          await client.query(schema(folder));
        } catch (error) {
          throw new Error(`${folder}/schema.sql`, { cause: error });
        }
      }
      for (const step of steps)
        await client.query("insert into platform.migration (name, sha256) values ($1, $2)", [step.name, step.sha256]);
    });
    const jobs = new pg.Pool({ ...connection(server, "qms_keeper", "qms job schema", database), max: 1 });
    jobs.on("error", () => {});
    jobs.on("connect", (client) => client.on("error", () => {}));
    await makeJobSchema({ pgPool: jobs });
    await jobs.end();
    await withClient(connection(server, "postgres", "qms setup", database), (client) =>
      client.query(readFileSync(join(root, "platform/database/lookups.sql"), "utf8")),
    );
  } catch (error) {
    // a half-made database would look like a finished one at the next start
    await withClient(connection(server, "postgres", "qms setup", "postgres"), (client) =>
      client.query(`drop database if exists ${client.escapeIdentifier(database)} with (force)`),
    );
    throw error;
  }
}

/** Leads an existing database to this release. Throws {@link StartProblem} on a changed step or a newer database. */
export async function migrate(server: Server, folders: readonly string[]): Promise<string[]> {
  const steps = migrationsOf([...platformSchemas, ...folders]);
  const config = connection(server, "qms_migrate", "qms migrations");
  return withClient(config, async (client) => {
    await client.query("set role qms_owner; select pg_advisory_lock(7061)");
    const run = new Map<string, string>(
      (await client.query<{ name: string; sha256: string }>("select name, sha256 from platform.migration")).rows.map(
        (row) => [row.name, row.sha256],
      ),
    );
    const here = new Set(steps.map(({ name }) => name));
    const newer = [...run.keys()].find((name) => !here.has(name));
    if (newer)
      throw new StartProblem(
        `This data folder comes from a newer QMS (it holds ${newer}). Start that version, or restore a backup made by this one. Nothing was changed.`,
      );
    const done: string[] = [];
    for (const step of steps) {
      const before = run.get(step.name);
      if (before === step.sha256) continue;
      if (before)
        throw new StartProblem(
          `The migration ${step.name} was changed after it had run. Put the old text back; changes go into a new step.`,
        );
      await oneStep(client, step);
      done.push(step.name);
    }
    return done;
  });
}

async function oneStep(client: pg.Client, step: Migration): Promise<void> {
  const alone = step.sql.startsWith("-- no transaction");
  try {
    if (!alone) await client.query("begin");
    await client.query(step.sql);
    await client.query("insert into platform.migration (name, sha256) values ($1, $2)", [step.name, step.sha256]);
    if (!alone) await client.query("commit");
  } catch (error) {
    if (!alone) await client.query("rollback");
    throw new Error(`migration ${step.name}`, { cause: error });
  }
}

/** Makes the database or leads it to this release. Says which of both it did. */
export async function prepareDatabase(
  server: Server,
  folders: readonly string[],
): Promise<"made" | "migrated" | "current"> {
  const there = await withClient(connection(server, "postgres", "qms setup", "postgres"), (client) =>
    has(client, server.database),
  );
  if (!there) {
    await createDatabase(server, folders);
    return "made";
  }
  return (await migrate(server, folders)).length > 0 ? "migrated" : "current";
}
