import pg from "pg";
import { connection } from "./bootstrap.ts";
import type { Server } from "./embedded.ts";

/** One finding of the catalogue: which wall is missing, and where. */
export type Fault = { check: string; what: string };

/** Tables without a clinic or a person in them; everything else must have row security, forced. */
const open = [
  "platform.installation",
  "platform.migration",
  "identity.revocation",
  "identity.epoch",
  "identity.throttle",
  "app_private.context_key",
];

const questions: { check: string; sql: string }[] = [
  {
    check: "row security enabled and forced",
    sql: `select format('%s.%s', n.nspname, c.relname) as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('platform', 'ledger', 'identity', 'clinic', 'knowledge', 'education', 'control', 'feedback', 'motivation', 'app_private')
      and not (c.relrowsecurity and c.relforcerowsecurity) and format('%s.%s', n.nspname, c.relname) <> all ($1)`,
  },
  {
    check: "roles cannot pass row security",
    sql: `select rolname as what from pg_roles where rolname in ('qms_app', 'qms_worker', 'qms_audit', 'qms_keeper') and (rolsuper or rolbypassrls or rolcreaterole) and $1::text[] is not null`,
  },
  {
    check: "roles own no table",
    sql: `select format('%s owns %s.%s', r.rolname, n.nspname, c.relname) as what from pg_class c join pg_roles r on r.oid = c.relowner join pg_namespace n on n.oid = c.relnamespace
      where r.rolname in ('qms_app', 'qms_worker', 'qms_audit') and c.relkind in ('r', 'p', 'v', 'm') and $1::text[] is not null`,
  },
  {
    check: "roles may not truncate",
    sql: `select format('%s may truncate %s.%s', r.rolname, n.nspname, c.relname) as what from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join pg_roles r
      where r.rolname in ('qms_app', 'qms_worker', 'qms_audit') and c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_table_privilege(r.oid, c.oid, 'truncate') and $1::text[] is not null`,
  },
  {
    check: "activity of a neighbour is not readable",
    sql: `select 'pg_stat_activity' as what where (has_table_privilege('qms_app', 'pg_catalog.pg_stat_activity', 'select') or has_function_privilege('qms_app', 'pg_catalog.pg_stat_get_activity(int)', 'execute')
      or has_function_privilege('qms_app', 'pg_catalog.pg_stat_get_backend_activity(int)', 'execute')) and $1::text[] is not null`,
  },
  {
    check: "activity of our roles is not tracked",
    sql: `select rolname as what from pg_roles where rolname in ('qms_app', 'qms_worker', 'qms_audit') and not coalesce(rolconfig @> array['track_activities=off'], false) and $1::text[] is not null`,
  },
  {
    check: "views read as their reader",
    sql: `select format('%s.%s', n.nspname, c.relname) as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('v', 'm') and n.nspname in ('platform', 'ledger', 'identity', 'clinic', 'control', 'feedback') and not coalesce(c.reloptions @> array['security_invoker=true'], false) and $1::text[] is not null`,
  },
];

/** What of the catalogue is not as it must be; the server refuses to start on any. A major upgrade of PostgreSQL undoes some of it. */
export async function catalogueFaults(server: Server): Promise<Fault[]> {
  const client = new pg.Client(connection(server, "qms_migrate", "qms checks"));
  client.on("error", () => {});
  await client.connect();
  try {
    const faults: Fault[] = [];
    for (const { check, sql } of questions)
      for (const row of (await client.query<{ what: string }>(sql, [open])).rows)
        faults.push({ check, what: row.what });
    return faults;
  } finally {
    await client.end();
  }
}
