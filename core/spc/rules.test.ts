import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as fc from "fast-check";
import { z } from "zod";
import { makingDataCount } from "./making-data-count.ts";
import { nelson } from "./nelson.ts";
import { readSignals } from "./signals.ts";
import { westernElectric } from "./western-electric.ts";

// Figures of R NHSRplotthedots' formulas (special causes named), run in R 4.2.
const caseShape = z.object({
  in: z.object({
    y: z.array(z.number()),
    direction: z.enum(["increase", "decrease", "neutral"]),
    target: z.number().optional(),
    fixAfter: z.number().optional(),
    rebaseAt: z.array(z.number()).optional(),
    screenOutliers: z.boolean().optional(),
  }),
  out: z.record(z.string(), z.unknown()),
});
const lines = readFileSync(new URL("reference-making-data-count.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n");

test("Making Data Count equals the package in limits, causes, point types and assurance", () => {
  assert.ok(lines.length >= 30);
  for (const line of lines) {
    const { in: given, out } = caseShape.parse(JSON.parse(line));
    const { mean, lower, upper, ...words } = makingDataCount(given);
    assert.deepEqual(
      words,
      { pointType: out["pointType"], specialCause: out["specialCause"], assurance: out["assurance"] },
      line,
    );
    const figures = z.array(z.number().nullable());
    for (const [name, list] of Object.entries({ mean, lower, upper })) {
      for (const [at, expected] of figures.parse(out[name]).entries()) {
        const actual = list[at];
        if (expected === null) assert.equal(actual, null);
        else
          assert.ok(
            typeof actual === "number" && Math.abs(actual - expected) <= 1e-10 * Math.abs(expected),
            `${name}/${at}`,
          );
      }
    }
  }
});

test("a missing value breaks a run and a trend, and is common cause itself", () => {
  const y = [9, 11, 9, 11, 9, 11, 10, 10.1, 10.2, 10.3, null, 10.4, 10.5, 10.6];
  const { specialCause } = makingDataCount({ y, direction: "increase", fixAfter: 6 });
  assert.deepEqual([...new Set(specialCause)], ["Common Cause"]);
});

test("frozen limits tell which new point is special, for better or worse, and whether the target is ever met", () => {
  const reading = readSignals({
    y: [10, 13.5, null, 10.5, 7, 16],
    center: 10,
    lower: 5,
    upper: 15,
    direction: "decrease",
    target: 16,
  });
  assert.deepEqual(reading.signals, [{ rule: "outside", side: 1, at: 5, variation: "concern" }]);
  assert.deepEqual([reading.variation, reading.assurance], ["concern", "pass"]);
  const quiet = readSignals({ y: [10, 11, null], center: 10, lower: 5, upper: 15, direction: "neutral", target: 16 });
  assert.deepEqual(quiet, { signals: [], variation: "common", assurance: "none" });
});

test("limits that differ from point to point judge each point by its own", () => {
  const { signals } = readSignals({ y: [14, 14], center: 10, lower: 5, upper: [15, 13], direction: "increase" });
  assert.deepEqual(
    signals.map(({ at, rule, variation }) => [at, rule, variation]),
    [[1, "outside", "improvement"]],
  );
});

const unit = { center: 0, sigma: 1 };

test("Western Electric rules fire at the end of their windows, strictly beyond the lines", () => {
  assert.deepEqual(westernElectric([3, 3.01, 0, -3.01], unit)["1"], [1, 3]);
  assert.deepEqual(westernElectric([2.1, 0, 2.1, 0, 0, 2, 2.1, -2.1], unit)["2"], [2]);
  assert.deepEqual(westernElectric([2.1, 2.1], unit)["2"], []);
  assert.deepEqual(westernElectric([1.1, 1.1, 0, 1.1, 1.1, -1], unit)["3"], [4]);
  assert.deepEqual(westernElectric([0.1, 1, 0.1, 1, 1, 1, 1, 1, 1, 0, 1], unit)["4"], [7, 8]);
  assert.deepEqual(westernElectric([1.3], { center: 1, sigma: 0.1 })["1"], []);
});

test("Nelson's rules fire at the end of their windows, and not one point earlier", () => {
  const nine = Array.from({ length: 9 }, () => 0.5);
  assert.deepEqual(nelson(nine, unit)["2"], [8]);
  assert.deepEqual(nelson([1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1], unit)["3"], [5, 11]);
  const zigzag = Array.from({ length: 15 }, (_, at) => (at % 2 === 0 ? 1 : -1));
  assert.deepEqual(nelson(zigzag, unit)["4"], [13, 14]);
  assert.deepEqual(nelson([-2.1, 0, -2.1], unit)["5"], [2]);
  assert.deepEqual(nelson([-1.1, -1.1, 0, -1.1, -1.1], unit)["6"], [4]);
  assert.deepEqual(nelson(zigzag, unit)["7"], [14]);
  assert.deepEqual(
    nelson(
      zigzag.map((value) => value * 1.1),
      unit,
    )["8"],
    [7, 8, 9, 10, 11, 12, 13, 14],
  );
  assert.deepEqual(nelson([4, null, 4], unit)["5"], []);
});

test("a mirrored series fires the same rules", () => {
  const y = fc.array(fc.option(fc.integer({ min: -40, max: 40 }).map((value) => value / 10)), { maxLength: 40 });
  fc.assert(
    fc.property(y, (values) => {
      const mirrored = values.map((value) => (value === null ? null : -value));
      assert.deepEqual(nelson(mirrored, unit), nelson(values, unit));
      assert.deepEqual(westernElectric(mirrored, unit), westernElectric(values, unit));
    }),
  );
});

test("a spread of nothing is refused", () => {
  assert.throws(() => nelson([1], { center: 0, sigma: 0 }), RangeError);
  assert.throws(() => westernElectric([1], { center: Number.NaN, sigma: 1 }), RangeError);
});
