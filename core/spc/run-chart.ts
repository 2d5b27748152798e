import { medianOf } from "#core/numbers/sums.ts";
import { baseOf, level, type Lines, type Point, present } from "./lines.ts";

/** Run chart of one part: the median, and no limits. */
export function runChart(part: readonly Point[]): Lines {
  return {
    y: part.map((point) => point.value),
    center: medianOf(present(baseOf(part).map((point) => point.value))),
    lower: level(part, Number.NaN),
    upper: level(part, Number.NaN),
  };
}
