import { binomialQuantile } from "#core/numbers/binomial.ts";

/** Longest run on one side of the centre and number of crossings, with what chance allows; null without useful points.
 *  signal: the run is longer, or the crossings are fewer, than chance allows at about 5 %. */
export type RunsJudgement = {
  readonly signal: boolean;
  readonly longestRun: number | null;
  readonly longestRunMax: number | null;
  readonly crossings: number | null;
  readonly crossingsMin: number | null;
};

/** Anhøj rules for one part. y: plotted values in order, NaN where missing; points on the centre are not useful.
 *  Below ten useful points the judgement has hardly any power: screens then say nothing.
 *  Source: Anhøj and Olesen, PLoS ONE 9 (2014) e113825; 12 points allow a run of 7 and ask 3 crossings, 24: 8 and 8, 60: 9 and 23. */
export function runsOf(y: readonly number[], center: number): RunsJudgement {
  const sides = y.map((value) => Math.sign(value - center)).filter((side) => side === 1 || side === -1);
  if (sides.length === 0) {
    return { signal: false, longestRun: null, longestRunMax: null, crossings: null, crossingsMin: null };
  }
  let longestRun = 0;
  let crossings = 0;
  let length = 0;
  for (const [at, side] of sides.entries()) {
    const crossed = at > 0 && side !== sides[at - 1];
    if (crossed) crossings += 1;
    length = crossed ? 1 : length + 1;
    longestRun = Math.max(longestRun, length);
  }
  const longestRunMax = Math.round(Math.log2(sides.length)) + 3;
  const crossingsMin = binomialQuantile(0.05, sides.length - 1, 0.5);
  const signal = longestRun > longestRunMax || crossings < crossingsMin;
  return { signal, longestRun, longestRunMax, crossings, crossingsMin };
}
