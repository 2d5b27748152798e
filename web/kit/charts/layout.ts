import type { ChartData, ChartUnit } from "./chart-data.ts";
import { linear, roundTicks } from "./scale.ts";

/** Where everything of a chart lies, in px of the drawing. */
export type Layout = {
  width: number;
  height: number;
  /** A phone: reasons go under the drawing. */
  narrow: boolean;
  left: number;
  right: number;
  top: number;
  bottom: number;
  plotWidth: number;
  plotHeight: number;
  /** Width of one point's place. */
  slot: number;
  ticks: readonly number[];
  x: (at: number) => number;
  y: (value: number) => number;
};

const flagRoom = 36;
const narrowest = 480;
/** Room for "середнє 76,3" at 12 px; less where the page is a phone. */
const labelRoom = { wide: 108, narrow: 84 };

export function layoutOf(
  data: ChartData,
  { width, height, unit }: { width: number; height: number; unit: ChartUnit },
): Layout {
  const seen = data.points
    .flatMap((point) => [point.value, point.lower, point.upper, point.center])
    .concat(data.target?.value)
    .filter((value) => value !== undefined);
  const ticks = roundTicks(seen.length ? Math.min(...seen) : 0, seen.length ? Math.max(...seen) : 1, unit);
  const left = 48;
  const right = width - (width < narrowest ? labelRoom.narrow : labelRoom.wide);
  const top = data.flags?.length || data.parts?.length ? flagRoom : 12;
  const bottom = height - 28;
  const slot = (right - left) / Math.max(data.points.length, 1);
  return {
    width,
    height,
    narrow: width < narrowest,
    left,
    right,
    top,
    bottom,
    plotWidth: right - left,
    plotHeight: bottom - top,
    slot,
    ticks,
    x: (at) => left + (at + 0.5) * slot,
    y: linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [bottom, top]),
  };
}
