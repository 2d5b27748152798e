import type { ReplyOf } from "#core/contract/route.ts";
import type { listComments, readResults } from "../contract.ts";

export type Results = ReplyOf<typeof readResults>;
export type ResultRow = Results["rows"][number];
export type Comment = ReplyOf<typeof listComments>["items"][number];

/** A row with how deep it stands in the tree: 0 for a site, 1 for a department, 2 for a service. */
export type DeepRow = ResultRow & { depth: number };

/** Depth of each row, by its parents; rows come parents first. */
export function deepRows(rows: readonly ResultRow[]): DeepRow[] {
  const depths = new Map<string, number>();
  return rows.map((row) => {
    const depth = row.parent === null ? 0 : (depths.get(row.parent) ?? -1) + 1;
    depths.set(row.id, depth);
    return { ...row, depth };
  });
}
