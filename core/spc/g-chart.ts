import { meanOf, medianOf } from "#core/numbers/sums.ts";
import { baseOf, level, type Lines, type Point, present } from "./lines.ts";

/** Chart of cases between rare events, one part: limits m ± 3·√(m(m+1)) around the mean m, lower 0; the line drawn is the median,
 *  because half of such counts lie far below their mean. Source: Benneyan, Health Care Manag. Sci. 4 (2001) 305–318. */
export function gChart(part: readonly Point[]): Lines {
  const base = present(baseOf(part).map((point) => point.value));
  const mean = meanOf(base);
  const half = 3 * Math.sqrt(mean * (mean + 1));
  return {
    y: part.map((point) => point.value),
    center: medianOf(base),
    lower: level(part, Math.max(0, mean - half)),
    upper: level(part, mean + half),
  };
}
