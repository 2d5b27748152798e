import { meanOf } from "#core/numbers/sums.ts";
import { baseOf, level, type Lines, type Point, present } from "./lines.ts";
import { sigmaOf } from "./moving-range.ts";

/** Individuals chart (XmR) of one part: mean ± 3 × screened mean moving range / 1.128.
 *  An excluded point closes up, so its neighbours make a range; a missing one leaves a gap. */
export function iChart(part: readonly Point[]): Lines {
  const base = baseOf(part).map((point) => point.value);
  const center = meanOf(present(base));
  const sigma = sigmaOf(base);
  return {
    y: part.map((point) => point.value),
    center,
    lower: level(part, center - 3 * sigma),
    upper: level(part, center + 3 * sigma),
  };
}
