import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { csvOf } from "./csv.ts";

test("a cell that a spreadsheet would run is text, and numbers stay numbers", () => {
  assert.equal(csvOf([["=1+1", "-5", -5, null]]), `\ufeff"'=1+1","'-5",-5,\r\n`);
});

test("whatever is written is read again, but for the apostrophe", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
      // rows of empty cells alone read as blank lines in some readers; a mark in front keeps them apart
      const marked = rows.map((row, at) => [at, ...row]);
      const read: string[][] = parse(csvOf(marked), { bom: true, record_delimiter: "\r\n" });
      assert.equal(read.length, rows.length);
      read.forEach(([, ...cells], at) =>
        cells.forEach((found, column) => {
          const wanted = rows[at]?.[column] ?? "";
          assert.ok(
            found === wanted || found === `'${wanted}`,
            `${JSON.stringify(found)} of ${JSON.stringify(wanted)}`,
          );
          assert.doesNotMatch(found, /^\s*[=+\-@]/);
        }),
      );
    }),
  );
});
