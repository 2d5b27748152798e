import { sumOf } from "#core/numbers/sums.ts";
import { laney, shareOf } from "./laney.ts";
import type { Lines, Point } from "./lines.ts";

/** Chart of rates, one part: Σx/Σn ± 3·√(c/nᵢ), cut at 0. Denominators in the unit of exposure (bed days, visits). */
export function uChart(part: readonly Point[]): Lines {
  return rates(part, () => 1);
}

/** Laney's u′ chart: limits × σz. */
export function uPrimeChart(part: readonly Point[]): Lines {
  return rates(part, (center, sigma) => laney(part, center, sigma));
}

function rates(part: readonly Point[], factor: (center: number, sigma: (point: Point) => number) => number): Lines {
  const center = shareOf(part, sumOf);
  const sigma = (point: Point) => Math.sqrt(center / point.n);
  const widen = factor(center, sigma);
  const half = part.map((point) => 3 * (sigma(point) * widen));
  return {
    y: part.map((point) => point.value),
    center,
    lower: half.map((distance) => Math.max(0, center - distance)),
    upper: half.map((distance) => center + distance),
  };
}
