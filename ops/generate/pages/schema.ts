import type pg from "pg";
import { folder, madeBy, table, type Pages } from "../product.ts";

type Column = {
  relation: string;
  kind: "r" | "p" | "v";
  name: string;
  type: string;
  optional: boolean;
  given: string | null;
};
type Key = { relation: string; text: string };

const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'graphile_worker', 'app_private')`;

const columnsSql = `select format('%s.%s', n.nspname, c.relname) as relation, c.relkind::text as kind, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
  not a.attnotnull as optional, pg_get_expr(d.adbin, d.adrelid) as given
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v') and ${ours} order by relation, a.attnum`;

const keysSql = `select format('%s.%s', n.nspname, c.relname) as relation, pg_get_constraintdef(k.oid) as text
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype in ('p', 'u', 'f', 'x', 'c') and ${ours}
  order by relation, strpos('pufxc', k.contype::text), text`;

const policiesSql = `select format('%s.%s', n.nspname, c.relname) as relation,
  format('%s: %s', p.polname, coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))) as text
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} order by relation, p.polname`;

const listed = (title: string, keys: readonly Key[]): string =>
  keys.length === 0 ? "" : `\n${title}:\n${keys.map(({ text }) => `- \`${text}\``).join("\n")}\n`;

/** Tables and views with columns, keys, checks and policies, from a running catalogue. */
export async function schemaPage(client: pg.Client): Promise<Pages> {
  const columns = (await client.query<Column>(columnsSql)).rows;
  const keys = (await client.query<Key>(keysSql)).rows;
  const policies = (await client.query<Key>(policiesSql)).rows;
  const relations = [...new Set(columns.map(({ relation }) => relation))];
  const parts = relations.map((relation) => {
    const own = columns.filter((column) => column.relation === relation);
    const of = (all: readonly Key[]) => all.filter((key) => key.relation === relation);
    const rows = own.map(({ name, type, optional, given }) => [name, type, optional ? "" : "yes", given ?? ""]);
    const view = own[0]?.kind === "v" ? " (view)" : "";
    return `## ${relation}${view}\n\n${table(["column", "type", "required", "default"], rows)}\n${listed("Keys and checks", of(keys))}${listed("Policies", of(policies))}`;
  });
  return new Map([
    [
      `${folder}/schema.md`,
      `${madeBy}\n# Schema\n\nOne PostgreSQL schema a pillar. A \`bytea\` column of a person's data is sealed by the application before it arrives.\n\n${parts.join("\n")}`,
    ],
  ]);
}
