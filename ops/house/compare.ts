import type pg from "pg";

const ours = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'graphile_worker')`;

/** Each gives one line a thing; lines of two databases with the same schema are equal. */
const parts: readonly string[] = [
  `select format('schema %s %s', n.nspname, n.nspacl) as line from pg_namespace n where ${ours}`,
  `select format('%s %s.%s owner=%s security=%s/%s options=%s grants=%s', c.relkind, n.nspname, c.relname, c.relowner::regrole, c.relrowsecurity, c.relforcerowsecurity,
     c.reloptions, (select array_agg(a::text order by a::text) from unnest(c.relacl) a)) as line
   from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S') and ${ours}`,
  // Order of columns is left out: a column added later stands last, and nothing of ours depends on its place.
  `select format('column %s.%s.%s %s null=%s default=%s generated=%s grants=%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
     pg_get_expr(d.adbin, d.adrelid), a.attgenerated, (select array_agg(g::text order by g::text) from unnest(a.attacl) g)) as line
   from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v') and ${ours}`,
  `select format('constraint %s %s: %s valid=%s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated) as line
   from pg_constraint k join pg_namespace n on n.oid = k.connamespace where k.conrelid <> 0 and ${ours}`,
  `select format('index %s', pg_get_indexdef(i.indexrelid)) as line from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
  `select format('policy %s %s %s roles=%s using=%s check=%s', p.polrelid::regclass, p.polname, p.polcmd, p.polroles::regrole[], pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as line
   from pg_policy p`,
  `select format('view %s %s', c.oid::regclass, pg_get_viewdef(c.oid)) as line from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and ${ours}`,
  `select format('function %s owner=%s grants=%s %s', p.oid::regprocedure, p.proowner::regrole, (select array_agg(a::text order by a::text) from unnest(p.proacl) a), pg_get_functiondef(p.oid)) as line
   from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prokind in ('f', 'p') and ${ours}`,
  `select format('trigger %s', pg_get_triggerdef(g.oid)) as line from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace where not g.tgisinternal and ${ours}`,
];

/** Everything the schema says, a sorted line a thing: tables, columns, constraints, indexes, policies, views, functions, grants. */
export async function catalogueLines(client: pg.Client): Promise<string[]> {
  const lines: string[] = [];
  for (const sql of parts) lines.push(...(await client.query<{ line: string }>(sql)).rows.map(({ line }) => line));
  return lines.toSorted();
}

/** Lines that only one of two catalogues has; `-` the first alone, `+` the second alone. Empty when they are the same. */
export function catalogueDifferences(first: readonly string[], second: readonly string[]): string[] {
  const inFirst = new Set(first);
  const inSecond = new Set(second);
  return [
    ...first.filter((line) => !inSecond.has(line)).map((line) => `- ${line}`),
    ...second.filter((line) => !inFirst.has(line)).map((line) => `+ ${line}`),
  ];
}
