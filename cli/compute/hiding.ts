import { z } from "zod";
import { THRESHOLD_MAX, THRESHOLD_MIN } from "#core/hiding/children.ts";
import { hideTable } from "#core/hiding/table.ts";
import { type CountTree, hideTree } from "#core/hiding/tree.ts";
import { wrong } from "./failure.ts";
import { count, operation } from "./operation.ts";

/** Rows and columns of a table, children of a node: more than any clinic has, and a bound on work. */
const SIDE_MAX = 100;
const threshold = z.int().min(THRESHOLD_MIN).max(THRESHOLD_MAX);
/** How many, or their names; they are only compared with the table. */
const side = z
  .union([z.int().min(0).max(SIDE_MAX), z.array(z.union([z.string(), z.number()])).max(SIDE_MAX)])
  .nullish();
const sizeOf = (named: z.output<typeof side>): number | undefined =>
  typeof named === "number" ? named : named?.length;

/** `hide-table`: what may be shown of a two-way table. */
export const table = operation(
  z
    .strictObject({
      op: z.literal("hide-table"),
      threshold,
      rows: side,
      columns: side,
      counts: z.array(z.array(count).max(SIDE_MAX)).max(SIDE_MAX),
    })
    .superRefine(({ rows, columns, counts }, found) => {
      const width = sizeOf(columns) ?? counts[0]?.length ?? 0;
      const ragged = counts.findIndex((row) => row.length !== width);
      if ((sizeOf(rows) ?? counts.length) !== counts.length) {
        found.addIssue(wrong(["counts"], "One row of counts for each row.", "По одному рядку чисел на кожен рядок."));
      }
      if (ragged >= 0) {
        found.addIssue(wrong(["counts", ragged], "One count for each column.", "По одному числу на кожен стовпець."));
      }
    }),
  ({ counts, threshold: from }) => hideTable(counts, from),
);

const node: z.ZodType<CountTree> = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String),
    count,
    get children() {
      return z
        .array(node)
        .max(SIDE_MAX)
        .nullish()
        .transform((children) => children ?? undefined);
    },
  })
  .superRefine((parent, found) => {
    const named = (parent.children ?? []).reduce((sum, child) => sum + child.count, 0);
    if (named > parent.count) {
      found.addIssue(wrong(["children"], "The parts exceed the whole.", "Частини перевищують ціле."));
    }
  });

/** `hide-tree`: what may be shown of a tree of groups. */
export const tree = operation(z.strictObject({ op: z.literal("hide-tree"), threshold, tree: node }), (line) => ({
  values: Object.fromEntries(hideTree(line.tree, line.threshold)),
}));
