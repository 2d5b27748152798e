import { zOf } from "#core/numbers/normal.ts";
import { type Interval, requireConfidence, requireShare } from "./interval.ts";

/** Wilson score interval of a proportion, without continuity correction: for shares with small numbers.
 *  hits: whole, 0 ≤ hits ≤ n; n: whole, ≥ 1; 0 < confidence < 1. Returns proportions in [0, 1]; lower is exactly 0
 *  without hits, upper exactly 1 without misses. Throws RangeError outside these.
 *  Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212; R `prop.test(correct = FALSE)`. */
export function wilson(hits: number, n: number, confidence = 0.95): Interval {
  requireShare(hits, n);
  requireConfidence(confidence);
  const z = zOf(confidence);
  const share = hits / n;
  const k = (z * z) / n; // how much z outweighs the data
  const centre = (share + k / 2) / (1 + k);
  const half = (z / (1 + k)) * Math.sqrt((share * (1 - share)) / n + k / (4 * n));
  return { estimate: share, lower: hits === 0 ? 0 : centre - half, upper: hits === n ? 1 : centre + half };
}
