import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { betaQuantile, betaTails } from "./beta.ts";
import { binomialCumulative, binomialQuantile } from "./binomial.ts";
import { gammaQuantile, gammaTails, lnGamma } from "./gamma.ts";
import { normalQuantile, zOf } from "./normal.ts";
import { meanOf, medianOf, standardDeviationOf, sumOf } from "./sums.ts";

function near(actual: number, expected: number, relative = 1e-11): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual} is not ${expected}`);
}

test("special functions equal base R 4.2 to eleven digits", () => {
  const figures: [number, number][] = [
    [lnGamma(0.1), 2.252712651734206],
    [lnGamma(2.5), 0.28468287047291918],
    [lnGamma(1e6), 12815504.569147611],
    [gammaQuantile(0.025, 7), 2.8143630515198663],
    [gammaQuantile(0.975, 8), 14.422675361702378],
    [gammaQuantile(0.975, 1e6), 1001960.9109654503],
    [gammaQuantile(0.025, 0.01), 3.5226859973139195e-161],
    [betaQuantile(0.025, 24.66, 5.67), 0.65904909517317833],
    [betaQuantile(0.975, 0.01, 5), 0.01038688723885961],
    [betaQuantile(0.025, 0.01, 5), 7.803601735629692e-162],
    [betaQuantile(0.025, 1e6, 3e6), 0.24957577383160801],
    [betaQuantile(0.975, 100, 0.5), 0.99999507737536508],
    [betaTails(3, 4, 0.3).lower, 0.25568999999999992],
    [zOf(0.95), 1.9599639845400536],
    [zOf(0.998), 3.0902323061678132],
    [normalQuantile(1e-10), -6.3613409024040557],
  ];
  for (const [actual, expected] of figures) near(actual, expected);
  assert.equal(binomialQuantile(0.05, 23, 0.5), 8);
  assert.equal(binomialQuantile(0.05, 1e5, 0.5), 49740);
});

test("Γ(n) is (n − 1)! for whole numbers", () => {
  let factorial = 1;
  for (let n = 2; n <= 20; n += 1) {
    factorial *= n - 1;
    assert.ok(Math.abs(lnGamma(n) - Math.log(factorial)) < 1e-13);
  }
});

test("a quantile put back into its distribution gives the probability", () => {
  const shape = fc.double({ min: 0.05, max: 5000, noNaN: true });
  const share = fc.double({ min: 0.0005, max: 0.9995, noNaN: true });
  fc.assert(
    fc.property(shape, shape, share, (a, b, p) => {
      // Near 1 a quantile has no more digits than 1 − x leaves it, hence the absolute part.
      const x = betaQuantile(p, a, b);
      if (x > 1e-300 && x < 0.999) near(betaTails(a, b, x).lower, p, 1e-8);
      const g = gammaQuantile(p, a);
      if (g > 1e-300) near(gammaTails(a, g).lower, p, 1e-8);
    }),
  );
});

test("the binomial quantile is the first number whose cumulated probability reaches p", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, p) => {
      const k = binomialQuantile(p, n, 0.5);
      assert.ok(binomialCumulative(k, n, 0.5) >= p);
      assert.ok(k === 0 || binomialCumulative(k - 1, n, 0.5) < p);
    }),
  );
});

test("sums keep what plain addition loses, and spread and middle are those of a sample", () => {
  assert.equal(sumOf([1e16, 1, -1e16]), 1);
  assert.equal(meanOf([0.1, 0.2, 0.3]), 0.2);
  assert.equal(medianOf([3, 1, 2, 10]), 2.5);
  assert.equal(medianOf([3, 1, 2]), 2);
  assert.equal(standardDeviationOf([2, 4, 4, 4, 5, 5, 7, 9]), Math.sqrt(32 / 7));
  assert.ok(Number.isNaN(meanOf([])) && Number.isNaN(medianOf([])) && Number.isNaN(standardDeviationOf([1])));
});

test("arguments outside a function's range are refused", () => {
  assert.throws(() => lnGamma(0), RangeError);
  assert.throws(() => betaQuantile(1.1, 1, 1), RangeError);
  assert.throws(() => gammaQuantile(1, 1), RangeError);
  assert.throws(() => normalQuantile(0), RangeError);
  assert.throws(() => binomialQuantile(0.05, -1, 0.5), RangeError);
});
