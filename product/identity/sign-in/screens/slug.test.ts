import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { slug } from "#core/contract/shapes.ts";
import { slugOf } from "./slug.ts";

test("a clinic's name becomes its address by the state rules of writing Ukrainian in Latin", () => {
  assert.equal(slugOf("Клініка «Калина»"), "klinika-kalyna");
  assert.equal(slugOf("Їжачок і Юля"), "yizhachok-i-yulia");
  assert.equal(slugOf("Здоров'я Згурівки"), "zdorovia-zghurivky");
  assert.equal(slugOf("Médecins 24/7"), "medecins-24-7");
  assert.equal(slugOf("診療所"), "");
});

test("whatever the name, its address is empty, too short or one that the contract takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      const made = slugOf(name);
      assert(made.length < 3 || slug.safeParse(made).success, made);
    }),
  );
});
