import { meanOf } from "#core/numbers/sums.ts";
import { present } from "./lines.ts";

/** Upper limit of a moving range in units of the mean moving range (D4 for two points). */
export const RANGE_LIMIT = 3.267;
/** Mean moving range of a normal process in units of its standard deviation (d2 for two points). */
const D2 = 1.128;

/** Absolute differences of neighbours; NaN where either is missing. */
export function movingRanges(values: readonly number[]): number[] {
  return values.slice(1).map((value, at) => Math.abs(value - (values[at] ?? Number.NaN)));
}

/** Mean moving range. With `screen`, ranges at or above 3.267 times it are dropped once and the mean taken again.
 *  values: in order, NaN where missing. NaN where no range is left, also when all values are equal and screened: no limits then.
 *  Source: Nelson, J. Qual. Technol. 14 (1982) 172–173. */
export function meanMovingRange(values: readonly number[], screen: boolean): number {
  const ranges = present(movingRanges(values));
  const mean = meanOf(ranges);
  return screen ? meanOf(ranges.filter((range) => range < RANGE_LIMIT * mean)) : mean;
}

/** Standard deviation estimated from screened moving ranges; NaN where there is none. */
export const sigmaOf = (values: readonly number[]): number => meanMovingRange(values, true) / D2;
