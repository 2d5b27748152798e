import type { Series } from "./lines.ts";

/** Patterns that chance alone seldom makes, as "Making Data Count" names them, each with its side or direction. */
export type SpecialCause = {
  readonly rule: "outside" | "trend" | "two-in-three" | "one-side";
  /** 1: above the centre or rising; −1: below or falling. */
  readonly side: 1 | -1;
};

/** Centre and limits to judge a series by; one entry a point, null where none. */
export type LimitLines = { readonly center: Series; readonly lower: Series; readonly upper: Series };

/** Seven points make a trend or a run on one side. */
const SEVEN = 7;
/** The warning zone begins at two thirds of the way to a limit. */
const NEAR = 2 / 3;

type Judged = { readonly y: number; readonly side: number; readonly outside: boolean; readonly near: boolean };

/** The special cause of each point of one part, null for common cause. Order of precedence: outside a limit (strictly), seven points
 *  rising or falling, two of three beyond two thirds of the limit with all three on one side, seven on one side of the centre.
 *  Every point of a pattern is marked. A missing value, a tie (trend) or a point on the centre (one side) breaks a pattern.
 *  y and lines: same length, one part only (patterns do not reach over a rebase).
 *  Source: NHS England, Making Data Count; R `NHSRplotthedots`. */
export function specialCauses(y: Series, lines: LimitLines): (SpecialCause | null)[] {
  const points = y.map((value, at) => judge(value, [lines.center[at], lines.lower[at], lines.upper[at]]));
  const trend = marked(points.length, SEVEN, (from) => trendAt(points, from));
  const zone = marked(points.length, 3, (from) => twoInThreeAt(points, from));
  const oneSide = marked(points.length, SEVEN, (from) => sameSideAt(points, from, SEVEN));
  return points.map((point, at): SpecialCause | null => {
    if (point.outside) return { rule: "outside", side: point.side === 1 ? 1 : -1 };
    if (trend[at]) return { rule: "trend", side: slopeAt(points, trend, at) };
    if (zone[at] && point.near) return { rule: "two-in-three", side: point.side === 1 ? 1 : -1 };
    if (oneSide[at]) return { rule: "one-side", side: point.side === 1 ? 1 : -1 };
    return null;
  });
}

type Line = number | null | undefined;

/** Where a point stands. The near lines are counted from the centre outwards, so unequal limits (shares, rates) work too. */
function judge(value: number | null, [center, lower, upper]: [Line, Line, Line]): Judged {
  const y = value ?? Number.NaN;
  const middle = center ?? Number.NaN;
  const low = lower ?? Number.NaN;
  const high = upper ?? Number.NaN;
  const outside = y > high || y < low;
  const near = !outside && (y < middle - NEAR * (middle - low) || y > middle + NEAR * (high - middle));
  return { y, side: Math.sign(y - middle), outside, near };
}

/** Marks every point of each window of the given length that the test accepts. */
function marked(count: number, length: number, test: (from: number) => boolean): boolean[] {
  const marks = Array.from({ length: count }, () => false);
  for (let from = 0; from + length <= count; from += 1) if (test(from)) marks.fill(true, from, from + length);
  return marks;
}

function trendAt(points: readonly Judged[], from: number): boolean {
  const window = points.slice(from, from + SEVEN);
  const steps = window.slice(1).map((point, at) => Math.sign(point.y - (window[at]?.y ?? Number.NaN)));
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}

function sameSideAt(points: readonly Judged[], from: number, length: number): boolean {
  const sides = points.slice(from, from + length).map((point) => point.side);
  return sides.every((side) => side === 1) || sides.every((side) => side === -1);
}

const twoInThreeAt = (points: readonly Judged[], from: number): boolean =>
  sameSideAt(points, from, 3) && points.slice(from, from + 3).filter((point) => point.near).length >= 2;

/** Direction of a trend at a point: towards the next point while that is in a trend too, else from the one before. */
function slopeAt(points: readonly Judged[], trend: readonly boolean[], at: number): 1 | -1 {
  const [from, to] = trend[at + 1] ? [at, at + 1] : [at - 1, at];
  return (points[to]?.y ?? Number.NaN) > (points[from]?.y ?? Number.NaN) ? 1 : -1;
}
