import { cChart } from "./c-chart.ts";
import { gChart } from "./g-chart.ts";
import { iChart } from "./i-chart.ts";
import type { ChartKind, ControlChart, Lines, Point, Series } from "./lines.ts";
import { mrChart } from "./mr-chart.ts";
import { pChart, pPrimeChart } from "./p-chart.ts";
import { pointsOf } from "./points.ts";
import { runChart } from "./run-chart.ts";
import { type RunsJudgement, runsOf } from "./runs.ts";
import { sChart } from "./s-chart.ts";
import { tChart } from "./t-chart.ts";
import { uChart, uPrimeChart } from "./u-chart.ts";
import { xbarChart } from "./xbar-chart.ts";

/** What a chart is made of. Positions in `parts` and `exclude` count points from 1.
 *  values: one a point, null where missing; for xbar and s the raw measurements, whose points are the `groups`.
 *  denominators: for p, pp, u, up, one a value; null or 0 makes the point a gap.
 *  groups: for xbar and s, the group of each value; numbers sort by size, text by code point.
 *  freeze: the first so many points give centre and limits (not together with parts, which win).
 *  parts: last point of each earlier part; each part has its own centre, limits and runs.
 *  exclude: points shown, but left out of centre, limits and runs.
 *  multiply: factor for the figures shown (100 for per cent, 1000 for per thousand visits). */
export type ChartInput = {
  readonly kind: ChartKind;
  readonly values: Series;
  readonly denominators?: Series | undefined;
  readonly groups?: readonly (number | string)[] | undefined;
  readonly freeze?: number | undefined;
  readonly parts?: readonly number[] | undefined;
  readonly exclude?: readonly number[] | undefined;
  readonly multiply?: number | undefined;
};

const families: Record<ChartKind, (part: readonly Point[]) => Lines> = {
  run: runChart,
  i: iChart,
  mr: mrChart,
  xbar: xbarChart,
  s: sChart,
  t: tChart,
  p: pChart,
  pp: pPrimeChart,
  c: cChart,
  u: uChart,
  up: uPrimeChart,
  g: gChart,
};

/** Run or control chart of a series, with 3-sigma limits, points outside them (strictly) and the Anhøj runs rules.
 *  Throws RangeError where lists differ in length, a denominator or group list is missing, or a t chart has a time ≤ 0.
 *  Source: Montgomery, Introduction to Statistical Quality Control; equal to R `qicharts2` 0.8.1 in every option. */
export function controlChart(input: ChartInput): ControlChart {
  const points = pointsOf(input);
  const chart = emptyChart();
  for (const part of partsOf(points, input.parts ?? [])) {
    const lines = families[input.kind](part);
    const runs = runsOf(
      lines.y.filter((_, at) => part[at]?.included === true),
      lines.center,
    );
    // Moving ranges share a value with their neighbour, so their runs say nothing; and points of text groups have no order.
    const ordered = input.kind !== "mr" && typeof input.groups?.[0] !== "string";
    append(chart, lines, { ...runs, signal: runs.signal && ordered, multiply: input.multiply ?? 1 });
  }
  return chart;
}

type Growing = { -readonly [K in keyof ControlChart]: ControlChart[K][number][] };

function emptyChart(): Growing {
  return {
    y: [],
    center: [],
    lower: [],
    upper: [],
    outside: [],
    runsSignal: [],
    longestRun: [],
    longestRunMax: [],
    crossings: [],
    crossingsMin: [],
  };
}

function append(chart: Growing, lines: Lines, runs: RunsJudgement & { readonly multiply: number }): void {
  for (const [at, value] of lines.y.entries()) {
    const y = value * runs.multiply;
    const lower = shown((lines.lower[at] ?? Number.NaN) * runs.multiply);
    const upper = shown((lines.upper[at] ?? Number.NaN) * runs.multiply);
    chart.y.push(shown(y));
    chart.center.push(shown(lines.center * runs.multiply));
    chart.lower.push(lower);
    chart.upper.push(upper);
    chart.outside.push((upper !== null && y > upper) || (lower !== null && y < lower));
    chart.runsSignal.push(runs.signal);
    chart.longestRun.push(runs.longestRun);
    chart.longestRunMax.push(runs.longestRunMax);
    chart.crossings.push(runs.crossings);
    chart.crossingsMin.push(runs.crossingsMin);
  }
}

const shown = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The points cut after each position named; positions outside the chart are ignored. */
function partsOf(points: readonly Point[], lastPoints: readonly number[]): (readonly Point[])[] {
  const inside = lastPoints.filter((position) => position > 0 && position < points.length);
  const cuts = [0, ...new Set(inside)].sort((a, b) => a - b);
  return cuts.map((from, at) => points.slice(from, cuts[at + 1] ?? points.length));
}
