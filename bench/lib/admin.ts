import pg from "pg";
import { connection } from "#platform/database/bootstrap.ts";
import type { Server } from "#platform/database/embedded.ts";

/** Asks as superuser, past every wall: what a bench lays down or counts is no act of the product. */
export async function asAdmin<T>(server: Server, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection(server, "postgres", "qms bench"));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
