import assert from "node:assert/strict";
import { test } from "node:test";
import { formatter } from "./format.ts";

const now = () => new Date("2026-11-24T10:00:00+02:00");
const uk = formatter("uk", "Europe/Kyiv", now);
const en = formatter("en", "Europe/Kyiv", now);

test("numbers are grouped by a space that does not break, with the language's own decimal sign", () => {
  assert.equal(uk.number(1695), "1\u00a0695");
  assert.equal(uk.number(1234.5, 1), "1\u00a0234,5");
  assert.equal(en.number(1234.5, 1), "1,234.5");
  assert.equal(uk.number(-2, 1), "\u22122,0");
});

test("a share is written with one decimal, and in Ukrainian with a space before the sign", () => {
  assert.equal(uk.percent(0.919), "91,9\u00a0%");
  assert.equal(en.percent(0.919), "91.9%");
  assert.equal(uk.percent(1, 0), "100\u00a0%");
});

test("short days have three letters, and a year only when it is another one", () => {
  assert.equal(uk.day("2026-11-24"), "24\u00a0лис");
  assert.equal(uk.day("2025-05-01"), "1\u00a0тра\u00a02025");
  assert.equal(en.day("2026-06-08"), "8\u00a0Jun");
});

test("an instant late in the evening belongs to the clinic's day, not to Greenwich's", () => {
  assert.equal(uk.day("2026-11-23T22:30:00Z"), "24\u00a0лис");
  assert.equal(uk.time("2026-11-23T22:30:00Z"), "00:30");
  assert.equal(uk.nearDay("2026-11-23T22:30:00Z"), "сьогодні");
});

test("days near today have names, also over the change of clocks", () => {
  assert.equal(uk.nearDay("2026-11-25"), "завтра");
  assert.equal(uk.nearDay("2026-11-23"), "учора");
  assert.equal(uk.nearDay("2026-11-27"), "27\u00a0лис");
  const october = formatter("uk", "Europe/Kyiv", () => new Date("2026-10-25T23:30:00+02:00"));
  assert.equal(october.nearDay("2026-10-26"), "завтра");
});

test("the long day, the day for forms, money and signs", () => {
  assert.equal(uk.longDay("2026-11-24"), "вівторок, 24 листопада");
  assert.equal(uk.fullDay("2026-11-24"), "24.11.2026");
  assert.equal(en.fullDay("2026-11-24"), "24.11.2026");
  assert.equal(uk.money(65000), "650,00\u00a0₴");
  assert.equal(uk.signed(11.3), "+11,3");
  assert.equal(uk.signed(-2), "\u22122,0");
});
