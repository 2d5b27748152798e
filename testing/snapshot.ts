import pg from "pg";
import { connection } from "#platform/database/bootstrap.ts";
import type { Server } from "#platform/database/embedded.ts";

/** What may move while a request is refused: sessions (last seen, ended by bad proofs), counters, and the seal's own keys. */
const apart = [
  "identity.session",
  "identity.revocation",
  "identity.throttle",
  "identity.epoch",
  "app_private.context_key",
  "ledger.outbox",
  "ledger.entry",
  "ledger.tile",
  "ledger.checkpoint",
  "ledger.subject",
  "ledger.detail",
];

export type Snapshots = {
  take: () => Promise<string>;
  ask: <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>;
  close: () => Promise<void>;
};

/** Sees every row of every table as superuser: count and newest writer of each, in one query. */
export async function openSnapshots(server: Server): Promise<Snapshots> {
  const client = new pg.Client(connection(server, "postgres", "qms snapshots"));
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('platform', 'ledger', 'identity', 'clinic', 'knowledge', 'education', 'control', 'feedback', 'motivation', 'app_private') order by 1`,
  );
  const watched = rows.map(({ name }) => name).filter((name) => !apart.includes(name));
  const text = watched
    .map((name) => `select '${name}' as t, count(*) as n, coalesce(max(xmin::text::bigint), 0) as x from ${name}`)
    .join(" union all ");
  return {
    take: async () => JSON.stringify((await client.query(text)).rows),
    ask: async (question, values) => (await client.query(question, values)).rows,
    close: () => client.end(),
  };
}
