import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { lastRun, linePath, partsAt, pushApart, roundTicks } from "./scale.ts";

test("the grid has three to six round values around the data", () => {
  assert.deepEqual(roundTicks(56.4, 90.4, { floor: 0, ceiling: 100 }), [50, 60, 70, 80, 90, 100]);
  assert.deepEqual(roundTicks(82.6, 100, { floor: 0, ceiling: 100 }), [80, 85, 90, 95, 100]);
  assert.deepEqual(roundTicks(0, 0.8), [0, 0.2, 0.4, 0.6, 0.8]);
});

test("whatever the data, the grid covers them and stays within its bounds", () => {
  const value = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(value, value, (one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      if (high - low < 1e-6) return;
      const ticks = roundTicks(low, high, { floor: 0, ceiling: 100 });
      assert.ok(ticks.length >= 3 && ticks.length <= 6, `${ticks.length} ticks`);
      assert.ok(ticks[0]! <= low + 1e-6 && ticks.at(-1)! >= high - 1e-6, `${ticks.join()} for ${low}..${high}`);
      assert.ok(ticks[0]! >= -1e-9 && ticks.at(-1)! <= 100 + 1e-9);
    }),
  );
});

test("labels that would lie on each other are pushed apart and keep their order", () => {
  assert.deepEqual(pushApart([100, 102, 160], 15, [0, 300]), [100, 115, 160]);
  assert.deepEqual(pushApart([290, 298], 15, [0, 300]), [285, 300]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 5 }), (heights) => {
      const placed = pushApart(heights, 15, [0, 300]);
      const sorted = [...placed].sort((a, b) => a - b);
      for (let at = 1; at < sorted.length; at++) assert.ok(sorted[at]! - sorted[at - 1]! >= 15 - 1e-9);
      assert.ok(sorted[0]! >= 0 && sorted.at(-1)! <= 300);
    }),
  );
});

test("a rebase breaks the row of points and nothing is lost", () => {
  assert.deepEqual(partsAt([1, 2, 3, 4], [2]), [
    { from: 0, items: [1, 2] },
    { from: 2, items: [3, 4] },
  ]);
  assert.deepEqual(partsAt([1, 2], []), [{ from: 0, items: [1, 2] }]);
});

test("only the last unbroken run of signal points is marked on a sparkline", () => {
  assert.equal(lastRun(["better", "common", "worse", "worse"]), 2);
  assert.equal(lastRun(["worse", "common"]), 2);
  assert.equal(lastRun(["better", "better"]), 0);
});

test("limits step with each point's slot", () => {
  assert.equal(
    linePath(
      [
        [10, 5],
        [30, 7],
      ],
      10,
    ),
    "M0 5H20L20 7H40",
  );
});
