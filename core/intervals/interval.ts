/** An estimate with its limits, all on the scale of the estimate; lower ≤ estimate ≤ upper but for rounding of the last bit. */
export type Interval = { readonly estimate: number; readonly lower: number; readonly upper: number };

/** Throws RangeError unless hits and n are whole, n ≥ 1, 0 ≤ hits ≤ n. */
export function requireShare(hits: number, n: number): void {
  if (!Number.isSafeInteger(n) || n < 1 || !Number.isSafeInteger(hits) || hits < 0 || hits > n) {
    throw new RangeError(`hits ${hits} of n ${n}`);
  }
}

/** Throws RangeError unless 0 < confidence < 1. */
export function requireConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence ${confidence}`);
}
