import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  joinWeeks,
  nodesOf,
  placesShown,
  scoreThreshold,
  totalsShown,
  wholeClinic,
  type Places,
} from "./hide-results.ts";
import type { Cell } from "./result-queries.ts";

const places: Places = {
  sites: [{ id: "s", name: "Центральна", parent: null }],
  departments: ["a", "b", "c"].map((id) => ({ id, name: id, parent: "s" })),
  services: [],
};
const cell = (month: string, department: string, n: number): Cell => ({
  month,
  site_id: "s",
  department_id: department,
  service_id: null,
  score: 1,
  n,
  by_link: n,
  with_text: 0,
});

test("two departments are hidden together where one is small, and months show the whole clinic alone", () => {
  const cells = [cell("2026-07", "a", 40), cell("2026-07", "b", 3), cell("2026-08", "c", 12)];
  assert.deepEqual([...placesShown(cells, places, "2026-Q3")].toSorted(), ["a", wholeClinic, "s"].toSorted());
  assert.deepEqual([...placesShown(cells, places, "2026-07")], [wholeClinic]);
});

test("a year shows a place only where each of its quarters does", () => {
  const cells = [
    cell("2026-01", "a", 40),
    cell("2026-01", "b", 3),
    cell("2026-01", "c", 12),
    cell("2026-04", "a", 20),
    cell("2026-04", "b", 20),
    cell("2026-04", "c", 20),
  ];
  assert(placesShown(cells, places, "2026-Q2").has("b"));
  assert(!placesShown(cells, places, "2026").has("b"));
  assert(placesShown(cells, places, "2026").has("a"));
});

test("a month with few answers cannot be found from its quarter", () => {
  const cells = [cell("2026-01", "a", 30), cell("2026-02", "a", 2), cell("2026-03", "a", 25)];
  const shown = totalsShown(cells, "2026", scoreThreshold);
  assert(shown.has("2026-Q1"));
  assert(!shown.has("2026-02"));
  assert(["2026-01", "2026-03"].some((month) => !shown.has(month)));
});

// Brute force: every table of two quarters × three departments with 0…9 answers in a cell that gives the same published figures as the
// true one is tried; a small cell that is the same in all of them has been recovered. Published: quarters, year, totals, by this rule.
test("no small department can be found from quarters and the year together", () => {
  const quarters = ["2026-01", "2026-04"] as const;
  const ids = ["a", "b", "c"] as const;
  const published = (table: readonly number[]): string => {
    const cells = quarters.flatMap((month, q) => ids.map((id, d) => cell(month, id, table[q * 3 + d] ?? 0)));
    const seen = ["2026-Q1", "2026-Q2", "2026"].map((period) => {
      const shown = placesShown(cells, places, period);
      const total = totalsShown(cells, "2026", scoreThreshold).has(period);
      return total ? nodesOf(cells, places, period).map(({ id, n }) => (shown.has(id) ? n : "*")) : "*";
    });
    return JSON.stringify(seen);
  };
  // all divisions of two fixed quarter totals: a reader knows the totals, so only these are worth comparing
  const divisions = (total: number): number[][] =>
    Array.from({ length: total + 1 }, (_, a) => a).flatMap((a) =>
      Array.from({ length: total - a + 1 }, (_, b) => [a, b, total - a - b]),
    );
  for (const [first, second] of [
    [9, 12],
    [14, 6],
    [11, 13],
  ] as const) {
    const readings = new Map<string, Set<number>[]>();
    const all = divisions(first).flatMap((one) => divisions(second).map((two) => [...one, ...two]));
    for (const table of all) {
      const key = published(table);
      const sets = readings.get(key) ?? table.map(() => new Set<number>());
      table.forEach((n, at) => sets[at]?.add(n));
      readings.set(key, sets);
    }
    for (const table of all)
      for (const [at, n] of table.entries())
        if (n > 0 && n < scoreThreshold)
          assert((readings.get(published(table))?.[at]?.size ?? 0) >= 3, `${JSON.stringify(table)} tells cell ${at}`);
  }
});

test("joined weeks keep every answer and none is small while there are enough in all", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 30 }), (sizes) => {
      const weeks = sizes.map((n, at) => ({ week: String(at), positive: Math.floor(n / 2), n }));
      const joined = joinWeeks(weeks);
      const sum = (all: readonly { n: number }[]) => all.reduce((total, { n }) => total + n, 0);
      if (joined.length > 0) assert.equal(sum(joined), sum(weeks));
      else assert(sum(weeks) < scoreThreshold);
      assert(joined.every(({ n }) => n >= scoreThreshold));
    }),
  );
});
