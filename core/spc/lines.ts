/** A series in time order; null where a value is missing. */
export type Series = readonly (number | null)[];

export const chartKinds = ["run", "i", "mr", "xbar", "s", "t", "p", "pp", "c", "u", "up", "g"] as const;
/** Chart families: run chart; individuals and moving ranges; means and spreads of groups; times between events; shares (pp: Laney's);
 *  counts; rates (up: Laney's); cases between events. */
export type ChartKind = (typeof chartKinds)[number];

/** A computed chart: every list has one entry a point, in the unit shown (after `multiply`).
 *  center, lower, upper are null where no such line exists; outside means strictly beyond a limit;
 *  the runs figures belong to the whole part and stand at each of its points. */
export type ControlChart = {
  readonly y: Series;
  readonly center: Series;
  readonly lower: Series;
  readonly upper: Series;
  readonly outside: readonly boolean[];
  readonly runsSignal: readonly boolean[];
  readonly longestRun: Series;
  readonly longestRunMax: Series;
  readonly crossings: Series;
  readonly crossingsMin: Series;
};

/** One point of a part, as the families compute with it; NaN stands for missing.
 *  value: what is plotted; events: numerator; n: denominator; size, mean, sd: of the measurements of a group.
 *  included: not excluded by a person; base: included and within the frozen points, so it gives the limits. */
export type Point = {
  readonly value: number;
  readonly events: number;
  readonly n: number;
  readonly size: number;
  readonly mean: number;
  readonly sd: number;
  readonly included: boolean;
  readonly base: boolean;
};

/** Centre and limits of one part; y is what the family plots. NaN or ±Infinity means: no line at this point. */
export type Lines = {
  readonly y: readonly number[];
  readonly center: number;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
};

/** The numbers of a list that are there. */
export const present = (values: readonly number[]): number[] => values.filter((value) => !Number.isNaN(value));

/** The points that give the limits. */
export const baseOf = (part: readonly Point[]): readonly Point[] => part.filter((point) => point.base);

/** The same line at each point. */
export const level = (part: readonly Point[], value: number): number[] => part.map(() => value);
