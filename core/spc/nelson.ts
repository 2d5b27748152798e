import type { Series } from "./lines.ts";
import { applyRules, beyondTogether, oneSided, type Placed, type Process, type WindowRule } from "./windows.ts";

const steps = (window: readonly Placed[]): number[] =>
  window.slice(1).map((point, at) => Math.sign(point.y - (window[at]?.y ?? Number.NaN)));

const steady = (window: readonly Placed[]): boolean =>
  [1, -1].some((direction) => steps(window).every((step) => step === direction));

const alternating = (window: readonly Placed[]): boolean => {
  const signs = steps(window);
  return signs.every((step, at) => step !== 0 && (at === 0 || step === -(signs[at - 1] ?? 0)));
};

const rules: Readonly<Record<string, WindowRule>> = {
  "1": { length: 1, fires: beyondTogether(1, 3) },
  "2": { length: 9, fires: oneSided },
  "3": { length: 6, fires: steady },
  "4": { length: 14, fires: alternating },
  "5": { length: 3, fires: beyondTogether(2, 2) },
  "6": { length: 5, fires: beyondTogether(4, 1) },
  "7": { length: 15, fires: (window) => window.every((point) => point.zone === 0) },
  "8": { length: 8, fires: (window) => window.every((point) => point.zone >= 1) },
};

/** Nelson's eight rules: 1 one point beyond 3 sigma; 2 nine in a row on one side; 3 six steadily rising or falling; 4 fourteen alternating
 *  up and down; 5 two of three beyond 2 sigma on one side; 6 four of five beyond 1 sigma on one side; 7 fifteen not beyond 1 sigma;
 *  8 eight beyond 1 sigma, on whichever side. Each with the points, counted from 0, that end a window in which it holds.
 *  y: in time order, null where missing. Throws RangeError unless sigma > 0.
 *  Source: L. S. Nelson, J. Qual. Technol. 16 (1984) 237–239. */
export const nelson = (y: Series, process: Process): Record<string, number[]> => applyRules(y, process, rules);
