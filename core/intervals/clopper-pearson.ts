import { betaQuantile } from "#core/numbers/beta.ts";
import { type Interval, requireConfidence, requireShare } from "./interval.ts";

/** Exact (Clopper–Pearson) interval of a proportion: never less than the stated confidence, wider than Wilson's.
 *  hits: whole, 0 ≤ hits ≤ n; n ≥ 1; 0 < confidence < 1, else RangeError. Limits in [0, 1].
 *  Source: Clopper and Pearson, Biometrika 26 (1934) 404–413; R `binom.test`. */
export function clopperPearson(hits: number, n: number, confidence = 0.95): Interval {
  requireShare(hits, n);
  requireConfidence(confidence);
  const tail = (1 - confidence) / 2;
  return {
    estimate: hits / n,
    lower: hits === 0 ? 0 : betaQuantile(tail, hits, n - hits + 1),
    upper: hits === n ? 1 : betaQuantile(1 - tail, hits + 1, n - hits),
  };
}
