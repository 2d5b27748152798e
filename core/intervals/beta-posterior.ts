import { betaQuantile } from "#core/numbers/beta.ts";
import { requireConfidence } from "./interval.ts";

/** A share drawn towards its group: posterior mean, equal-tailed limits, and how much the own data weigh, all in [0, 1]. */
export type Posterior = {
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  readonly weightOfOwnData: number;
};

/** Posterior of a share under a Beta(alpha, beta) prior: Beta(alpha + hits, beta + n − hits).
 *  hits, n: whole, 0 ≤ hits ≤ n (n = 0 gives the prior itself); alpha, beta > 0; 0 < confidence < 1, else RangeError.
 *  weightOfOwnData = n / (n + alpha + beta). Source: Casella, Am. Stat. 39 (1985) 83–87; R `qbeta`. */
export function betaPosterior(
  own: { readonly hits: number; readonly n: number },
  prior: { readonly alpha: number; readonly beta: number },
  confidence = 0.95,
): Posterior {
  const { hits, n } = own;
  const { alpha, beta } = prior;
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(hits) || hits < 0 || hits > n) {
    throw new RangeError(`hits ${hits} of n ${n}`);
  }
  if (!(alpha > 0) || !(beta > 0)) throw new RangeError(`prior ${alpha}, ${beta}`);
  requireConfidence(confidence);
  const a = alpha + hits;
  const b = beta + n - hits;
  const tail = (1 - confidence) / 2;
  return {
    mean: a / (a + b),
    lower: betaQuantile(tail, a, b),
    upper: betaQuantile(1 - tail, a, b),
    weightOfOwnData: n / (n + alpha + beta),
  };
}
