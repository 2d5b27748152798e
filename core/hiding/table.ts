import { hideChildren, isSmall, requireCounts, tooFew } from "./children.ts";
import { hasReadings } from "./margins.ts";

/** What may be shown of a table: null where hidden; total is null only when it is small itself. */
export type ShownTable = {
  readonly cells: readonly (readonly (number | null)[])[];
  readonly rowTotals: readonly (number | null)[];
  readonly columnTotals: readonly (number | null)[];
  readonly total: number | null;
};

/** What may be shown of a two-way table of counts with both its totals, to a reader who knows this rule.
 *  One of four pictures: everything, if no cell is small; else totals of rows and columns without cells, if none of the totals is small and
 *  each cell keeps three possible values; else totals of rows alone, by the rule for children; else the total. A single row or column is a
 *  list of children. Cells of an empty row or column are shown as 0 where its total is. Which hidden cells are the small ones is never told:
 *  it would narrow them. counts[row][column]: whole, ≥ 0; threshold as for `hideChildren`.
 *  Cells are hidden together and not in patches: which patch was chosen would tell where the small ones are.
 *  Throws RangeError for ragged rows, a count that is not whole and ≥ 0, a threshold out of range. Proven by trying every small table. */
export function hideTable(counts: readonly (readonly number[])[], threshold: number): ShownTable {
  const width = counts[0]?.length ?? 0;
  if (counts.some((row) => row.length !== width)) throw new RangeError("rows of different length");
  requireCounts(counts.flat(), threshold);
  const rows = counts.map(sum);
  const columns = Array.from({ length: width }, (_, column) => sum(counts.map((row) => row[column] ?? 0)));
  const total = sum(rows);
  const shown = isSmall(total, threshold) ? null : total;
  if (total > 0 && tooFew(total, threshold)) return picture({ rows: hide(rows), columns: hide(columns), total: shown });
  if (!counts.flat().some((count) => isSmall(count, threshold))) {
    return { cells: counts, rowTotals: rows, columnTotals: columns, total };
  }
  if (rows.length === 1) return singleRow(masked(columns, threshold), total);
  if (width === 1) return singleColumn(masked(rows, threshold), total);
  const open = ![...rows, ...columns].some((count) => isSmall(count, threshold));
  return open && hasReadings({ rows, columns, total }, threshold)
    ? picture({ rows, columns, total })
    : picture({ rows: masked(rows, threshold), columns: hide(columns), total });
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const hide = (counts: readonly number[]): null[] => counts.map(() => null);

function masked(counts: readonly number[], threshold: number): (number | null)[] {
  const hidden = hideChildren(counts, threshold);
  return counts.map((count, at) => (hidden[at] === true ? null : count));
}

type Margins = {
  readonly rows: readonly (number | null)[];
  readonly columns: readonly (number | null)[];
  readonly total: number | null;
};

/** A table without cells, but for those that a total of 0 gives away anyway. */
const picture = ({ rows, columns, total }: Margins): ShownTable => ({
  cells: rows.map((row) => columns.map((column) => (row === 0 || column === 0 ? 0 : null))),
  rowTotals: rows,
  columnTotals: columns,
  total,
});

const singleRow = (columns: readonly (number | null)[], total: number): ShownTable => ({
  cells: [columns],
  rowTotals: [total],
  columnTotals: columns,
  total,
});

const singleColumn = (rows: readonly (number | null)[], total: number): ShownTable => ({
  cells: rows.map((row) => [row]),
  rowTotals: rows,
  columnTotals: [total],
  total,
});
