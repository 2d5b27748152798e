import { lnGamma } from "#core/numbers/gamma.ts";

/** Mean of a sample's standard deviation in units of the process's: √(2/(n−1))·Γ(n/2)/Γ((n−1)/2).
 *  n: whole, the size of a group; NaN below 2. n = 2, 5, 10, 25: 0.7979, 0.9400, 0.9727, 0.9896. Source: Montgomery, appendix VI. */
export function c4(n: number): number {
  if (n < 2) return Number.NaN;
  return Math.sqrt(2 / (n - 1)) * Math.exp(lnGamma(n / 2) - lnGamma((n - 1) / 2));
}

const spread = (n: number): number => Math.sqrt(1 - c4(n) ** 2) / c4(n);

/** 3-sigma limits of a mean, in units of the mean standard deviation, each side. n as above. */
export const a3 = (n: number): number => 3 / (c4(n) * Math.sqrt(n));
/** Lower 3-sigma limit of a standard deviation as a factor of its centre, never below 0. n as above. */
export const b3 = (n: number): number => Math.max(0, 1 - 3 * spread(n));
/** Upper 3-sigma limit of a standard deviation as a factor of its centre. n as above. */
export const b4 = (n: number): number => 1 + 3 * spread(n);
