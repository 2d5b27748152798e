/** Geometry of the charts: pure, without statistics. */

/**
 * Three to six round values that cover [low, high], ascending; steps are 1, 2, 2.5 or 5 times a power of ten.
 * `floor` and `ceiling` bound the first and last value (0 and 100 for shares). Throws RangeError unless low ≤ high.
 */
export function roundTicks(low: number, high: number, bounds: { floor?: number; ceiling?: number } = {}): number[] {
  if (!(low <= high)) throw new RangeError(`low ${low}, high ${high}`);
  const spread = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(spread / 5));
  for (const factor of [1, 2, 2.5, 5, 10, 20, 25, 50]) {
    const step = factor * power;
    const from = Math.max(Math.floor(low / step + 1e-9), (bounds.floor ?? -Infinity) / step);
    const to = Math.min(Math.ceil(high / step - 1e-9), (bounds.ceiling ?? Infinity) / step);
    const count = Math.round(to - from) + 1;
    if (count <= 6) {
      const wanted = Math.max(count, 3);
      // Too few values for a grid: widen downwards first, upwards where the floor forbids it.
      const missing = wanted - count;
      const start = from - missing >= (bounds.floor ?? -Infinity) / step ? from - missing : from;
      return Array.from({ length: wanted }, (_, at) => tidy((start + at) * step));
    }
  }
  return [low, high];
}

const tidy = (value: number) => Number(value.toPrecision(12));

/** Maps [from, to] of values on [start, end] of pixels. */
export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]) {
  const perUnit = to === from ? 0 : (end - start) / (to - from);
  return (value: number) => start + (value - from) * perUnit;
}

/**
 * Moves label heights apart until neighbours are at least `gap` px from each other, keeping their order and
 * staying within [top, bottom] when they fit. Input and output are in the same order.
 */
export function pushApart(heights: readonly number[], gap: number, [top, bottom]: readonly [number, number]): number[] {
  const order = heights.map((_, at) => at).sort((one, other) => (heights[one] ?? 0) - (heights[other] ?? 0));
  const placed = [...heights];
  let least = top;
  for (const at of order) {
    placed[at] = Math.max(placed[at] ?? 0, least);
    least = (placed[at] ?? 0) + gap;
  }
  let most = bottom;
  for (const at of order.toReversed()) {
    placed[at] = Math.min(placed[at] ?? 0, most);
    most = (placed[at] ?? 0) - gap;
  }
  return placed;
}

/** A path through the points, or stepping with each point's slot when `half` (half a slot, px) is given. */
export function linePath(points: readonly (readonly [x: number, y: number])[], half?: number): string {
  if (half === undefined) return points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");
  return points
    .map(([x, y], at) => `${at === 0 ? "M" : "L"}${round(x - half)} ${round(y)}H${round(x + half)}`)
    .join("");
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Cuts a row into runs by the indexes where a new part begins; [] gives the whole row. */
export function partsAt<T>(row: readonly T[], starts: readonly number[]): { from: number; items: readonly T[] }[] {
  const cuts = [0, ...starts.filter((start) => start > 0 && start < row.length), row.length];
  return cuts.slice(0, -1).map((from, at) => ({ from, items: row.slice(from, cuts[at + 1]) }));
}

/** First index of the last unbroken run of signal points, or the length when the last point is common cause. */
export function lastRun(marks: readonly (string | undefined)[]): number {
  const last = marks.at(-1);
  if (!last || last === "common") return marks.length;
  let from = marks.length - 1;
  while (from > 0 && marks[from - 1] === last) from--;
  return from;
}
