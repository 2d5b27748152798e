import type { Series } from "./lines.ts";

/** Frozen process figures to judge points by; sigma > 0, in the unit of the points. */
export type Process = { readonly center: number; readonly sigma: number };

/** A point against the process. side: 1 above the centre, −1 below, 0 on it. zone: how many of the lines at 1, 2 and 3 sigma it
 *  lies strictly beyond, 0–3: a point exactly on a line is not beyond it. */
export type Placed = { readonly y: number; readonly side: number; readonly zone: number };

/** A rule looks at a whole window of points and says whether it fires at the last of them. */
export type WindowRule = { readonly length: number; readonly fires: (window: readonly Placed[]) => boolean };

/** Points, counted from 0, at which each rule fires. A rule needs its whole window; a missing value in it keeps it silent.
 *  Throws RangeError unless sigma > 0 and both are finite. */
export function applyRules(
  y: Series,
  { center, sigma }: Process,
  rules: Readonly<Record<string, WindowRule>>,
): Record<string, number[]> {
  if (!(sigma > 0) || !Number.isFinite(sigma) || !Number.isFinite(center)) {
    throw new RangeError(`sigma ${sigma}, centre ${center}`);
  }
  // Lines are compared, not quotients: 1.3 lies on 1 + 3 × 0.1, though (1.3 − 1) / 0.1 is rounded to more than 3.
  const beyond = (value: number) => [1, 2, 3].filter((k) => value > center + k * sigma || value < center - k * sigma);
  const points = y.map((value) =>
    value === null ? null : { y: value, side: Math.sign(value - center), zone: beyond(value).length },
  );
  const fired = (rule: WindowRule) =>
    [...points.keys()].filter((at) => {
      const window = points.slice(Math.max(0, at + 1 - rule.length), at + 1).filter((point) => point !== null);
      return window.length === rule.length && rule.fires(window);
    });
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [name, fired(rule)]));
}

/** At least `count` of the window strictly beyond the line at `zone` sigma, on the same side. */
export const beyondTogether =
  (count: number, zone: number) =>
  (window: readonly Placed[]): boolean =>
    [1, -1].some((side) => window.filter((point) => point.side === side && point.zone >= zone).length >= count);

/** The whole window on one side of the centre; a point on the centre is on neither. */
export const oneSided = (window: readonly Placed[]): boolean =>
  [1, -1].some((side) => window.every((point) => point.side === side));
