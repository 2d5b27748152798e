import { iChart } from "./i-chart.ts";
import type { Lines, Point } from "./lines.ts";

/** Exponent that makes times between rare events nearly normal. Source: Nelson, J. Qual. Technol. 26 (1994) 239–241. */
const POWER = 3.6;

/** Chart of times between events, one part: individuals chart of time^(1/3.6), carried back. Times > 0, in one unit.
 *  A lower limit that would be negative, or does not exist, is 0. */
export function tChart(part: readonly Point[]): Lines {
  const lines = iChart(part.map((point) => ({ ...point, value: point.value ** (1 / POWER) })));
  return {
    // Carried there and back like the centre, so that a time equal to the centre still equals it.
    y: lines.y.map((value) => value ** POWER),
    center: lines.center ** POWER,
    lower: lines.lower.map((limit) => (limit > 0 ? limit ** POWER : 0)),
    upper: lines.upper.map((limit) => limit ** POWER),
  };
}
