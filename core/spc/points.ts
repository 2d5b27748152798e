import { meanOf, standardDeviationOf, sumOf } from "#core/numbers/sums.ts";
import type { ChartInput } from "./chart.ts";
import type { ChartKind, Point } from "./lines.ts";

type Raw = { readonly value: number; readonly n: number };
type Grouped = Omit<Point, "included" | "base">;

const withDenominator: ReadonlySet<ChartKind> = new Set(["p", "pp", "u", "up"]);
const withGroups: ReadonlySet<ChartKind> = new Set(["xbar", "s"]);

/** The points of a chart: one a value, or one a group. Throws RangeError as `controlChart` says. */
export function pointsOf(input: ChartInput): Point[] {
  const { kind, values, denominators, groups } = input;
  if (withDenominator.has(kind) && denominators?.length !== values.length)
    throw new RangeError("one denominator a value");
  if (withGroups.has(kind) && groups?.length !== values.length) throw new RangeError("one group a value");
  const raw = values.map((value, at): Raw => rawOf(kind, value, denominators?.[at]));
  const points = withGroups.has(kind) ? groupsOf(raw, groups ?? []) : raw.map(single);
  const excluded = new Set(input.exclude);
  const frozen = (input.parts ? undefined : input.freeze) ?? Number.POSITIVE_INFINITY;
  return points.map((point, at) => {
    const included = !excluded.has(at + 1);
    return { ...point, included, base: included && at < frozen };
  });
}

/** A value without its denominator (or with none of it) is missing, and so is the denominator. */
function rawOf(kind: ChartKind, value: number | null, denominator: number | null | undefined): Raw {
  if (kind === "t" && value !== null && value <= 0) throw new RangeError("a time between events is greater than 0");
  if (!withDenominator.has(kind)) return { value: value ?? Number.NaN, n: Number.NaN };
  const missing = value === null || denominator === null || denominator === undefined || denominator === 0;
  return missing ? { value: Number.NaN, n: Number.NaN } : { value, n: denominator };
}

/** A point of one value: a share of its denominator where there is one. */
function single(raw: Raw): Grouped {
  const value = Number.isNaN(raw.n) ? raw.value : raw.value / raw.n;
  return { value, events: raw.value, n: raw.n, size: Number.isNaN(value) ? 0 : 1, mean: value, sd: Number.NaN };
}

function groupsOf(raw: readonly Raw[], groups: readonly (number | string)[]): Grouped[] {
  const members = Map.groupBy(raw.keys(), (at) => groups[at] ?? 0);
  const order = [...members.keys()].sort((a, b) => (a === b ? 0 : a < b ? -1 : 1));
  return order.map((group) => {
    const own = (members.get(group) ?? []).map((at) => raw[at]?.value ?? Number.NaN).filter((v) => !Number.isNaN(v));
    const mean = meanOf(own);
    return { value: mean, events: sumOf(own), n: Number.NaN, size: own.length, mean, sd: standardDeviationOf(own) };
  });
}
