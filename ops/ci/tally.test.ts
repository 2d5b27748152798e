import assert from "node:assert/strict";
import { test } from "node:test";
import { addUp, tallyOf } from "./tally.ts";

const summary = (pass: number, fail: number, cancelled: number) =>
  `✔ a test\nℹ tests 9\nℹ suites 0\nℹ pass ${pass}\nℹ fail ${fail}\nℹ cancelled ${cancelled}\nℹ skipped 0\n`;

test("a stage's closing lines are read, coloured or not, and a cancelled test failed", () => {
  assert.deepEqual(tallyOf(summary(6, 2, 1), false), { passed: 6, failed: 3 });
  assert.deepEqual(tallyOf(`\u001B[34mℹ pass 4\u001B[39m\n\u001B[34mℹ fail 0\u001B[39m\n`, true), {
    passed: 4,
    failed: 0,
  });
});

test("a run that broke without a failed test is a failure all the same", () => {
  assert.deepEqual(tallyOf("Error: cannot start", false), { passed: 0, failed: 1 });
  assert.deepEqual(tallyOf(summary(6, 0, 0), false), { passed: 6, failed: 1 });
});

test("a test that prints such a line in the middle of a sentence changes nothing", () => {
  assert.deepEqual(tallyOf(`it said: ℹ pass 100\n${summary(1, 0, 0)}`, true), { passed: 1, failed: 0 });
});

test("stages add up", () => {
  assert.deepEqual(
    addUp([
      { passed: 1, failed: 2 },
      { passed: 3, failed: 0 },
    ]),
    { passed: 4, failed: 2 },
  );
});
