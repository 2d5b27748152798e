import { deviance, stirlingError } from "./gamma.ts";
import { solveIncreasing } from "./solve.ts";

/** The fraction converges in about √max(a, b) steps: enough for a + b up to 10¹⁰. */
const STEPS_MAX = 200_000;

/** x^a (1−x)^b / B(a, b) through Loader's deviance form, which keeps its digits for large a and b. */
function front(a: number, b: number, x: number): number {
  const n = a + b;
  const log = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * (1 - x));
  return ((a * b) / n) * Math.exp(log) * Math.sqrt(n / (2 * Math.PI * a * b));
}

/** Continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || 1e-300);
  let value = d;
  for (let m = 1; m < STEPS_MAX; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || 1e-300);
    c = 1 + even / c || 1e-300;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || 1e-300);
    c = 1 + odd / c || 1e-300;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}

/** Both tails of the beta distribution: I_x(a, b) and its complement, each accurate when small.
 *  a > 0, b > 0, 0 ≤ x ≤ 1, else RangeError. */
export function betaTails(a: number, b: number, x: number): { lower: number; upper: number } {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) throw new RangeError(`beta ${a}, ${b} at ${x}`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === 1) return { lower: 1, upper: 0 };
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (front(a, b, x) * fraction(a, b, x)) / a);
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, (front(b, a, 1 - x) * fraction(b, a, 1 - x)) / b);
  return { lower: 1 - upper, upper };
}

/** Quantile of the beta distribution: x with I_x(a, b) = p. 0 ≤ p ≤ 1, a > 0, b > 0, else RangeError.
 *  Solved in the logarithm of the nearer end, so quantiles like 1e-150 (a far below 1) keep their digits. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1) || !(a > 0) || !(b > 0)) throw new RangeError(`beta quantile of ${p}, ${a}, ${b}`);
  if (p === 0 || p === 1) return p;
  return betaTails(a, b, 0.5).lower >= p ? nearZero(p, a, b) : 1 - nearZero(1 - p, b, a);
}

/** A quantile at most ½. */
function nearZero(p: number, a: number, b: number): number {
  const difference = (logX: number) => {
    const { lower, upper } = betaTails(a, b, Math.exp(logX));
    return p <= 0.5 ? Math.log(lower) - Math.log(p) : Math.log(1 - p) - Math.log(upper);
  };
  return Math.exp(solveIncreasing(difference, -745, Math.log(0.5)));
}
