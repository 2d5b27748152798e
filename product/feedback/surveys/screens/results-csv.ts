import type { Results } from "./results-shape.ts";

type Heads = { place: string; n: string; share: string; interval: string; whole: string };
type Cell = string | number | null;

/** The table as it is shown, hidden rows as `*`: a file must not tell more than the page. Shares in percent, one decimal. */
export function resultRows(results: Pick<Results, "rows" | "total">, heads: Heads): Cell[][] {
  const percent = (share: number | null): Cell => (share === null ? null : Math.round(share * 1000) / 10);
  const line = (name: string, row: Results["total"]): Cell[] =>
    row.hidden
      ? [name, "*", "*", "*", "*"]
      : [name, row.n, percent(row.share), percent(row.interval?.low ?? null), percent(row.interval?.high ?? null)];
  return [
    [heads.place, heads.n, heads.share, `${heads.interval}: 2,5 %`, `${heads.interval}: 97,5 %`],
    ...results.rows.map((row) => line(row.name, row)),
    line(heads.whole, results.total),
  ];
}
