/** Sum of numbers with Neumaier's running correction, so that a value equal to the mean compares as equal.
 *  values: finite, any length. Returns 0 for none. Source: A. Neumaier, Z. Angew. Math. Mech. 54 (1974) 39–51. */
export function sumOf(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Arithmetic mean in two passes, the second adding the mean residual (as R's `mean`).
 *  values: finite. Returns NaN for none. */
export function meanOf(values: readonly number[]): number {
  const first = sumOf(values) / values.length;
  return first + sumOf(values.map((value) => value - first)) / values.length;
}

/** Median; the mean of the two middle values for an even number. values: finite. Returns NaN for none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return meanOf(sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1, middle + 1));
}

/** Standard deviation of a sample (divisor n − 1). values: finite. Returns NaN for fewer than two. */
export function standardDeviationOf(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const mean = meanOf(values);
  return Math.sqrt(sumOf(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}
