import { meanOf } from "#core/numbers/sums.ts";
import { baseOf, level, type Lines, type Point, present } from "./lines.ts";

/** Chart of counts in equal periods, one part: mean ± 3·√mean, cut at 0. */
export function cChart(part: readonly Point[]): Lines {
  const center = meanOf(present(baseOf(part).map((point) => point.events)));
  const half = 3 * Math.sqrt(center);
  return {
    y: part.map((point) => point.events),
    center,
    lower: level(part, Math.max(0, center - half)),
    upper: level(part, center + half),
  };
}
