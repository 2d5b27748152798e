/** Calendar months, quarters and years as text: `2026-11`, `2026-Q4`, `2026`. */

export const yearOf = (period: string): string => period.slice(0, 4);
export const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`;
export const isMonth = (period: string): boolean => /^\d{4}-\d{2}$/.test(period);
export const isQuarter = (period: string): boolean => period.includes("Q");

/** Whether a month lies in a period. */
export const inPeriod = (month: string, period: string): boolean =>
  period.length === 4 ? yearOf(month) === period : isQuarter(period) ? quarterOf(month) === period : month === period;

/** First and last day. */
export function daysOf(period: string): { from: string; until: string } {
  const year = Number(yearOf(period));
  const first = isQuarter(period) ? Number(period.slice(6)) * 3 - 2 : isMonth(period) ? Number(period.slice(5)) : 1;
  const months = isQuarter(period) ? 3 : isMonth(period) ? 1 : 12;
  const from = new Temporal.PlainDate(year, first, 1);
  return { from: from.toString(), until: from.add({ months }).subtract({ days: 1 }).toString() };
}

/** Periods that hold some of these months: years, quarters, months, each newest first. */
export function periodsOf(months: readonly string[]): string[] {
  const sorted = (all: string[]) => [...new Set(all)].toSorted().toReversed();
  return [...sorted(months.map(yearOf)), ...sorted(months.map(quarterOf)), ...sorted([...months])];
}
