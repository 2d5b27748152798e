import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as fc from "fast-check";
import { z } from "zod";
import { type ChartInput, controlChart } from "./chart.ts";
import { a3, b3, b4, c4 } from "./constants.ts";
import { chartKinds } from "./lines.ts";
import { runsOf } from "./runs.ts";

// Figures of R qicharts2 0.8.1's formulas, run in R 4.2 with screened moving ranges. A list of equal entries is written as that entry.
const series = z.array(z.number().nullable());
const column = z.union([series, z.number().nullable(), z.boolean(), z.array(z.boolean())]);
const caseShape = z.object({
  in: z.object({
    chart: z.enum(chartKinds),
    y: series,
    n: series.optional(),
    x: z.array(z.number()).optional(),
    freeze: z.number().optional(),
    part: z.array(z.number()).optional(),
    exclude: z.array(z.number()).optional(),
    multiply: z.number().optional(),
  }),
  out: z.record(z.string(), column),
});
const lines = readFileSync(new URL("reference-qicharts2.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");
const cases = lines.map((line) => caseShape.parse(JSON.parse(line)));

const chartOf = ({ chart, y, n, x, part, ...rest }: (typeof cases)[number]["in"]) =>
  controlChart({ kind: chart, values: y, denominators: n, groups: x, parts: part, ...rest });

function same(actual: unknown, expected: unknown, where: string): void {
  if (typeof actual !== "number" || typeof expected !== "number") return assert.equal(actual, expected, where);
  assert.ok(Math.abs(actual - expected) <= 1e-10 * Math.abs(expected), `${where}: ${actual} is not ${expected}`);
}

for (const kind of chartKinds) {
  test(`the ${kind} chart equals the reference program in limits, signals and runs, with every option`, () => {
    const own = cases.filter((one) => one.in.chart === kind);
    assert.ok(own.length >= 8);
    for (const one of own) {
      const chart = chartOf(one.in);
      for (const [name, list] of Object.entries(chart)) {
        const expected = one.out[name];
        for (const [at, value] of list.entries()) {
          same(value, Array.isArray(expected) ? expected[at] : expected, `${JSON.stringify(one.in)} ${name}/${at}`);
        }
      }
    }
  });
}

test("constants of groups equal Montgomery's table", () => {
  const rows = [2, 5, 10, 25].map((n) => [c4(n), a3(n), b3(n), b4(n)].map((value) => value.toFixed(4)));
  assert.deepEqual(rows, [
    ["0.7979", "2.6587", "0.0000", "3.2665"],
    ["0.9400", "1.4273", "0.0000", "2.0890"],
    ["0.9727", "0.9754", "0.2837", "1.7163"],
    ["0.9896", "0.6063", "0.5648", "1.4352"],
  ]);
  assert.ok([c4(1), a3(1), b4(0)].every(Number.isNaN));
});

test("runs limits are those of Anhøj's table", () => {
  const limits = [12, 20, 24, 36, 60].map((n) => {
    const { longestRunMax, crossingsMin } = runsOf(
      Array.from({ length: n }, (_, at) => (at % 2 === 0 ? 1 : -1)),
      0,
    );
    return [longestRunMax, crossingsMin];
  });
  assert.deepEqual(limits, [
    [7, 3],
    [7, 6],
    [8, 8],
    [8, 13],
    [9, 23],
  ]);
});

test("a constant series has a centre and no limits, and a chart of nothing is empty", () => {
  const flat = controlChart({ kind: "i", values: [4, 4, 4] });
  assert.deepEqual(
    [flat.center, flat.lower, flat.upper],
    [
      [4, 4, 4],
      [null, null, null],
      [null, null, null],
    ],
  );
  assert.deepEqual(controlChart({ kind: "c", values: [] }).y, []);
});

test("a month without cases is a gap in a p chart, not a share of 0", () => {
  const chart = controlChart({ kind: "p", values: [3, 0, 5], denominators: [30, 0, 50] });
  assert.deepEqual([chart.y, chart.lower[1], chart.outside], [[0.1, null, 0.1], null, [false, false, false]]);
});

test("groups named by text are sorted and, having no order in time, give no runs signal", () => {
  const values = Array.from({ length: 24 }, (_, at) => at + (at % 2));
  const groups = values.map((_, at) => `відділення ${String.fromCharCode(97 + (at >> 1))}`);
  assert.equal(controlChart({ kind: "xbar", values, groups: groups.map((_, at) => at >> 1) }).runsSignal[0], true);
  assert.equal(controlChart({ kind: "xbar", values, groups }).runsSignal[0], false);
});

test("what cannot be charted is refused", () => {
  assert.throws(() => controlChart({ kind: "p", values: [1, 2] }), RangeError);
  assert.throws(() => controlChart({ kind: "u", values: [1, 2], denominators: [3] }), RangeError);
  assert.throws(() => controlChart({ kind: "s", values: [1, 2], groups: [1] }), RangeError);
  assert.throws(() => controlChart({ kind: "t", values: [1, 0] }), RangeError);
});

test("whatever the series and options, every list has one entry a point and none is NaN or infinite", () => {
  const input: fc.Arbitrary<ChartInput> = fc
    .array(fc.tuple(fc.option(fc.nat(50)), fc.option(fc.integer({ min: 50, max: 90 }))), { maxLength: 40 })
    .chain((rows) =>
      fc.record({
        kind: fc.constantFrom(...chartKinds.filter((kind) => kind !== "t")),
        values: fc.constant(rows.map(([value]) => value)),
        denominators: fc.constant(rows.map(([, n]) => n)),
        groups: fc.constant(rows.map((_, at) => at >> 2)),
        freeze: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
        parts: fc.option(fc.array(fc.integer({ min: 1, max: 45 }), { maxLength: 4 }), { nil: undefined }),
        exclude: fc.array(fc.integer({ min: 1, max: 45 }), { maxLength: 10 }),
        multiply: fc.constantFrom(undefined, 1, 100),
      }),
    );
  fc.assert(
    fc.property(input, (given) => {
      const chart = controlChart(given);
      for (const list of Object.values(chart)) {
        assert.equal(list.length, chart.y.length);
        assert.ok(list.every((entry) => typeof entry !== "number" || Number.isFinite(entry)));
      }
    }),
  );
});
