import type { ChartPoint } from "#web/kit/charts/chart-data.ts";
import type { Formatter } from "#web/kit/format.ts";
import type { kitPageWords } from "./words.ts";

// Invented weeks of one clinic: visits with both time marks, and the share that began within 15 minutes.
const visits = [
  180, 176, 190, 184, 172, 188, 195, 179, 191, 170, 186, 182, 196, 178, 185, 190, 188, 192, 181, 186, 190, 194, 187,
  183, 179, 174, 190, 196, 192, 199, 194, 188, 201, 198, 175, 207, 204, 202, 200, 195,
];
const shares = [
  70.5, 68, 67.4, 67.8, 63.2, 63.6, 69.8, 66.7, 70, 58.6, 63.2, 67.7, 73.4, 66.4, 67.8, 68.5, 79, 76.5, 80.1, 75.4,
  80.5, 81.1, 78.9, 74.3, 73.6, 66.1, 73.1, 75.5, 84.4, 85.5, 86.9, 86.1, 88.4, 87.9, 86.9, 90.3, 87.3, 89.1, 88, 89.7,
];
/** From this week on limits stand on a new base. */
export const rebasedAt = 16;
const means = [67.1, 76.3];
const weekMs = 7 * 86_400_000;

/** Forty weeks as the indicator page gets them, with limits already computed elsewhere. */
export function sampleWeeks(format: Formatter, t: typeof kitPageWords.uk): ChartPoint[] {
  return shares.map((value, at) => {
    const n = visits[at] ?? 180;
    const center = (at < rebasedAt ? means[0] : means[1]) ?? 0;
    const reach = 300 * Math.sqrt(((center / 100) * (1 - center / 100)) / n);
    const day = new Date(Date.UTC(2026, 1, 16) + at * weekMs).toISOString().slice(0, 10);
    const mark = at >= 28 ? "better" : at === 25 ? "worse" : "common";
    const rule = { better: t.above, worse: t.below, common: undefined }[mark];
    const label = format.day(day);
    return {
      label,
      name: t.weekOf(label),
      value,
      n,
      x: Math.round((value * n) / 100),
      lower: center - reach,
      upper: center + reach,
      center,
      mark,
      rule,
    };
  });
}

/** Twenty weeks of no-shows, rising: a concern. */
export function sampleNoShows(): ChartPoint[] {
  return [7, 6.6, 7.4, 6.2, 7, 7.6, 6.8, 7.2, 7, 6.9, 7.3, 9.8, 10.2, 10.6, 9.9, 12.1, 11.2, 10.4, 11, 14.9].map(
    (value, at) => ({
      label: `${at}`,
      value,
      lower: 4.6,
      upper: 9.6,
      center: 7.1,
      mark: at > 10 ? "worse" : "common",
    }),
  );
}
