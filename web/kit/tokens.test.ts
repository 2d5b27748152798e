import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function tokensIn(block: string): Map<string, string> {
  return new Map([...block.matchAll(/--q-([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

const light = tokensIn(css.slice(0, css.indexOf("@media screen")));
const dark = new Map([...light, ...tokensIn(css.slice(css.indexOf("@media screen")))]);
const schemes = [
  ["light", light],
  ["dark", dark],
] as const;

/** Relative luminance and contrast ratio as WCAG 2.2 defines them; colour is #rrggbb. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dim! + 0.05);
}

const inks = ["text", "muted", "placeholder", "primary", "ok", "warn", "bad", "info", "violet"];
const grounds = ["surface", "canvas"];
const softs = ["primary", "ok", "warn", "bad", "info", "violet", "risk-high", "risk-extreme"];

/** [ink, ground, least contrast]: 4.5 for text, 3 for what must be seen but is not read (WCAG 1.4.3, 1.4.11). */
const pairs: [string, string, number][] = [
  ...inks.flatMap((ink) => grounds.map((ground): [string, string, number] => [ink, ground, 4.5])),
  ...["text", "muted"].flatMap((ink) =>
    ["raised", "selected"].map((ground): [string, string, number] => [ink, ground, 4.5]),
  ),
  ...["warn", "bad", "primary"].map((ink): [string, string, number] => [ink, "selected", 4.5]),
  ...softs.map((name): [string, string, number] => [`${name}-ink`, `${name}-soft`, 4.5]),
  ["on-primary", "primary-fill", 4.5],
  ["on-primary", "primary-fill-hover", 4.5],
  ["on-bad", "bad", 4.5],
  ["on-float", "float", 4.5],
  ["on-float-muted", "float", 4.5],
  ["float-link", "float", 4.5],
  ["on-float", "float-raised", 4.5],
  ...["line", "focus", "better", "worse", "common", "neutral", "primary-fill"].flatMap((mark) =>
    (mark === "primary-fill" ? ["surface"] : grounds).map((ground): [string, string, number] => [mark, ground, 3]),
  ),
  ...["better", "worse", "neutral"].map((mark): [string, string, number] => ["on-mark", mark, 3]),
];

for (const [scheme, tokens] of schemes) {
  test(`every text and mark of the ${scheme} scheme is seen on the ground it stands on`, () => {
    const faint = pairs.flatMap(([ink, ground, least]) => {
      const [one, other] = [tokens.get(ink), tokens.get(ground)];
      assert.ok(one && other, `${ink} or ${ground} is not a token`);
      const ratio = contrast(one, other);
      return ratio < least ? [`${ink} on ${ground}: ${ratio.toFixed(2)} < ${least}`] : [];
    });
    assert.deepEqual(faint, []);
  });
}

test("both schemes name the same colours, so nothing light is left in the dark", () => {
  const shared = ["float", "float-raised", "on-float", "on-float-muted", "float-link", "float-ok"];
  const darkOnly = tokensIn(css.slice(css.indexOf("@media screen")));
  assert.deepEqual(
    [...light.keys()].filter((name) => !darkOnly.has(name) && !shared.includes(name)),
    [],
  );
});

test("a faint pair would be caught: the kit's old outline on white fails the line rule", () => {
  assert.ok(contrast("#ced4da", "#ffffff") < 3);
  assert.ok(Math.abs(contrast("#000000", "#ffffff") - 21) < 1e-9);
});
