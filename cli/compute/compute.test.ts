import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as fc from "fast-check";
import { z } from "zod";
import { computeLines } from "../compute.ts";
import { operations } from "./operations.ts";

/** Runs lines as the command does; answers parsed. */
async function run(
  lines: readonly string[],
): Promise<{ readonly code: 0 | 1; readonly answers: unknown[]; readonly text: string }> {
  const written: string[] = [];
  async function* source() {
    yield* lines;
  }
  const code = await computeLines(source(), (line) => written.push(line));
  return { code, answers: written.map((line) => JSON.parse(line) as unknown), text: written.join("\n") };
}

const errorShape = z.strictObject({
  error: z.strictObject({ code: z.string(), pointer: z.string(), uk: z.string().min(1), en: z.string().min(1) }),
});
const failureOf = async (line: object | string) => {
  const { code, answers } = await run([typeof line === "string" ? line : JSON.stringify(line)]);
  assert.equal(code, 1);
  const { error } = errorShape.parse(answers[0]);
  return [error.code, error.pointer];
};

/** Equal but for the last digits of a number. */
function close(actual: unknown, expected: unknown): void {
  if (typeof actual === "number" && typeof expected === "number") {
    assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.abs(expected), `${actual} is not ${expected}`);
  } else if (typeof actual === "object" && actual !== null && typeof expected === "object" && expected !== null) {
    assert.deepEqual(Object.keys(actual), Object.keys(expected));
    const others = Object.values(expected);
    for (const [at, value] of Object.values(actual).entries()) close(value, others[at]);
  } else assert.equal(actual, expected);
}

test("every example of the reference page is answered as printed there, and every operation has one", async () => {
  const page = readFileSync(new URL("../../docs/reference/compute.md", import.meta.url), "utf8");
  const lines = [...page.matchAll(/```jsonl\n(.*?)```/gs)].flatMap(([, block]) => (block ?? "").trim().split("\n"));
  const asked = lines.filter((_, at) => at % 2 === 0);
  const { code, answers } = await run(asked);
  assert.equal(code, 0);
  for (const [at, answer] of answers.entries()) close(answer, JSON.parse(lines[2 * at + 1] ?? "null"));
  const shown = new Set(asked.map((line) => z.object({ op: z.string() }).parse(JSON.parse(line)).op));
  assert.deepEqual(
    [...operations.keys()].filter((op) => !shown.has(op)),
    [],
  );
});

test("a line that fails is answered in its place, and the next is still read", async () => {
  const wilson = JSON.stringify({ op: "wilson", successes: 18, n: 20 });
  const { code, answers } = await run([wilson, "{", "", wilson]);
  assert.equal(code, 1);
  assert.equal(answers.length, 3);
  assert.deepEqual(answers[0], answers[2]);
  assert.equal(errorShape.parse(answers[1]).error.code, "compute.not-json");
});

test("an error names its member by pointer", async () => {
  const chart = { op: "chart", chart: "i" };
  assert.deepEqual(await failureOf({ op: "mean", y: [1] }), ["compute.op-unknown", "/op"]);
  assert.deepEqual(await failureOf("[1]"), ["compute.not-json", ""]);
  assert.deepEqual(await failureOf({ ...chart, y: [1, 2, 3, "4"] }), ["compute.input-bad", "/y/3"]);
  assert.deepEqual(await failureOf({ ...chart, y: [1], freez: 3 }), ["compute.input-bad", "/freez"]);
  assert.deepEqual(await failureOf({ ...chart, y: [1], freeze: 0 }), ["compute.input-bad", "/freeze"]);
  assert.deepEqual(await failureOf({ ...chart, chart: "p", y: [1, 2], n: [3] }), ["compute.input-bad", "/n"]);
  assert.deepEqual(await failureOf({ ...chart, chart: "p", y: [1, 4], n: [3, 3] }), ["compute.input-bad", "/y/1"]);
  assert.deepEqual(await failureOf({ ...chart, chart: "u", y: [1], n: [0] }), ["compute.input-bad", "/y/0"]);
  assert.deepEqual(await failureOf({ ...chart, chart: "s", y: [1] }), ["compute.input-bad", "/x"]);
  assert.deepEqual(await failureOf({ ...chart, chart: "t", y: [2, 0] }), ["compute.input-bad", "/y/1"]);
  assert.deepEqual(await failureOf({ ...chart, chart: "c", y: [-1] }), ["compute.input-bad", "/y/0"]);
  assert.deepEqual(await failureOf({ op: "nelson", y: [1], center: 0, sigma: 0 }), ["compute.input-bad", "/sigma"]);
  assert.deepEqual(await failureOf({ op: "wilson", successes: 3, n: 2 }), ["compute.input-bad", "/successes"]);
  assert.deepEqual(await failureOf('{"op":"wilson","successes":1,"n":1e999}'), ["compute.input-bad", "/n"]);
  assert.deepEqual(await failureOf({ op: "hide-table", threshold: 5, counts: [[1], [2, 3]] }), [
    "compute.input-bad",
    "/counts/1",
  ]);
});

test("a tree with an id used twice, and one too deep to follow, are refused without harm", async () => {
  const twin = { id: "a", count: 5, children: [{ id: "a", count: 5 }] };
  assert.deepEqual(await failureOf({ op: "hide-tree", threshold: 5, tree: twin }), ["compute.input-refused", ""]);
  const open = '{"id":"x","count":9,"children":['.repeat(20_000);
  const deep = `{"op":"hide-tree","threshold":5,"tree":${open}${"]}".repeat(20_000)}}`;
  assert.deepEqual(await failureOf(deep), ["compute.too-deep", ""]);
  assert.deepEqual(await failureOf(" ".repeat(4_000_000) + '{"op":1}'), ["compute.line-too-long", ""]);
});

test("whatever comes in, one line comes out for it, and it never holds NaN or Infinity", async () => {
  const op = fc.constantFrom(...operations.keys());
  const series = fc.array(
    fc.option(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 20 }))),
  );
  const line = fc.oneof(
    fc.record(
      {
        op,
        y: series,
        chart: fc.constantFrom("i", "t", "c", "g"),
        direction: fc.constant("increase"),
        center: fc.double(),
        sigma: fc.double(),
      },
      { requiredKeys: ["op"] },
    ),
    fc.record({ op: fc.constant("chart"), chart: fc.constantFrom("run", "i", "mr", "g", "c", "t"), y: series }),
    fc.record({ op, successes: fc.nat(30), n: fc.nat(30) }),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(line, async (input) => {
      const { answers, text } = await run([JSON.stringify(input)]);
      assert.equal(answers.length, 1);
      assert.doesNotMatch(text, /NaN|Infinity/);
    }),
  );
});
