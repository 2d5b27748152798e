import { hideChildren, isSmall, requireCounts } from "./children.ts";

/** A group of people with its parts: clinic → site → department → service. count: whole, ≥ 0; children sum to at most the count,
 *  what is missing counts as one more, unnamed part. */
export type CountTree = {
  readonly id: string;
  readonly count: number;
  readonly children?: readonly CountTree[] | undefined;
};

/** What may be shown of a tree of counts: each id with its count, or null where hidden.
 *  A small root hides everything; below a hidden node all is hidden; below a shown one `hideChildren` decides.
 *  threshold: 5 for scores, 8 for distributions. Percentages, intervals and comments must follow the same mask.
 *  Throws RangeError for a count that is not whole and ≥ 0, parts that exceed their whole, an id used twice, a threshold out of range. */
export function hideTree(tree: CountTree, threshold: number): Map<string, number | null> {
  requireCounts([tree.count], threshold);
  const values = new Map<string, number | null>();
  show(tree, isSmall(tree.count, threshold), { values, threshold });
  return values;
}

type Work = { readonly values: Map<string, number | null>; readonly threshold: number };

function show(node: CountTree, hidden: boolean, work: Work): void {
  if (work.values.has(node.id)) throw new RangeError(`id ${node.id} twice`);
  work.values.set(node.id, hidden ? null : node.count);
  const children = node.children ?? [];
  const counts = children.map((child) => child.count);
  requireCounts(counts, work.threshold);
  const unnamed = node.count - counts.reduce((sum, count) => sum + count, 0);
  if (children.length > 0 && unnamed < 0) throw new RangeError(`the parts of ${node.id} exceed it`);
  // A reader subtracts: people in no named part are a part like any other.
  const mask = hidden ? [] : hideChildren(unnamed > 0 ? [...counts, unnamed] : counts, work.threshold);
  for (const [at, child] of children.entries()) show(child, hidden || mask[at] === true, work);
}
