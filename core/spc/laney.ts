import { baseOf, type Point, present } from "./lines.ts";
import { sigmaOf } from "./moving-range.ts";

/** Events over denominators of the points that give the limits. NaN without any. */
export function shareOf(part: readonly Point[], sum: (values: readonly number[]) => number): number {
  const base = baseOf(part);
  return sum(present(base.map((point) => point.events))) / sum(present(base.map((point) => point.n)));
}

/** Laney's factor σz: how much the points vary in units of what chance alone would give, from screened moving ranges of z.
 *  NaN where it cannot be estimated (all z equal, centre 0 or 1). Source: D. B. Laney, Qual. Eng. 14 (2002) 531–537. */
export function laney(part: readonly Point[], center: number, sigma: (point: Point) => number): number {
  return sigmaOf(baseOf(part).map((point) => (point.value - center) / sigma(point)));
}
