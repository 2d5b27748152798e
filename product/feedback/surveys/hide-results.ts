import { hideTree, type CountTree } from "#core/hiding/tree.ts";
import { counted, isPositive } from "./fft.ts";
import { inPeriod, isMonth, quarterOf, yearOf } from "./periods.ts";
import type { Cell, Place } from "./result-queries.ts";

/** Answers from which a score may be shown, and a distribution. */
export const scoreThreshold = 5;
export const distributionThreshold = 8;

export type Places = { sites: readonly Place[]; departments: readonly Place[]; services: readonly Place[] };
export type Node = { id: string; name: string; parent: string | null; n: number; positive: number };

const wholeClinic = "clinic";
const countedCells = (cells: readonly Cell[], period: string): Cell[] =>
  cells.filter((cell) => cell.score <= counted && inPeriod(cell.month, period));

/** The one fixed tree: clinic → site → department → service, each with its answers of a period. Places without an
 *  answer are in it as zeros: hidden among small ones, they keep a reader from knowing that a hidden place has answers at all. */
export function nodesOf(cells: readonly Cell[], places: Places, period: string): Node[] {
  const all = [...places.sites, ...places.departments, ...places.services];
  const known = new Set(all.map(({ id }) => id));
  const nodes = new Map<string, Node>([[wholeClinic, { id: wholeClinic, name: "", parent: null, n: 0, positive: 0 }]]);
  for (const { id, name, parent } of all)
    nodes.set(id, { id, name, parent: parent && known.has(parent) ? parent : wholeClinic, n: 0, positive: 0 });
  const add = (id: string, cell: Cell) => {
    const node = nodes.get(id);
    if (!node) return;
    node.n += cell.n;
    if (isPositive(cell.score)) node.positive += cell.n;
    if (node.parent !== null) add(node.parent, cell);
  };
  // upwards from the narrowest place by the tree's own parents, so that parts never exceed their whole
  for (const cell of countedCells(cells, period)) {
    const narrowest = [cell.service_id, cell.department_id, cell.site_id].find((id) => id !== null && known.has(id));
    add(narrowest ?? wholeClinic, cell);
  }
  return [...nodes.values()];
}

const treeOf = (nodes: readonly Node[], id: string): CountTree => ({
  id,
  count: nodes.find((node) => node.id === id)?.n ?? 0,
  children: nodes.filter((node) => node.parent === id).map((node) => treeOf(nodes, node.id)),
});

const shownIn = (nodes: readonly Node[]): Set<string> =>
  new Set([...hideTree(treeOf(nodes, wholeClinic), scoreThreshold)].flatMap(([id, n]) => (n === null ? [] : [id])));

/** Places shown in a period. The quarter is the grain: in it the tree is hidden by size. A month shows none, and a year only those
 *  that each of its quarters with answers shows: its figures are sums of figures already shown, so that nothing can be subtracted. */
export function placesShown(cells: readonly Cell[], places: Places, period: string): Set<string> {
  if (isMonth(period)) return new Set([wholeClinic]);
  const quarters = [...new Set(cells.map((cell) => quarterOf(cell.month)))].filter(
    (quarter) => quarter === period || yearOf(quarter) === period,
  );
  const masks = quarters.map((quarter) => shownIn(nodesOf(cells, places, quarter)));
  const ids = [wholeClinic, ...[...places.sites, ...places.departments, ...places.services].map(({ id }) => id)];
  return new Set(ids.filter((id) => masks.every((shown) => shown.has(id))));
}

/** Which totals of the whole clinic are shown: one tree of time, year → quarter → month, hidden by the same rule, so that a month
 *  with few answers cannot be found from its quarter. */
export function totalsShown(cells: readonly Cell[], year: string, threshold: number): Set<string> {
  const sum = (period: string) => countedCells(cells, period).reduce((total, cell) => total + cell.n, 0);
  const months = [...new Set(cells.map(({ month }) => month))].filter((month) => yearOf(month) === year);
  const quarters = [...new Set(months.map(quarterOf))];
  const tree: CountTree = {
    id: year,
    count: sum(year),
    children: quarters.map((quarter) => ({
      id: quarter,
      count: sum(quarter),
      children: months
        .filter((month) => quarterOf(month) === quarter)
        .map((month) => ({ id: month, count: sum(month) })),
    })),
  };
  return new Set([...hideTree(tree, threshold)].flatMap(([id, n]) => (n === null ? [] : [id])));
}

export type Week = { week: string; positive: number; n: number };

/** Weeks joined to the next until each holds enough answers; a rest too small joins the last. */
export function joinWeeks(weeks: readonly Week[]): Week[] {
  const joined: Week[] = [];
  let open: Week | undefined;
  for (const { week, positive, n } of weeks) {
    open = open ? { week: open.week, positive: open.positive + positive, n: open.n + n } : { week, positive, n };
    if (open.n >= scoreThreshold) {
      joined.push(open);
      open = undefined;
    }
  }
  const last = joined.at(-1);
  if (open && last)
    joined.splice(-1, 1, { week: last.week, positive: last.positive + open.positive, n: last.n + open.n });
  return joined;
}

export { wholeClinic };
