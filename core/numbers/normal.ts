import { gammaTails } from "./gamma.ts";
import { solveIncreasing } from "./solve.ts";

/** Quantile of the standard normal distribution: z with P(Z ≤ z) = p. 0 < p < 1, else RangeError.
 *  Uses P(|Z| > z) = Q(½, z²/2), the gamma tail. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normal quantile of ${p}`);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const z = solveIncreasing((t) => Math.log(2 * tail) - Math.log(gammaTails(0.5, (t * t) / 2).upper), 0, 38);
  return p < 0.5 ? -z : z;
}

/** The z that leaves `confidence` in the middle: 1.959963984540054 for 0.95. 0 < confidence < 1, else RangeError. */
export const zOf = (confidence: number): number => normalQuantile(0.5 + confidence / 2);
