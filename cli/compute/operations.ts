import { chart, makingDataCounts, nelsonRules, westernElectricRules } from "./charts.ts";
import { table, tree } from "./hiding.ts";
import { difference, exactInterval, posterior, wilsonInterval } from "./intervals.ts";
import type { Operation } from "./operation.ts";

/** Every computation by its name on the line; docs/reference/compute.md describes each. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ["chart", chart],
  ["making-data-count", makingDataCounts],
  ["western-electric", westernElectricRules],
  ["nelson", nelsonRules],
  ["wilson", wilsonInterval],
  ["clopper-pearson", exactInterval],
  ["newcombe-difference", difference],
  ["beta-posterior", posterior],
  ["hide-table", table],
  ["hide-tree", tree],
]);
