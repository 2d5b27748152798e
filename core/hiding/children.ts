/** Smallest and largest threshold: below 3 there is only one small number, so hiding it tells it; 20 bounds the work. */
export const THRESHOLD_MIN = 3;
export const THRESHOLD_MAX = 20;
/** Each hidden number keeps at least so many possible values for a reader who knows the rule. */
const READINGS_MIN = 3;

/** Throws RangeError unless counts are whole, ≥ 0 and the threshold is whole within its limits. */
export function requireCounts(counts: readonly number[], threshold: number): void {
  if (!Number.isInteger(threshold) || threshold < THRESHOLD_MIN || threshold > THRESHOLD_MAX) {
    throw new RangeError(`threshold ${threshold}`);
  }
  const wrong = counts.find((count) => !Number.isSafeInteger(count) || count < 0);
  if (wrong !== undefined) throw new RangeError(`count ${wrong}`);
}

/** Whether a number is hidden for being small: from 1 up to, not including, the threshold. Zero alone tells of nobody. */
export const isSmall = (count: number, threshold: number): boolean => count >= 1 && count < threshold;

/** Which children of one parent are hidden, when a reader sees the parent's total, the other children, and knows this rule.
 *  counts: whole, ≥ 0, all children of the parent, in any order; threshold as above. Returns one flag a child.
 *  1 no child small → nothing hidden. 2 else every child below the threshold, zeros too, then whole groups of equal size upwards until two
 *  are hidden and their sum is twice the threshold. 3 all hidden if that leaves a hidden child fewer than three possible sizes.
 *  A total below 4 hides all: it has too few readings. Throws RangeError. Proven by trying every division of small totals. */
export function hideChildren(counts: readonly number[], threshold: number): boolean[] {
  requireCounts(counts, threshold);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > 0 && tooFew(total, threshold)) return counts.map(() => true);
  if (!counts.some((count) => isSmall(count, threshold))) return counts.map(() => false);
  const cut = cutOf(counts, threshold);
  const hidden = counts.filter((count) => count < cut);
  const shown = counts.filter((count) => count >= cut);
  const picture = {
    hidden: hidden.length,
    sum: hidden.reduce((sum, count) => sum + count, 0),
    smallestShown: Math.min(...shown),
  };
  return shown.length === 0 || readings(picture, threshold).size < READINGS_MIN
    ? counts.map(() => true)
    : counts.map((count) => count < cut);
}

/** Whether a total has too few divisions for anything beneath it to be shown. */
export const tooFew = (total: number, threshold: number): boolean => total < Math.max(threshold, READINGS_MIN + 1);

/** The size from which children are shown; Infinity when none is. */
function cutOf(counts: readonly number[], threshold: number): number {
  const sizes = [...new Set(counts)].filter((size) => size >= threshold).sort((a, b) => a - b);
  const enough = (size: number) => {
    const below = counts.filter((count) => count < size);
    return below.length >= 2 && below.reduce((sum, count) => sum + count, 0) >= 2 * threshold;
  };
  return sizes.find(enough) ?? Number.POSITIVE_INFINITY;
}

/** What a reader sees of the hidden children: how many, their sum, and the smallest child shown. */
type Picture = { readonly hidden: number; readonly sum: number; readonly smallestShown: number };

/** Sizes a hidden child may have, over all divisions for which the rule would give the same picture; stops at three.
 *  Either no hidden child reaches the threshold, or the largest group of equals does and was needed: without it the rest are fewer than
 *  two or sum below twice the threshold. The rest always holds a small child. */
function readings({ hidden, sum, smallestShown }: Picture, threshold: number): Set<number> {
  const found = new Set<number>();
  for (let size = 0; size < threshold; size += 1) {
    const rest = sum - size;
    if (rest >= 0 && rest <= (hidden - 1) * (threshold - 1)) found.add(size);
  }
  for (let rest = 1; rest < 2 * threshold; rest += 1) {
    for (let group = 1; group < hidden && found.size < READINGS_MIN; group += 1) {
      const size = (sum - rest) / group;
      if (Number.isInteger(size) && size >= threshold && size < smallestShown) {
        for (const sizes of divisions(rest, hidden - group, size - 1)) {
          if (sizes.some((one) => isSmall(one, threshold))) for (const one of [size, ...sizes]) found.add(one);
          if (found.size >= READINGS_MIN) break;
        }
      }
    }
  }
  return found;
}

/** Every division of a sum into so many parts from 0 to max, largest part first. */
function* divisions(sum: number, parts: number, max: number): Generator<number[]> {
  if (parts === 0) {
    if (sum === 0) yield [];
    return;
  }
  for (let size = Math.min(sum, max); size * parts >= sum; size -= 1) {
    for (const rest of divisions(sum - size, parts - 1, size)) yield [size, ...rest];
    if (size === 0) return;
  }
}
