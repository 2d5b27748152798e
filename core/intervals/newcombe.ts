import { wilson } from "./wilson.ts";

/** Difference of two independent proportions, first minus second, with limits in [−1, 1]. */
export type Difference = { readonly difference: number; readonly lower: number; readonly upper: number };

/** Newcombe's hybrid score interval (method 10) from two Wilson intervals without correction.
 *  first, second: whole hits of n, 0 ≤ hits ≤ n, n ≥ 1; 0 < confidence < 1, else RangeError.
 *  56/70 − 48/80 at 95 % → 0.2 (0.0524–0.3339). Source: R. G. Newcombe, Stat. Med. 17 (1998) 873–890. */
export function newcombeDifference(
  first: { readonly hits: number; readonly n: number },
  second: { readonly hits: number; readonly n: number },
  confidence = 0.95,
): Difference {
  const a = wilson(first.hits, first.n, confidence);
  const b = wilson(second.hits, second.n, confidence);
  const difference = a.estimate - b.estimate;
  return {
    difference,
    lower: difference - Math.hypot(a.estimate - a.lower, b.upper - b.estimate),
    upper: difference + Math.hypot(a.upper - a.estimate, b.estimate - b.lower),
  };
}
