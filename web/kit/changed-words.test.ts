import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { changedWords } from "./changed-words.ts";

test("only the words that differ are marked, in each of the two texts", () => {
  const mine = changedWords("Немає дати народження у вкладці.", "Немає дати народження перед друком.");
  assert.deepEqual(mine, [
    { text: "Немає дати народження", changed: false },
    { text: " у вкладці.", changed: true },
  ]);
});

test("equal texts differ in nothing", () => {
  assert.deepEqual(changedWords("Кров не брали", "Кров не брали"), [{ text: "Кров не брали", changed: false }]);
});

test("the runs joined give the text again, whatever is compared", () => {
  const text = fc
    .array(fc.constantFrom("дата", "час", " ", "\n", "кабінет", "4", "  "), { maxLength: 14 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, text, (one, other) => {
      assert.equal(
        changedWords(one, other)
          .map((run) => run.text)
          .join(""),
        one,
      );
    }),
  );
});
