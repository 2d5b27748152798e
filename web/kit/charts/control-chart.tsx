import { useState, type KeyboardEvent, type PointerEvent } from "react";
import { useFormat } from "../use-format.ts";
import { useWords } from "../words.ts";
import type { ChartData, ChartUnit } from "./chart-data.ts";
import { percentUnit } from "./chart-data.ts";
import { Flags, Grid, Limits, Points, RightLabels, Splits } from "./control-chart-parts.tsx";
import { chartWords } from "./chart-words.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { PointPopover } from "./point-popover.tsx";
import { useWidth } from "./use-width.ts";
import "./charts.css";

type ControlChartProps = ChartData & {
  title: string;
  unit?: ChartUnit;
  /** px; 300 on an indicator's page, 240 in a side by side. */
  height?: number;
  /** Every n-th point is named under the axis. */
  every?: number;
};

/**
 * A control chart as a quality manager reads it: mean solid, limits dashed and stepping with n, target dotted,
 * signal points by shape. One tab stop: arrows walk the points, each is spoken; a pointer finds the nearest.
 */
export function ControlChart({ title, unit = percentUnit, height = 300, every = 4, ...data }: ControlChartProps) {
  const t = useWords(chartWords);
  const format = useFormat();
  const [box, width] = useWidth<HTMLDivElement>(720);
  const [active, setActive] = useState<number | null>(null);
  const layout = layoutOf(data, { width, height, unit });
  const write = (value: number) => format.number(value, unit.digits);
  const last = data.points.at(-1);
  const signals = data.points.filter((point) => point.mark && point.mark !== "common").length;
  const sign = unit.sign ? `\u00a0${unit.sign}` : "";
  const sentence = t.sentence({
    title,
    points: t.points(data.points.length),
    last: last?.name ?? last?.label ?? "–",
    value: last ? write(last.value) + sign : "–",
    mean: last?.center === undefined ? "" : write(last.center) + sign,
    signals: t.signals(signals),
  });
  return (
    <figure className="q-chart" ref={box}>
      <svg role="img" aria-label={sentence} viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
        <Grid
          layout={layout}
          data={data}
          unit={unit}
          every={roomy(
            every,
            layout.slot,
            data.points.map(({ label }) => label),
          )}
        />
        <Splits layout={layout} data={data} />
        <Limits layout={layout} data={data} />
        <Flags layout={layout} data={data} />
        <Points layout={layout} data={data} active={active} />
        <RightLabels layout={layout} data={data} write={write} />
      </svg>
      <PointReader {...{ layout, data, active, setActive, unit }} label={t.reader(title)} />
      {layout.narrow && data.parts && (
        <figcaption className="q-meta">{data.parts.map((part) => part.reason).join(", ")}</figcaption>
      )}
    </figure>
  );
}

/** Room of a letter under the axis and between two names, px; where there is less, every second, third … point is named. */
const letterRoom = 6.5;
const nameGap = 14;

function roomy(every: number, slot: number, names: readonly string[]): number {
  const longest = Math.max(0, ...names.map((name) => name.length));
  return every * Math.max(Math.ceil((longest * letterRoom + nameGap) / (every * slot)), 1);
}

type ReaderProps = {
  layout: Layout;
  data: ChartData;
  active: number | null;
  setActive: (at: number | null) => void;
  unit: ChartUnit;
  label: string;
};

/** The layer over the plot that makes points reachable: forty tab stops would be a trap, so it is one slider. */
function PointReader({ layout, data, active, setActive, unit, label }: ReaderProps) {
  const t = useWords(chartWords);
  const format = useFormat();
  const last = data.points.length - 1;
  const point = data.points[active ?? last];
  if (!point) return null;
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 4,
    PageDown: -4,
  };
  const walk = (event: KeyboardEvent) => {
    const at = active ?? last;
    const next = event.key === "Home" ? 0 : event.key === "End" ? last : at + (steps[event.key] ?? 0);
    if (event.key === "Escape") setActive(null);
    if (next === at && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    setActive(Math.min(Math.max(next, 0), last));
  };
  const find = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setActive(Math.min(Math.max(Math.floor(x / layout.slot), 0), last));
  };
  const value = `${format.number(point.value, unit.digits)}${unit.sign ? `\u00a0${unit.sign}` : ""}`;
  const share =
    point.x !== undefined && point.n !== undefined ? t.of(format.number(point.x), format.number(point.n)) : "";
  return (
    <>
      <div
        className="q-chart-reader q-no-print"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={last + 1}
        aria-valuenow={(active ?? last) + 1}
        aria-valuetext={[`${point.name ?? point.label}: ${value}`, share, point.rule].filter(Boolean).join(", ")}
        style={{ left: layout.left, top: layout.top, width: layout.plotWidth, height: layout.plotHeight }}
        onKeyDown={walk}
        onFocus={() => setActive(active ?? last)}
        onBlur={() => setActive(null)}
        onPointerMove={find}
        onPointerDown={find}
        onPointerLeave={() => setActive(null)}
      />
      {active !== null && <PointPopover {...{ layout, point, value, share }} at={active} />}
    </>
  );
}
