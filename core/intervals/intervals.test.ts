import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { betaPosterior } from "./beta-posterior.ts";
import { clopperPearson } from "./clopper-pearson.ts";
import { newcombeDifference } from "./newcombe.ts";
import { poissonInterval } from "./poisson.ts";
// Figures of base R 4.2: prop.test(correct = FALSE), binom.test, poisson.test, qbeta.
import reference from "./reference.json" with { type: "json" };
import { wilson } from "./wilson.ts";

/** Relative difference at most 1e-9; a figure of exactly 0 or 1 must be exact. */
function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.abs(expected), `${actual} is not ${expected}`);
}
const five = (row: readonly number[]) => [row[0]!, row[1]!, row[2]!, row[3]!, row[4]!] as const;

test("the Wilson interval equals R's score interval", () => {
  for (const [hits, n, confidence, low, high] of reference.wilson.map(five)) {
    near(wilson(hits, n, confidence).lower, low);
    near(wilson(hits, n, confidence).upper, high);
  }
});

const referenceData = process.env["QMS_REFERENCE_DATA"];

test(
  "the Wilson interval equals the published table of Newcombe",
  { skip: referenceData ? false : "QMS_REFERENCE_DATA is not set" },
  () => {
    const file = join(referenceData ?? "", "feedback", "wilson_interval_cases.csv");
    const rows = readFileSync(file, "utf8").trim().split(/\r?\n/).slice(1);
    assert.ok(rows.length > 0);
    for (const row of rows) {
      const [hits, n, low, high] = row.split(",").map(Number);
      const { lower, upper } = wilson(hits!, n!);
      assert.deepEqual([Number(lower.toFixed(4)), Number(upper.toFixed(4))], [low, high], row);
    }
  },
);

test("the exact interval equals R's binom.test", () => {
  for (const [hits, n, confidence, low, high] of reference.clopperPearson.map(five)) {
    near(clopperPearson(hits, n, confidence).lower, low);
    near(clopperPearson(hits, n, confidence).upper, high);
  }
});

test("the rate interval equals R's poisson.test", () => {
  for (const [events, exposure, confidence, low, high] of reference.poisson.map(five)) {
    near(poissonInterval(events, exposure, confidence).lower, low);
    near(poissonInterval(events, exposure, confidence).upper, high);
  }
});

test("the posterior limits equal R's beta quantiles, even where the prior is almost nothing", () => {
  for (const row of reference.betaPosterior) {
    const [hits, n, alpha, beta, confidence] = five(row);
    const { lower, upper } = betaPosterior({ hits, n }, { alpha, beta }, confidence);
    near(lower, row[5]!);
    near(upper, row[6]!);
  }
});

test("the posterior mean lies between own share and prior by the weight of the own data", () => {
  const { mean, weightOfOwnData } = betaPosterior({ hits: 18, n: 20 }, { alpha: 24.66, beta: 5.67 });
  near(weightOfOwnData, 20 / 50.33);
  near(mean, weightOfOwnData * 0.9 + (1 - weightOfOwnData) * (24.66 / 30.33));
  assert.equal(mean.toFixed(3), "0.848");
});

test("Newcombe's method 10 gives his published limits for 56/70 and 48/80", () => {
  const { difference, lower, upper } = newcombeDifference({ hits: 56, n: 70 }, { hits: 48, n: 80 });
  assert.deepEqual(
    [difference, lower, upper].map((value) => value.toFixed(4)),
    ["0.2000", "0.0524", "0.3339"],
  );
});

test("every interval of a share holds its estimate, stays in 0 to 1, and mirrors when hits become misses", () => {
  const share = fc
    .integer({ min: 1, max: 2000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(share, fc.constantFrom(wilson, clopperPearson), ([hits, n], interval) => {
      const { estimate, lower, upper } = interval(hits, n);
      assert.ok(0 <= lower && lower <= estimate && estimate <= upper && upper <= 1);
      const mirror = interval(n - hits, n);
      assert.ok(Math.abs(1 - mirror.upper - lower) < 1e-12 && Math.abs(1 - mirror.lower - upper) < 1e-12);
    }),
  );
});

test("what is no share of anything is refused", () => {
  assert.throws(() => wilson(3, 2), RangeError);
  assert.throws(() => wilson(0, 0), RangeError);
  assert.throws(() => clopperPearson(0.5, 2), RangeError);
  assert.throws(() => wilson(1, 2, 1), RangeError);
  assert.throws(() => poissonInterval(-1, 2), RangeError);
  assert.throws(() => betaPosterior({ hits: 1, n: 2 }, { alpha: 0, beta: 1 }), RangeError);
});
