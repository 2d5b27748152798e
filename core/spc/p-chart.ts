import { sumOf } from "#core/numbers/sums.ts";
import { laney, shareOf } from "./laney.ts";
import type { Lines, Point } from "./lines.ts";

/** Chart of shares, one part: Σx/Σn ± 3·√(c(1−c)/nᵢ), cut to 0–1. A point without cases has no limits.
 *  Needs about one case a point (nᵢ·c ≥ 1), else a g chart sees more. Source: Montgomery, chapter 7. */
export function pChart(part: readonly Point[]): Lines {
  return shares(part, () => 1);
}

/** Laney's p′ chart, for large denominators whose shares vary more than chance: limits × σz; below 1 it narrows them. */
export function pPrimeChart(part: readonly Point[]): Lines {
  return shares(part, (center, sigma) => laney(part, center, sigma));
}

function shares(part: readonly Point[], factor: (center: number, sigma: (point: Point) => number) => number): Lines {
  const center = shareOf(part, sumOf);
  const sigma = (point: Point) => Math.sqrt((center * (1 - center)) / point.n);
  const widen = factor(center, sigma);
  const half = part.map((point) => 3 * (sigma(point) * widen));
  return {
    y: part.map((point) => point.value),
    center,
    lower: half.map((distance) => Math.max(0, center - distance)),
    upper: half.map((distance) => Math.min(1, center + distance)),
  };
}
