import { meanOf, sumOf } from "#core/numbers/sums.ts";
import { b3, b4 } from "./constants.ts";
import { baseOf, type Lines, type Point, present } from "./lines.ts";

/** Standard deviation within groups: pooled where sizes differ anywhere in the part (Montgomery 6.31), else the mean of the groups' (6.29).
 *  A group without any measurement counts as size 0, so it takes 1 from the degrees of freedom: the reference program does so too. */
export function withinGroups(part: readonly Point[]): number {
  const base = baseOf(part);
  if (new Set(part.map((point) => point.size)).size === 1) return meanOf(present(base.map((point) => point.sd)));
  const squares = present(base.map((point) => (point.size - 1) * point.sd ** 2));
  return Math.sqrt(sumOf(squares) / sumOf(base.map((point) => point.size - 1)));
}

/** Chart of the spread within groups, one part: limits B3 and B4 times the centre, by the size of each group; none for groups below 2. */
export function sChart(part: readonly Point[]): Lines {
  const center = withinGroups(part);
  return {
    y: part.map((point) => point.sd),
    center,
    lower: part.map((point) => b3(point.size) * center),
    upper: part.map((point) => b4(point.size) * center),
  };
}
