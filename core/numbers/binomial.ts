import { betaTails } from "./beta.ts";

/** P(X ≤ k) of the binomial distribution. k and n whole, 0 ≤ k ≤ n; 0 < share < 1. */
export function binomialCumulative(k: number, n: number, share: number): number {
  return k >= n ? 1 : betaTails(k + 1, n - k, share).upper;
}

/** Smallest k with P(X ≤ k) ≥ p. n whole ≥ 0, 0 < p < 1, 0 < share < 1, else RangeError. */
export function binomialQuantile(p: number, n: number, share: number): number {
  if (!Number.isInteger(n) || n < 0 || !(p > 0 && p < 1) || !(share > 0 && share < 1)) {
    throw new RangeError(`binomial quantile of ${p}, ${n}, ${share}`);
  }
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCumulative(middle, n, share) >= p) high = middle;
    else low = middle + 1;
  }
  return low;
}
