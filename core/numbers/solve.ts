/** Root of an increasing function between low and high, by bisection with secant steps that never leave the bracket.
 *  f may give −∞ at the low end and ∞ at the high end. Returns the end nearest to a root that lies outside.
 *  Precision: the last bits of a double. */
export function solveIncreasing(f: (t: number) => number, low: number, high: number): number {
  let a = low;
  let b = high;
  let fa = f(a);
  let fb = f(b);
  if (fa >= 0) return a;
  if (fb <= 0) return b;
  for (let step = 0; step < 400; step += 1) {
    const secant = a - (fa * (b - a)) / (fb - fa);
    // Every third step halves, so a flat or curved function cannot hold one end for ever.
    const usable = step % 3 !== 2 && secant > a && secant < b;
    const t = usable ? secant : a + (b - a) / 2;
    if (t <= a || t >= b) return t;
    const ft = f(t);
    if (ft === 0) return t;
    if (ft < 0) [a, fa] = [t, ft];
    else [b, fb] = [t, ft];
    if (b - a <= 4e-16 * Math.max(Math.abs(a), Math.abs(b))) break;
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}
