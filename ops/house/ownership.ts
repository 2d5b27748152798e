import type { Parsed } from "./parse.ts";
import type { Fault, Source } from "./sources.ts";

const schemas = "identity|clinic|knowledge|education|control|feedback|motivation|platform|ledger|app_private";
const relation = new RegExp(`\\b(?:${schemas})\\.[a-z_]+\\b`, "g");
const made = new RegExp(`\\bcreate\\s+(?:table|view)\\s+(?:if\\s+not\\s+exists\\s+)?((?:${schemas})\\.[a-z_]+)`, "gi");

const withoutComments = (sql: string): string => sql.replace(/--[^\n]*/g, "").replace(/\/\*[\s\S]*?\*\//g, "");

/** The capability (`pillar/name`) a path lies in, or its platform folder (`platform/jobs`). */
export function ownerOf(path: string): string | undefined {
  return (
    /^product\/([^/]+\/[^/]+)\//.exec(path)?.[1] ??
    (path.startsWith("platform/") ? /^platform\/[^/]+/.exec(path)?.[0] : undefined)
  );
}

/** Table or view → who made it, from all schema.sql and migrations. */
export function relationsOf(sqlFiles: readonly Source[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { path, text } of sqlFiles) {
    const owner = ownerOf(path);
    if (!owner) continue;
    for (const [, name] of withoutComments(text).matchAll(made)) if (name) owners.set(name.toLowerCase(), owner);
  }
  return owners;
}

const isFacts = (name: string): boolean => /\.fact_/.test(name);

/** A foreign key may point to the platform, to its own capability, or to one that stands higher. */
const isUpwards = (from: string, to: string, order: readonly string[]): boolean =>
  to.startsWith("platform/") || to === from || (order.indexOf(to) >= 0 && order.indexOf(to) < order.indexOf(from));

type Named = { path: string; owner: string; name: string; before: string };

function faultOf(o: Named, owners: ReadonlyMap<string, string>, order: readonly string[]): Fault[] {
  const of = owners.get(o.name);
  if (of === undefined || of === o.owner || isFacts(o.name)) return [];
  if (/\breferences\s*$/i.test(o.before))
    return isUpwards(o.owner, of, order)
      ? []
      : [{ path: o.path, what: `a foreign key downwards, to ${o.name} of ${of}` }];
  return [{ path: o.path, what: `names ${o.name}, which ${of} owns: use its fact view or call its index.ts` }];
}

function namesIn(path: string, text: string): Named[] {
  const owner = ownerOf(path);
  if (!owner) return [];
  return [...text.matchAll(relation)].map((found) => ({
    path,
    owner,
    name: found[0],
    before: text.slice(Math.max(0, found.index - 40), found.index),
  }));
}

export type Ownership = { code: readonly Parsed[]; sql: readonly Source[]; order: readonly string[] };

/** SQL of a capability names own tables, fact views of anyone, and foreign keys upwards. Reads the texts of its code
 *  (strings and templates) and its .sql files; names that no schema file makes are left to the compiler. */
export function ownershipFaults({ code, sql, order }: Ownership): Fault[] {
  const owners = relationsOf(sql);
  const inProduct = (path: string) => path.startsWith("product/") && !/\.test\.tsx?$/.test(path);
  const named = [
    ...code
      .filter(({ path }) => inProduct(path))
      .flatMap(({ path, texts }) => texts.flatMap((text) => namesIn(path, text))),
    ...sql.filter(({ path }) => inProduct(path)).flatMap(({ path, text }) => namesIn(path, withoutComments(text))),
  ];
  const faults = named.flatMap((one) => faultOf(one, owners, order));
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.what}`, fault])).values()];
}
