import { sumOf } from "#core/numbers/sums.ts";
import { a3 } from "./constants.ts";
import { baseOf, type Lines, type Point, present } from "./lines.ts";
import { withinGroups } from "./s-chart.ts";

/** Chart of the means of groups, one part: the mean of all measurements ± A3 times the spread within groups. */
export function xbarChart(part: readonly Point[]): Lines {
  const base = baseOf(part);
  const total = sumOf(present(base.map((point) => point.size * point.mean)));
  const center = total / sumOf(base.map((point) => point.size));
  const sigma = withinGroups(part);
  return {
    y: part.map((point) => point.value),
    center,
    lower: part.map((point) => center - a3(point.size) * sigma),
    upper: part.map((point) => center + a3(point.size) * sigma),
  };
}
