/** What a control chart draws. Values are already in the unit shown (91.9 for 91,9 %); the chart computes no statistics. */

export type ChartMark = "common" | "better" | "worse" | "neutral";

export type ChartPoint = {
  /** Short, under the axis: "10 сер". */
  label: string;
  /** Whole, in the popover and the table: "тиждень 10 серпня". */
  name?: string;
  value: number;
  /** Denominator and numerator, where the value is a share. */
  n?: number;
  x?: number;
  lower?: number;
  upper?: number;
  center?: number;
  mark?: ChartMark;
  /** The rule in words: "під межею 66,6". */
  rule?: string;
};

export type ChartTarget = { value: number; words: string };
/** An action or event on the time line, explained in a list beside by the same number. */
export type ChartFlag = { at: number; number: number; name: string };
/** A new part begins at point `from` because of `reason`: limits were computed afresh. */
export type ChartPart = { from: number; reason: string };

export type ChartData = {
  points: readonly ChartPoint[];
  target?: ChartTarget;
  flags?: readonly ChartFlag[];
  parts?: readonly ChartPart[];
};

/** How values are written: decimals, unit after the number on the axis, and what they cannot leave. */
export type ChartUnit = { digits: number; sign?: string; floor?: number; ceiling?: number };

export const percentUnit: ChartUnit = { digits: 1, sign: "%", floor: 0, ceiling: 100 };
