import { meanOf } from "#core/numbers/sums.ts";
import { present, type Series } from "./lines.ts";
import { meanMovingRange } from "./moving-range.ts";
import { type SpecialCause, specialCauses } from "./rules.ts";
import { type Direction, judgeAssurance } from "./signals.ts";

/** Limits in units of the mean moving range: 2.66 exactly, as NHS England prints it, not 3/1.128. */
const LIMIT = 2.66;

export type MakingDataCountInput = {
  /** In time order; null where missing. */
  readonly y: Series;
  /** Which way is improvement. */
  readonly direction: Direction;
  readonly target?: number | null | undefined;
  /** The first so many points of each part give its limits. */
  readonly fixAfter?: number | undefined;
  /** First points of new parts, counted from 1. */
  readonly rebaseAt?: readonly number[] | undefined;
  /** Whether ranges of 3.267 times the mean range and more are dropped once (default true). */
  readonly screenOutliers?: boolean | undefined;
};

export type PointType =
  | "common_cause"
  | "special_cause_concern"
  | "special_cause_improvement"
  | "special_cause_neutral_high"
  | "special_cause_neutral_low";

/** One entry a point; the words are those of the NHS package, so figures can be laid side by side.
 *  assurance is read from the last point's limits: consistent_pass, consistent_fail, inconsistent, or null without target or direction. */
export type MakingDataCount = {
  readonly mean: Series;
  readonly lower: Series;
  readonly upper: Series;
  readonly pointType: readonly PointType[];
  readonly specialCause: readonly string[];
  readonly assurance: "consistent_pass" | "consistent_fail" | "inconsistent" | null;
};

/** XmR chart in the manner of "Making Data Count": mean ± 2.66 × mean moving range, four rules, variation and assurance.
 *  Patterns do not reach over a rebase. Equal to R `NHSRplotthedots`, which refuses gaps; here a missing value only breaks patterns.
 *  Source: NHS England, Making Data Count. */
export function makingDataCount(input: MakingDataCountInput): MakingDataCount {
  const parts = cut(input.y, input.rebaseAt ?? []).map((part) => judgePart(part, input));
  const causes = parts.flatMap((part) => part.causes);
  const lower = parts.flatMap((part) => part.lower);
  const upper = parts.flatMap((part) => part.upper);
  const judgement = judgeAssurance({
    target: input.target ?? null,
    direction: input.direction,
    lower: lower.at(-1) ?? null,
    upper: upper.at(-1) ?? null,
  });
  return {
    mean: parts.flatMap((part) => part.center),
    lower,
    upper,
    pointType: causes.map((cause) => pointType(cause, input.direction)),
    specialCause: causes.map(wordOf),
    assurance: packageWords[judgement],
  };
}

const packageWords = {
  pass: "consistent_pass",
  fail: "consistent_fail",
  "hit-or-miss": "inconsistent",
  none: null,
} as const;

function cut(y: Series, firstPoints: readonly number[]): Series[] {
  const inside = firstPoints.filter((position) => position > 1 && position <= y.length).map((position) => position - 1);
  const starts = [0, ...new Set(inside)].sort((a, b) => a - b);
  return starts.map((from, at) => y.slice(from, starts[at + 1] ?? y.length));
}

function judgePart(y: Series, { fixAfter, screenOutliers }: MakingDataCountInput) {
  const fixed = y.slice(0, fixAfter).map((value) => value ?? Number.NaN);
  const mean = meanOf(present(fixed));
  const half = LIMIT * meanMovingRange(fixed, screenOutliers ?? true);
  const line = (value: number) => y.map(() => (Number.isFinite(value) ? value : null));
  const lines = { center: line(mean), lower: line(mean - half), upper: line(mean + half) };
  return { ...lines, causes: specialCauses(y, lines) };
}

function pointType(cause: SpecialCause | null, direction: Direction): PointType {
  if (cause === null) return "common_cause";
  if (direction === "neutral") return cause.side === 1 ? "special_cause_neutral_high" : "special_cause_neutral_low";
  return (cause.side === 1) === (direction === "increase") ? "special_cause_improvement" : "special_cause_concern";
}

/** The package's words, for the side above or rising and the side below or falling. */
const words: Record<SpecialCause["rule"], readonly [string, string]> = {
  outside: ["Above UCL", "Below LCL"],
  trend: ["7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"],
  "two-in-three": ["2 in 3 Above CL", "2 in 3 Below CL"],
  "one-side": ["7 Points Above CL", "7 Points Below CL"],
};

const wordOf = (cause: SpecialCause | null): string =>
  cause === null ? "Common Cause" : words[cause.rule][cause.side === 1 ? 0 : 1];
