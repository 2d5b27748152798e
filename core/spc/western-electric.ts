import type { Series } from "./lines.ts";
import { applyRules, beyondTogether, oneSided, type Process, type WindowRule } from "./windows.ts";

const rules: Readonly<Record<string, WindowRule>> = {
  "1": { length: 1, fires: beyondTogether(1, 3) },
  "2": { length: 3, fires: beyondTogether(2, 2) },
  "3": { length: 5, fires: beyondTogether(4, 1) },
  "4": { length: 8, fires: oneSided },
};

/** The four Western Electric rules: 1 one point beyond 3 sigma; 2 two of three beyond 2 sigma on one side; 3 four of five beyond 1 sigma
 *  on one side; 4 eight in a row on one side. Each with the points, counted from 0, that end a window in which it holds.
 *  y: in time order, null where missing. Throws RangeError unless sigma > 0.
 *  Source: Western Electric, Statistical Quality Control Handbook (1956), pages 25–28. */
export const westernElectric = (y: Series, process: Process): Record<string, number[]> => applyRules(y, process, rules);
