import { solveIncreasing } from "./solve.ts";

const HALF_LN_2PI = 0.9189385332046728;
/** From here on six terms of Stirling's series are exact to the last bit. */
const SERIES_FROM = 16;
/** Enough for shapes up to 10¹⁰: the number of terms grows with the square root of the shape. */
const TERMS_MAX = 200_000;

/** Error of Stirling's formula: ln Γ(x+1) − (x+½)·ln x + x − ½·ln 2π. x > 0.
 *  Source: C. Loader, Fast and accurate computation of binomial probabilities (2000). */
export function stirlingError(x: number): number {
  let shifted = x;
  let error = 0;
  for (; shifted < SERIES_FROM; shifted += 1) error += (shifted + 0.5) * Math.log1p(1 / shifted) - 1;
  const s = 1 / (shifted * shifted);
  const series = 1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))));
  return error + series / shifted;
}

/** Deviance x·ln(x/m) + m − x without cancellation near x = m. x > 0, m > 0. Source: Loader, as above. */
export function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = (x - m) / (x + m);
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j += 1) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** Natural logarithm of Γ(x). x > 0 and finite, else RangeError. Absolute error below 1e-14 for x ≤ 100, relative below 1e-15 above. */
export function lnGamma(x: number): number {
  if (!(x > 0) || !Number.isFinite(x)) throw new RangeError(`ln Γ of ${x}`);
  return (x - 0.5) * Math.log(x) - x + HALF_LN_2PI + stirlingError(x);
}

/** Both tails of the gamma distribution with scale 1: P(X ≤ x) and P(X > x), each accurate when small.
 *  shape > 0, x ≥ 0. Series below the mode, Legendre's continued fraction above (DLMF 8.11.4, 8.9.2). */
export function gammaTails(shape: number, x: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 };
  const front = Math.exp(-stirlingError(shape) - deviance(shape, x)) / Math.sqrt(2 * Math.PI * shape); // x^a e^−x / Γ(a+1)
  if (x < shape + 1) {
    let term = 1;
    let sum = 1;
    for (let k = 1; k < TERMS_MAX && term > sum * 1e-17; k += 1) {
      term *= x / (shape + k);
      sum += term;
    }
    return { lower: front * sum, upper: 1 - front * sum };
  }
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < TERMS_MAX; k += 1) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / (a * d + b || 1e-300);
    c = b + a / c || 1e-300;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  const upper = front * shape * fraction;
  return { lower: 1 - upper, upper };
}

/** Quantile of the gamma distribution with scale 1: x with P(X ≤ x) = p. 0 ≤ p < 1, shape > 0, else RangeError. */
export function gammaQuantile(p: number, shape: number): number {
  if (!(p >= 0 && p < 1) || !(shape > 0)) throw new RangeError(`gamma quantile of ${p}, shape ${shape}`);
  if (p === 0) return 0;
  const tails = (logX: number) => gammaTails(shape, Math.exp(logX));
  const high = Math.log(shape + 20 * Math.sqrt(shape) + 750);
  return Math.exp(
    p <= 0.5
      ? solveIncreasing((t) => Math.log(tails(t).lower) - Math.log(p), -745, high)
      : solveIncreasing((t) => Math.log(1 - p) - Math.log(tails(t).upper), -745, high),
  );
}
