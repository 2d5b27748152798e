import { z } from "zod";
import { controlChart } from "#core/spc/chart.ts";
import { chartKinds } from "#core/spc/lines.ts";
import { makingDataCount } from "#core/spc/making-data-count.ts";
import { nelson } from "#core/spc/nelson.ts";
import { westernElectric } from "#core/spc/western-electric.ts";
import { wrong } from "./failure.ts";
import { operation, option, position, positions, series } from "./operation.ts";

const chartShape = z
  .strictObject({
    op: z.literal("chart"),
    chart: z.enum(chartKinds),
    y: series,
    n: option(z.array(z.number().min(0).nullable()).max(10_000)),
    x: option(z.array(z.union([z.number(), z.string().max(200)])).max(10_000)),
    freeze: option(position),
    part: option(positions),
    exclude: option(positions),
    multiply: option(z.number().gt(0)),
  })
  .superRefine((input, found) => {
    for (const issue of [...listsMissing(input), ...valuesWrong(input)]) found.addIssue(issue);
  });

type ChartLine = Pick<z.output<typeof chartShape>, "chart" | "y" | "n" | "x">;

const withDenominators = new Set(["p", "pp", "u", "up"]);
const withGroups = new Set(["xbar", "s"]);
/** Families of counts: below 0 they have no spread. */
const ofCounts = new Set(["p", "pp", "c", "u", "up", "g"]);

function listsMissing({ chart, y, n, x }: ChartLine) {
  if (withDenominators.has(chart) && n?.length !== y.length) {
    return [wrong(["n"], "Needs one denominator a value.", "Потрібен один знаменник на кожне значення.")];
  }
  if (withGroups.has(chart) && x?.length !== y.length) {
    return [wrong(["x"], "Needs the group of each value.", "Потрібна група кожного значення.")];
  }
  return [];
}

function valuesWrong({ chart, y, n }: ChartLine) {
  return y.flatMap((value, at) => {
    const of = n?.[at];
    if (value === null) return [];
    if (chart === "t" && value <= 0) return [wrong(["y", at], "A time is greater than 0.", "Час більший за 0.")];
    if (ofCounts.has(chart) && value < 0)
      return [wrong(["y", at], "A count is at least 0.", "Кількість не менша за 0.")];
    const share = chart === "p" || chart === "pp";
    if (withDenominators.has(chart) && typeof of === "number" && (share ? value > of : of === 0 && value > 0)) {
      return [wrong(["y", at], "More events than the denominator allows.", "Подій більше, ніж дозволяє знаменник.")];
    }
    return [];
  });
}

/** `chart`: run and control charts. */
export const chart = operation(chartShape, ({ chart: kind, y, n, x, part, ...options }) => {
  const parts = part?.length === 0 ? undefined : part; // an empty list names no part, so `freeze` holds
  const drawn = controlChart({ kind, values: y, denominators: n, groups: x, parts, ...options });
  return {
    y: drawn.y,
    center: drawn.center,
    lower: drawn.lower,
    upper: drawn.upper,
    outside: drawn.outside,
    runs_signal: drawn.runsSignal,
    longest_run: drawn.longestRun,
    longest_run_max: drawn.longestRunMax,
    crossings: drawn.crossings,
    crossings_min: drawn.crossingsMin,
  };
});

/** `making-data-count`: the XmR chart of NHS England with its special causes. */
export const makingDataCounts = operation(
  z.strictObject({
    op: z.literal("making-data-count"),
    y: series,
    direction: z.enum(["increase", "decrease", "neutral"]),
    target: option(z.number()),
    fixAfter: option(position),
    rebaseAt: option(positions),
    screenOutliers: option(z.boolean()),
  }),
  makingDataCount,
);

const ruleShape = <Op extends string>(op: Op) =>
  z.strictObject({ op: z.literal(op), y: series, center: z.number(), sigma: z.number().gt(0) });

/** `western-electric`: four rules against a frozen process. */
export const westernElectricRules = operation(ruleShape("western-electric"), ({ y, ...process }) => ({
  rules: westernElectric(y, process),
}));

/** `nelson`: eight rules against a frozen process. */
export const nelsonRules = operation(ruleShape("nelson"), ({ y, ...process }) => ({ rules: nelson(y, process) }));
