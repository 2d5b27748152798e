import { after } from "node:test";
import pg from "pg";
import { z } from "zod";
import { schemaFolders } from "#product/contents.ts";
import { connection } from "#platform/database/bootstrap.ts";
import { logins, type Server } from "#platform/database/embedded.ts";
import { startTemporary, templateName, type TemporaryServer } from "./temporary.ts";

/** The server of this test run, and fresh databases in it. */
export type TestServer = {
  server: Server;
  /** A new database with every schema and no rows, dropped when the process ends. */
  freshDatabase: () => Promise<Server>;
};

/** What the test runner hands to each file in QMS_TEST_SERVER. */
const handed = z.object({
  host: z.string(),
  port: z.number().int(),
  passwords: z.object(Object.fromEntries(logins.map((name) => [name, z.string()]))).transform((given) => {
    const of = (name: (typeof logins)[number]): string => given[name] ?? "";
    return {
      postgres: of("postgres"),
      qms_app: of("qms_app"),
      qms_worker: of("qms_worker"),
      qms_audit: of("qms_audit"),
      qms_keeper: of("qms_keeper"),
      qms_migrate: of("qms_migrate"),
    };
  }),
});

let own: TemporaryServer | undefined;
let memo: Promise<TestServer> | undefined;
const made: Server[] = [];
const ends: (() => Promise<unknown> | void)[] = [];

/** Undoes something when the file's tests are over, last made first, before the databases go. */
export const atEnd = (end: () => Promise<unknown> | void): void => void ends.push(end);

/** Ends everything that was begun. The test runner calls it; what runs without tests calls it itself. */
export async function endAll(): Promise<void> {
  for (const end of ends.splice(0).toReversed()) await end();
  if (own) await own.stop();
  else for (const server of made) await asSuperuser(server, (id) => `drop database if exists ${id} with (force)`);
}

// Registered where the file is loaded, so it belongs to the whole test file and not to the test that asks first.
after(endAll);

async function asSuperuser(server: Server, statement: (identifier: string) => string): Promise<void> {
  const client = new pg.Client(connection(server, "postgres", "qms tests", "postgres"));
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(statement(client.escapeIdentifier(server.database)));
  } finally {
    await client.end();
  }
}

/** The test run's PostgreSQL; a file that runs alone starts one of its own. The same promise for the whole process. */
export const testServer = (): Promise<TestServer> => (memo ??= find());

async function find(): Promise<TestServer> {
  const text = process.env.QMS_TEST_SERVER;
  if (!text) own = await startTemporary(schemaFolders);
  const server: Server = own?.server ?? { ...handed.parse(JSON.parse(text ?? "")), database: templateName };
  let count = 0;
  return {
    server,
    freshDatabase: async () => {
      const fresh: Server = { ...server, database: `test_${process.pid}_${++count}` };
      made.push(fresh);
      await asSuperuser(fresh, (id) => `create database ${id} template ${templateName}`);
      // a copy has the template's tables and their grants, yet not what was granted on the database itself
      await asSuperuser(fresh, (id) => `grant create on database ${id} to qms_owner, qms_keeper`);
      return fresh;
    },
  };
}
