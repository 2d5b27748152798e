import type pg from "pg";
import type { Fault } from "./sources.ts";

/** Tables that carry no clinic, each with its reason. Anything else without `clinic_id` is a fault. */
const withoutClinic: Record<string, string> = {
  "platform.installation": "the installation's own row",
  "platform.migration": "which steps have run",
  "app_private.context_key": "one key a process",
  "identity.session": "a person signs in before choosing a clinic",
  "identity.revocation": "one counter",
  "identity.epoch": "one counter",
  "identity.throttle": "network addresses and logins, no clinic",
  "identity.link_token": "sign-up and recovery come before a clinic",
  "identity.message": "letters to people not yet in a clinic",
  "identity.person": "a person may belong to several clinics",
  "identity.credential": "belongs to a person",
  "clinic.clinic": "its own id is the clinic's",
};

/** Of those, the tables that hold nothing about anyone, so they need no policy. */
const aboutNobody: Record<string, string> = {
  "platform.installation": "read by every role",
  "platform.migration": "read by the owner alone",
  "app_private.context_key": "no role of ours may enter its schema",
  "identity.revocation": "a number",
  "identity.epoch": "a number",
  "identity.throttle": "hashes and counts, asked before anybody is known",
};

/** Unique keys that do not begin with the clinic, by their index's name. */
const uniqueAcrossClinics: Record<string, string> = {
  clinic_route_slug_key: "addresses are one name space; the table stays on the coordinator",
};

/** Tables whose policies are more than the one idiom. */
const otherPolicies: Record<string, string> = {
  "identity.membership": "a person also sees own memberships, to choose a clinic",
  "ledger.outbox": "written by those who may not read it",
};

/** Our tables: `t.name` schema-qualified, `t.oid`, `t.clinic` the number of its column clinic_id or null. */
const tables = `
  (select c.oid, format('%s.%s', n.nspname, c.relname) as name, c.relrowsecurity, c.relforcerowsecurity, a.attnum as clinic
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     left join pg_attribute a on a.attrelid = c.oid and a.attname = 'clinic_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'graphile_worker')) t`;

const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'graphile_worker')`;
const appRoles = `('qms_app', 'qms_worker', 'qms_audit', 'qms_keeper')`;

type Rule = { rule: string; sql: string; except?: Record<string, string> };

/** Each asks for what breaks it: `path` the thing, `key` what an exception is listed by. */
const rules: readonly Rule[] = [
  {
    rule: "a table of a clinic has clinic_id uuid not null",
    except: withoutClinic,
    sql: `select t.name as path, t.name as key from ${tables} left join pg_attribute a on a.attrelid = t.oid and a.attnum = t.clinic
      where t.clinic is null or not a.attnotnull or a.atttypid <> 'uuid'::regtype`,
  },
  {
    rule: "clinic_id stands first in every primary and unique key",
    except: uniqueAcrossClinics,
    sql: `select t.name || ' ' || i.indexrelid::regclass::text as path, x.relname as key from ${tables} join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid
      where t.clinic is not null and i.indisunique and i.indkey[0] <> t.clinic`,
  },
  {
    rule: "a table has a primary key",
    sql: `select t.name as path, t.name as key from ${tables} where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)`,
  },
  {
    rule: "a foreign key of a clinic's table is composite and begins with clinic_id on both sides",
    sql: `select t.name || ' ' || k.conname as path, k.conname as key from ${tables} join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      join pg_attribute r on r.attrelid = k.confrelid and r.attname = 'clinic_id' and not r.attisdropped
      where t.clinic is null or k.conkey[1] <> t.clinic or k.confkey[1] <> r.attnum or cardinality(k.conkey) < 2`,
  },
  {
    rule: "every foreign key has an index that begins with its columns",
    sql: `select t.name || ' ' || k.conname as path, k.conname as key from ${tables} join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      where not exists (select from pg_index i where i.indrelid = t.oid and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
        and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] @> k.conkey
        and k.conkey @> (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)])`,
  },
  {
    rule: "row-level security is enabled and forced",
    sql: `select t.name as path, t.name as key from ${tables} where (t.clinic is not null or exists (select from pg_policy p where p.polrelid = t.oid)) and not (t.relrowsecurity and t.relforcerowsecurity)`,
  },
  {
    rule: "one policy, clinic_id = app.clinic_id(), for reading and writing",
    except: otherPolicies,
    sql: `select t.name as path, t.name as key from ${tables} where t.clinic is not null and (
        select count(*) <> 1 or count(*) filter (where p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'
          and pg_get_expr(p.polqual, p.polrelid) = '(clinic_id = app.clinic_id())' and pg_get_expr(p.polwithcheck, p.polrelid) = '(clinic_id = app.clinic_id())') <> 1
        from pg_policy p where p.polrelid = t.oid)`,
  },
  {
    rule: "a table without clinic_id is closed by the id of its person or clinic",
    except: aboutNobody,
    sql: `select t.name as path, t.name as key from ${tables} where t.clinic is null and (
        select count(*) <> 1 or count(*) filter (where p.polcmd = '*' and p.polpermissive and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
          and pg_get_expr(p.polqual, p.polrelid) in ('(person_id = app.person_id())', '(id = app.person_id())', '(id = app.clinic_id())')) <> 1
        from pg_policy p where p.polrelid = t.oid)`,
  },
  {
    rule: "no policy holds a sub-select",
    sql: `select t.name || ' ' || p.polname as path, p.polname as key from ${tables} join pg_policy p on p.polrelid = t.oid
      where coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') ~* '\\mselect\\M'`,
  },
  {
    rule: "no sequences: ids are UUIDs, codes come from a counter row",
    sql: `select format('%s.%s', n.nspname, c.relname) as path, c.relname as key from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${ours}`,
  },
  {
    rule: "no materialised views",
    sql: `select format('%s.%s', n.nspname, c.relname) as path, c.relname as key from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'm' and ${ours}`,
  },
  {
    rule: "a view reads as its reader (security_invoker)",
    sql: `select format('%s.%s', n.nspname, c.relname) as path, c.relname as key from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'v' and ${ours} and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false)`,
  },
  {
    rule: "an exclusion constraint compares clinic_id with =",
    sql: `select t.name || ' ' || k.conname as path, k.conname as key from ${tables} join pg_constraint k on k.conrelid = t.oid and k.contype = 'x'
      where not exists (select from generate_subscripts(k.conkey, 1) at join pg_operator o on o.oid = k.conexclop[at] where k.conkey[at] = t.clinic and o.oprname = '=')`,
  },
  {
    rule: "a definer function sets its search_path and is not open to public",
    sql: `select p.oid::regprocedure::text as path, p.proname as key from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${ours}
      and (not exists (select from unnest(p.proconfig) one where one ~ '^search_path=') or p.proacl is null or exists (select from aclexplode(p.proacl) where grantee = 0))`,
  },
  {
    rule: "roles that serve people cannot pass row security or make roles",
    sql: `select rolname::text as path, rolname as key from pg_roles where rolname in ${appRoles} and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
  },
  {
    rule: "who may pass row security logs in nowhere and has no members",
    sql: `select r.rolname::text as path, r.rolname as key from pg_roles r where r.rolname ~ '^qms_' and r.rolbypassrls
      and (r.rolcanlogin or exists (select from pg_auth_members m join pg_roles w on w.oid = m.member where m.roleid = r.oid and not w.rolsuper))`,
  },
  {
    rule: "roles that serve people own nothing",
    sql: `select format('%s owns %s.%s', r.rolname, n.nspname, c.relname) as path, c.relname as key from pg_class c join pg_roles r on r.oid = c.relowner join pg_namespace n on n.oid = c.relnamespace
      where r.rolname in ${appRoles} and ${ours}`,
  },
  {
    rule: "roles that serve people may not truncate",
    sql: `select format('%s truncates %s', r.rolname, t.name) as path, t.name as key from ${tables} cross join pg_roles r where r.rolname in ${appRoles} and has_table_privilege(r.oid, t.oid, 'truncate')`,
  },
  {
    rule: "roles that serve people may make nothing",
    sql: `select format('%s creates in %s', r.rolname, n.nspname) as path, n.nspname as key from pg_namespace n cross join pg_roles r
      where r.rolname in ${appRoles} and has_schema_privilege(r.oid, n.oid, 'create') and n.nspname not in ('graphile_worker') and n.nspname !~ '^pg_'
      union all select format('%s creates schemas', r.rolname), r.rolname from pg_roles r where r.rolname in ('qms_app', 'qms_worker', 'qms_audit') and has_database_privilege(r.oid, current_database(), 'create')`,
  },
];

/** Names of all rules, for the test that plants a violation of each. */
export const ruleNames = rules.map(({ rule }) => rule);

/** Asks a running catalogue for everything that breaks a rule. `client` must be allowed to read the system tables. */
export async function catalogueFaults(client: pg.Client): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { rule, sql, except } of rules) {
    const { rows } = await client.query<{ path: string; key: string }>(sql);
    for (const { path, key } of rows) if (!(except && key in except)) faults.push({ path, what: rule });
  }
  return faults;
}
