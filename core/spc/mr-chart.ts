import { meanOf } from "#core/numbers/sums.ts";
import { level, type Lines, type Point, present } from "./lines.ts";
import { movingRanges, RANGE_LIMIT } from "./moving-range.ts";

/** Moving range chart of one part: ranges to the point before, their mean, 0 and 3.267 times the mean.
 *  The first point of a part has no range. */
export function mrChart(part: readonly Point[]): Lines {
  const y = [Number.NaN, ...movingRanges(part.map((point) => point.value))];
  const center = meanOf(present(y.filter((_, at) => part[at]?.base === true)));
  return { y, center, lower: level(part, 0), upper: level(part, RANGE_LIMIT * center) };
}
