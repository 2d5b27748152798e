import type pg from "pg";
import { z } from "zod";
import { folder, madeBy, type Pages } from "../product.ts";

export const queriesPath = `${folder}/queries.md`;

/** A statement the product sends and how PostgreSQL would find its rows. */
export type QueryPlan = { statement: string; indexes: string[]; scans: string[] };

const explained = z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: z.unknown() })]) });
const node = z.looseObject({
  "Node Type": z.string(),
  "Index Name": z.string().optional(),
  "Relation Name": z.string().optional(),
  Plans: z.array(z.unknown()).optional(),
});

function walk(plan: unknown, found: QueryPlan): void {
  const here = node.parse(plan);
  const { "Index Name": index, "Relation Name": relation } = here;
  if (index && !found.indexes.includes(index)) found.indexes.push(index);
  if (here["Node Type"] === "Seq Scan" && relation && !found.scans.includes(relation)) found.scans.push(relation);
  for (const inner of here.Plans ?? []) walk(inner, found);
}

/** The plan of each statement, parameters unknown. Sequential scans are made dear, so one that remains has no index to use.
 *  The database must hold rows and statistics (`analyze`): on empty tables every index costs the same. */
export async function queryCatalogue(statements: readonly string[], client: pg.Client): Promise<QueryPlan[]> {
  await client.query("begin; set local enable_seqscan = off");
  try {
    const plans: QueryPlan[] = [];
    for (const statement of [...statements].toSorted()) {
      const { rows } = await client.query<Record<string, unknown>>(`explain (generic_plan, format json) ${statement}`);
      const found: QueryPlan = { statement, indexes: [], scans: [] };
      walk(explained.parse(rows[0])["QUERY PLAN"][0].Plan, found);
      plans.push(found);
    }
    return plans;
  } finally {
    await client.query("rollback");
  }
}

const intro = `Statements that the product sends while the demo clinic is made, its past is told and every reading route is called, each with the
indexes of its generic plan (\`explain (generic_plan)\`, sequential scans made dear: one that remains has no index to use). Lists of
parameters are shortened to one. Rows of other clinics are kept apart by row security besides.`;

const howFound = ({ statement, indexes, scans }: QueryPlan): string => {
  const by = indexes.length > 0 ? `By ${indexes.map((name) => `\`${name}\``).join(", ")}.` : "";
  const whole = scans.length > 0 ? `Reads the whole of ${scans.map((name) => `\`${name}\``).join(", ")}.` : "";
  const nothing = statement.startsWith("insert") ? "Adds rows and looks nothing up." : "Looks nothing up in a table.";
  return [by, whole].filter(Boolean).join(" ") || nothing;
};

/** Every statement with its index; one that must read a whole table says so. */
export function queriesPage(plans: readonly QueryPlan[]): Pages {
  const parts = plans.map((plan) => `\`\`\`sql\n${plan.statement}\n\`\`\`\n${howFound(plan)}\n`);
  return new Map([[queriesPath, `${madeBy}\n# Queries\n\n${intro}\n\n${parts.join("\n")}`]]);
}
