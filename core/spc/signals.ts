import type { Series } from "./lines.ts";
import { type LimitLines, type SpecialCause, specialCauses } from "./rules.ts";

/** Which way a figure improves; neutral where neither way is better. */
export type Direction = "increase" | "decrease" | "neutral";
/** What the last point says of variation: a special cause for better, for worse or without judgement, or common cause. */
export type Variation = "improvement" | "concern" | "neutral" | "common";
/** What the limits say of a target: always met, never met, met by chance, or no target to judge by. */
export type Assurance = "pass" | "fail" | "hit-or-miss" | "none";

/** A point with a special cause; at counts from 0. */
export type Signal = SpecialCause & { readonly at: number; readonly variation: Exclude<Variation, "common"> };

/** Judges new points by limits fixed before: which are special, and what the last point says.
 *  y: in time order, null where missing; lines: numbers for frozen lines, or one entry a point (rates with own limits);
 *  direction: which way is better; target: in the unit of y, null without one.
 *  Returns signals in time order, the variation of the last point that has a value, the assurance by that point's limits.
 *  Source: NHS England, Making Data Count (icons). */
export function readSignals(input: {
  readonly y: Series;
  readonly center: number | Series;
  readonly lower: number | null | Series;
  readonly upper: number | null | Series;
  readonly direction: Direction;
  readonly target?: number | null | undefined;
}): { readonly signals: readonly Signal[]; readonly variation: Variation; readonly assurance: Assurance } {
  const { y, direction } = input;
  const lines: LimitLines = {
    center: eachPoint(input.center, y.length),
    lower: eachPoint(input.lower, y.length),
    upper: eachPoint(input.upper, y.length),
  };
  const signals = specialCauses(y, lines).flatMap((cause, at): Signal[] =>
    cause === null ? [] : [{ ...cause, at, variation: variationOf(cause, direction) }],
  );
  const last = y.findLastIndex((value) => value !== null);
  return {
    signals,
    variation: signals.find((signal) => signal.at === last)?.variation ?? "common",
    assurance: judgeAssurance({
      target: input.target ?? null,
      direction,
      lower: lines.lower[last] ?? null,
      upper: lines.upper[last] ?? null,
    }),
  };
}

const eachPoint = (line: number | null | Series, length: number): Series =>
  typeof line === "number" || line === null ? Array.from({ length }, () => line) : line;

function variationOf(cause: SpecialCause, direction: Direction): Exclude<Variation, "common"> {
  if (direction === "neutral") return "neutral";
  return (cause.side === 1) === (direction === "increase") ? "improvement" : "concern";
}

/** A target beyond the limit on the good side is never met, beyond the other always, between them by chance.
 *  none without target or direction. Missing limits decide nothing: hit-or-miss. */
export function judgeAssurance(input: {
  readonly target: number | null;
  readonly direction: Direction;
  readonly lower: number | null;
  readonly upper: number | null;
}): Assurance {
  const { target, direction, lower, upper } = input;
  if (target === null || direction === "neutral") return "none";
  const increase = direction === "increase";
  if (upper !== null && target > upper) return increase ? "fail" : "pass";
  if (lower !== null && target < lower) return increase ? "pass" : "fail";
  return "hit-or-miss";
}
