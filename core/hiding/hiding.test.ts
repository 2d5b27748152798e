import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { z } from "zod";
import { hideChildren } from "./children.ts";
import { hideChildrenAsNhs } from "./nhs.ts";
import { hideTable } from "./table.ts";
import { hideTree } from "./tree.ts";

/** Every way to write a total as so many counts in order. */
function* vectors(total: number, length: number): Generator<number[]> {
  if (length === 1) yield [total];
  else {
    for (let first = 0; first <= total; first += 1) {
      for (const rest of vectors(total - first, length - 1)) yield [first, ...rest];
    }
  }
}

/** An attacker who knows the rule: collects, picture by picture, every value each hidden number may have. */
class Attacker {
  readonly #pictures = new Map<string, { readonly values: Set<number>[]; readonly hidden: readonly boolean[] }>();

  sees(picture: readonly (number | null)[], truth: readonly number[]): void {
    const key = picture.map((value) => value ?? "x").join();
    const known = this.#pictures.get(key) ?? {
      values: truth.map(() => new Set<number>()),
      hidden: picture.map((value) => value === null),
    };
    this.#pictures.set(key, known);
    for (const [at, value] of truth.entries()) known.values[at]?.add(value);
  }

  /** Hidden numbers that fewer than three values fit; and how many hidden numbers were looked at. */
  finds(): { readonly narrowed: string[]; readonly looked: number } {
    const narrowed: string[] = [];
    let looked = 0;
    for (const [key, { values, hidden }] of this.#pictures) {
      for (const [at, isHidden] of hidden.entries()) {
        if (!isHidden) continue;
        looked += 1;
        if ((values[at]?.size ?? 0) < 3) narrowed.push(`${key} at ${at}: ${[...(values[at] ?? [])].join()}`);
      }
    }
    return { narrowed, looked };
  }
}

/** A hidden total below 3 is 1 or 2 by the meaning of the threshold: only what is beneath it can be protected. */
const skipTotal = (threshold: number): number => (threshold === 3 ? 1 : 0);

// Brute force: every division of every total up to a limit is hidden by the rule, pictures are compared, and each hidden number must keep
// three values among all divisions that look the same. The total is shown unless it is small, in which case it is hidden as well.
for (const [threshold, children, most] of [
  [3, 2, 40],
  [3, 3, 24],
  [4, 3, 24],
  [5, 2, 60],
  [5, 3, 40],
  [5, 4, 24],
  [5, 5, 16],
  [8, 2, 60],
  [8, 3, 40],
  [8, 4, 26],
] as const) {
  test(`no hidden child of ${children} is found or narrowed to two below threshold ${threshold}, totals to ${most}`, () => {
    const attacker = new Attacker();
    const skip = skipTotal(threshold);
    for (let total = 0; total <= most; total += 1) {
      for (const counts of vectors(total, children)) {
        const values = hideTree(
          { id: "all", count: total, children: counts.map((count, at) => ({ id: `${at}`, count })) },
          threshold,
        );
        attacker.sees([...values.values()].slice(skip), [total, ...counts].slice(skip));
      }
    }
    const { narrowed, looked } = attacker.finds();
    assert.ok(looked > 0);
    assert.deepEqual(narrowed, []);
  });
}

test("an attacker who knows one more rule level of a tree finds nothing either", () => {
  const attacker = new Attacker();
  for (let total = 0; total <= 22; total += 1) {
    for (const [a, b, c, d] of vectors(total, 4)) {
      const left = {
        id: "l",
        count: a! + b!,
        children: [
          { id: "a", count: a! },
          { id: "b", count: b! },
        ],
      };
      const right = {
        id: "r",
        count: c! + d!,
        children: [
          { id: "c", count: c! },
          { id: "d", count: d! },
        ],
      };
      const values = hideTree({ id: "all", count: total, children: [left, right] }, 5);
      const truth: Record<string, number> = { all: total, l: left.count, r: right.count, a: a!, b: b!, c: c!, d: d! };
      attacker.sees(
        [...values.values()],
        [...values.keys()].map((id) => truth[id]!),
      );
    }
  }
  assert.deepEqual(attacker.finds().narrowed, []);
});

for (const [threshold, rows, columns, most] of [
  [3, 2, 2, 16],
  [4, 2, 3, 14],
  [5, 2, 2, 26],
  [5, 2, 3, 15],
  [5, 3, 2, 15],
  [5, 3, 3, 10],
  [8, 2, 2, 30],
  [8, 3, 2, 18],
  [5, 1, 3, 30],
  [5, 3, 1, 30],
] as const) {
  test(`no hidden number of a ${rows} × ${columns} table is found or narrowed to two below threshold ${threshold}, totals to ${most}`, () => {
    const attacker = new Attacker();
    const skip = skipTotal(threshold);
    for (let total = 0; total <= most; total += 1) {
      for (const flat of vectors(total, rows * columns)) {
        const counts = Array.from({ length: rows }, (_, row) => flat.slice(row * columns, (row + 1) * columns));
        const add = (list: readonly number[]) => list.reduce((sum, count) => sum + count, 0);
        const across = counts.map(add);
        const down = Array.from({ length: columns }, (_, column) => add(counts.map((row) => row[column]!)));
        const shown = hideTable(counts, threshold);
        const picture = [shown.total, ...shown.rowTotals, ...shown.columnTotals, ...shown.cells.flat()];
        attacker.sees(picture.slice(skip), [total, ...across, ...down, ...flat].slice(skip));
      }
    }
    const { narrowed, looked } = attacker.finds();
    assert.ok(looked > 0);
    assert.deepEqual(narrowed, []);
  });
}

test("a small group takes others with it until their sum tells nothing, and large ones stay", () => {
  assert.deepEqual(hideChildren([2, 150, 80], 5), [true, false, true]);
  assert.deepEqual(hideChildren([4, 4, 4], 5), [true, true, true]);
  assert.deepEqual(hideChildren([0, 12, 40], 5), [false, false, false]);
  assert.deepEqual(hideChildren([0, 3, 12, 12, 40, 60], 5), [true, true, true, true, false, false]);
});

test("a table without small cells is shown whole, one with a small cell by its totals, one with a small column by its rows", () => {
  const whole = hideTable(
    [
      [5, 0],
      [8, 9],
    ],
    5,
  );
  assert.deepEqual(whole, {
    cells: [
      [5, 0],
      [8, 9],
    ],
    rowTotals: [5, 17],
    columnTotals: [13, 9],
    total: 22,
  });
  const open = hideTable(
    [
      [2, 20, 0],
      [30, 31, 0],
    ],
    5,
  );
  assert.deepEqual(open.rowTotals, [22, 61]);
  assert.deepEqual(open.columnTotals, [32, 51, 0]);
  assert.deepEqual(open.cells, [
    [null, null, 0],
    [null, null, 0],
  ]);
  const rows = hideTable(
    [
      [2, 20],
      [1, 31],
    ],
    5,
  );
  assert.deepEqual(rows, {
    cells: [
      [null, null],
      [null, null],
    ],
    rowTotals: [22, 32],
    columnTotals: [null, null],
    total: 54,
  });
});

test("below a hidden group everything is hidden, and people in no named part protect nobody by being left out", () => {
  const tree = {
    id: "c",
    count: 40,
    children: [
      { id: "a", count: 3, children: [{ id: "a1", count: 3 }] },
      { id: "b", count: 12, children: [{ id: "b1", count: 12 }] },
      { id: "d", count: 25, children: [{ id: "d1", count: 22 }] },
    ],
  };
  assert.deepEqual(Object.fromEntries(hideTree(tree, 5)), {
    c: 40,
    a: null,
    a1: null,
    b: null,
    b1: null,
    d: 25,
    d1: null,
  });
});

test("every number shown is true, no small one is shown, and large tables are answered", () => {
  const table = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 })).chain(([rows, columns]) =>
    fc.array(fc.array(fc.oneof(fc.nat(6), fc.nat(500)), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );
  fc.assert(
    fc.property(table, fc.constantFrom(5, 8), (counts, threshold) => {
      const { cells, rowTotals, columnTotals, total } = hideTable(counts, threshold);
      for (const [row, list] of cells.entries()) {
        for (const [column, cell] of list.entries()) assert.ok(cell === null || cell === counts[row]![column]);
      }
      for (const value of [...cells.flat(), ...rowTotals, ...columnTotals, total]) {
        assert.ok(value === null || value === 0 || value >= threshold);
      }
    }),
  );
});

test("what is no count is refused", () => {
  assert.throws(() => hideChildren([1.5], 5), RangeError);
  assert.throws(() => hideChildren([1], 2), RangeError);
  assert.throws(() => hideTable([[1, 2], [3]], 5), RangeError);
  assert.throws(() => hideTree({ id: "a", count: 5, children: [{ id: "a", count: 5 }] }, 5), RangeError);
  assert.throws(() => hideTree({ id: "a", count: 5, children: [{ id: "b", count: 6 }] }, 5), RangeError);
});

const referenceData = process.env["QMS_REFERENCE_DATA"];

test(
  "the NHS manner hides what its published cases hide",
  { skip: referenceData ? false : "QMS_REFERENCE_DATA is not set" },
  () => {
    const file = join(referenceData ?? "", "feedback", "suppression_cases.json");
    const shape = z.object({
      threshold: z.number(),
      cases: z.array(
        z.object({
          name: z.string(),
          parent_hidden: z.boolean(),
          first_level_only: z.boolean().optional(),
          children: z.record(z.string(), z.number()),
          expected_hidden: z.array(z.string()),
        }),
      ),
    });
    const { threshold, cases } = shape.parse(JSON.parse(readFileSync(file, "utf8")));
    assert.ok(cases.length > 0);
    for (const one of cases) {
      const mask = hideChildrenAsNhs(Object.values(one.children), threshold, one.parent_hidden);
      assert.deepEqual(
        Object.keys(one.children).filter((_, at) => mask[at]),
        one.expected_hidden,
        one.name,
      );
    }
  },
);
