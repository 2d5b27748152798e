/** Totals of a two-way table, all shown; total is the sum of either. */
export type OpenMargins = {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly total: number;
};

/** Each hidden cell keeps at least so many possible values. */
const READINGS_MIN = 3;

type Fixed = { readonly row: number; readonly column: number; readonly count: number };

/** Whether every cell that its totals leave open has at least three possible values, over all tables with these totals and at least one
 *  small cell: that is what a reader knows of a table shown by its totals. Depends on the totals alone, so its answer tells nothing more. */
export function hasReadings(margins: OpenMargins, threshold: number): boolean {
  return margins.rows.every((inRow, row) =>
    margins.columns.every(
      (inColumn, column) => inRow === 0 || inColumn === 0 || cellHasReadings(margins, { row, column }, threshold),
    ),
  );
}

function cellHasReadings(
  margins: OpenMargins,
  { row, column }: { readonly row: number; readonly column: number },
  threshold: number,
): boolean {
  const inRow = margins.rows[row] ?? 0;
  const inColumn = margins.columns[column] ?? 0;
  const least = Math.max(0, inRow + inColumn - margins.total);
  const most = Math.min(inRow, inColumn);
  let found = 0;
  for (let count = least; count <= most && found < READINGS_MIN; count += 1) {
    // A small value is its own small cell; any other needs one elsewhere.
    const small = count >= 1 && count < threshold;
    if (small || smallElsewhere(margins, { row, column, count }, threshold)) found += 1;
  }
  return found >= READINGS_MIN;
}

function smallElsewhere(margins: OpenMargins, cell: Fixed, threshold: number): boolean {
  return margins.rows.some((_, row) =>
    margins.columns.some((__, column) => {
      if (row === cell.row && column === cell.column) return false;
      for (let count = 1; count < threshold; count += 1) if (exists(margins, cell, { row, column, count })) return true;
      return false;
    }),
  );
}

/** Whether a table with these totals and these two cells exists: what they leave of the totals must fit into the other cells.
 *  By the max-flow min-cut theorem it fits unless some rows have to go where every column they may use is too small (Gale 1957). */
function exists({ rows, columns, total }: OpenMargins, a: Fixed, b: Fixed): boolean {
  const left = total - a.count - b.count;
  const ofRow = (row: number) => (rows[row] ?? 0) - (row === a.row ? a.count : 0) - (row === b.row ? b.count : 0);
  const ofColumn = (column: number) =>
    (columns[column] ?? 0) - (column === a.column ? a.count : 0) - (column === b.column ? b.count : 0);
  const rowsLeft = [...new Set([a.row, b.row])];
  const columnsLeft = [...new Set([a.column, b.column])];
  if ([...rowsLeft.map(ofRow), ...columnsLeft.map(ofColumn)].some((count) => count < 0)) return false;
  if (ofRow(a.row) + ofColumn(a.column) > left || ofRow(b.row) + ofColumn(b.column) > left) return false;
  if (a.row === b.row) return ofRow(a.row) + ofColumn(a.column) + ofColumn(b.column) <= left;
  if (a.column === b.column) return ofRow(a.row) + ofRow(b.row) + ofColumn(a.column) <= left;
  return true;
}
