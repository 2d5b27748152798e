import { useFormat } from "../use-format.ts";
import { useWords } from "../words.ts";
import type { ChartData, ChartPoint, ChartUnit } from "./chart-data.ts";
import { chartWords } from "./chart-words.ts";
import type { Layout } from "./layout.ts";
import { PointMark } from "./marks.tsx";
import { linePath, partsAt, pushApart } from "./scale.ts";

type Part = { layout: Layout; data: ChartData };

/** Labels at the line's end stay this far from each other, px. */
const labelGap = 15;
/** Flags of neighbouring weeks stand side by side, px. */
const flagGap = 22;

const startsOf = (data: ChartData) => (data.parts ?? []).map((part) => part.from);

/** Soft horizontal lines at round values, names under every n-th point; no frame, no axis title. */
export function Grid({ layout, data, unit, every }: Part & { unit: ChartUnit; every: number }) {
  const format = useFormat();
  const step = layout.ticks[1] !== undefined && layout.ticks[0] !== undefined ? layout.ticks[1] - layout.ticks[0] : 1;
  const digits = Number.isInteger(step) ? 0 : step * 10 === Math.round(step * 10) ? 1 : 2;
  return (
    <>
      {layout.ticks.map((tick) => (
        <g key={tick}>
          <line className="q-grid" x1={layout.left} x2={layout.right} y1={layout.y(tick)} y2={layout.y(tick)} />
          <text className="q-tick" x={layout.left - 8} y={layout.y(tick) + 4} textAnchor="end">
            {format.number(tick, digits)}
            {unit.sign ? `\u00a0${unit.sign}` : ""}
          </text>
        </g>
      ))}
      {data.points.map((point, at) =>
        at % every === 0 ? (
          <text className="q-tick" key={point.label + at} x={layout.x(at)} y={layout.bottom + 20} textAnchor="middle">
            {point.label}
          </text>
        ) : null,
      )}
    </>
  );
}

/** Where limits were computed afresh: a hairline, its reason left of it. */
export function Splits({ layout, data }: Part) {
  return (data.parts ?? [])
    .filter((part) => part.from > 0)
    .map((part) => {
      const x = layout.left + part.from * layout.slot;
      const leftRoom = x - layout.left > 150;
      return (
        <g key={part.from}>
          <line className="q-split" x1={x} x2={x} y1={layout.top - 12} y2={layout.bottom} />
          {!layout.narrow && (
            <text
              className="q-tick"
              x={leftRoom ? x - 6 : x + 6}
              y={layout.top - 6}
              textAnchor={leftRoom ? "end" : "start"}
            >
              {part.reason}
            </text>
          )}
        </g>
      );
    });
}

/** Mean solid, limits dashed and stepping with n, target dotted through all. */
export function Limits({ layout, data }: Part) {
  const { x, y } = layout;
  const half = layout.slot / 2;
  const stepped = (from: number, items: readonly ChartPoint[], key: "lower" | "upper" | "center") =>
    linePath(
      items.flatMap((point, at): [number, number][] => {
        const value = point[key];
        return value === undefined ? [] : [[x(from + at), y(value)]];
      }),
      half,
    );
  return (
    <>
      {partsAt(data.points, startsOf(data)).map(({ from, items }) => (
        <g key={from}>
          <path className="q-limit" d={stepped(from, items, "upper")} />
          <path className="q-limit" d={stepped(from, items, "lower")} />
          <path className="q-mean" d={stepped(from, items, "center")} />
        </g>
      ))}
      {data.target && (
        <line
          className="q-target"
          x1={layout.left}
          x2={layout.right}
          y1={y(data.target.value)}
          y2={y(data.target.value)}
        />
      )}
    </>
  );
}

/** Actions and events: a dotted line and a numbered flag; the list beside explains the number. */
export function Flags({ layout, data }: Part) {
  const flags = data.flags ?? [];
  const places = pushApart(
    flags.map((flag) => layout.x(flag.at)),
    flagGap,
    [layout.left, layout.right],
  );
  return flags.map((flag, at) => {
    const x = layout.x(flag.at);
    const place = places[at] ?? x;
    return (
      <g key={flag.number}>
        <title>{flag.name}</title>
        <path className="q-flag-line" d={`M${place} ${layout.top - 10}L${x} ${layout.top}V${layout.bottom}`} />
        <rect className="q-flag" x={place - 9} y={layout.top - 28} width="18" height="18" rx="4" />
        <text className="q-flag-number" x={place} y={layout.top - 15} textAnchor="middle">
          {flag.number}
        </text>
      </g>
    );
  });
}

/** The line, broken at each new part, and a mark on every point. */
export function Points({ layout, data, active }: Part & { active: number | null }) {
  const at = active === null ? undefined : data.points[active];
  return (
    <>
      {partsAt(data.points, startsOf(data)).map(({ from, items }) => (
        <path
          key={from}
          className="q-line"
          d={linePath(items.map((point, i) => [layout.x(from + i), layout.y(point.value)]))}
        />
      ))}
      {data.points.map((point, i) => (
        <PointMark key={point.label + i} mark={point.mark} x={layout.x(i)} y={layout.y(point.value)} />
      ))}
      {at && active !== null && (
        <circle className="q-point-active" cx={layout.x(active)} cy={layout.y(at.value)} r="9" />
      )}
    </>
  );
}

/** What each line is, written at its end; former parts say their mean under their lower limit. */
export function RightLabels({ layout, data, write }: Part & { write: (value: number) => string }) {
  const t = useWords(chartWords);
  const last = data.points.at(-1);
  const labels = [
    { key: "upper", value: last?.upper, words: last?.upper === undefined ? "" : t.limit(write(last.upper)) },
    { key: "target", value: data.target?.value, words: data.target?.words ?? "" },
    { key: "mean", value: last?.center, words: last?.center === undefined ? "" : t.mean(write(last.center)) },
    { key: "lower", value: last?.lower, words: last?.lower === undefined ? "" : t.limit(write(last.lower)) },
  ].flatMap((label) => (label.value === undefined ? [] : [{ ...label, y: layout.y(label.value) }]));
  const heights = pushApart(
    labels.map((label) => label.y),
    labelGap,
    [layout.top, layout.bottom],
  );
  const former = partsAt(data.points, startsOf(data)).slice(0, -1);
  return (
    <>
      {labels.map((label, at) => (
        <text
          className="q-end"
          data-line={label.key}
          key={label.key}
          x={layout.right + 8}
          y={(heights[at] ?? label.y) + 4}
        >
          {label.words}
        </text>
      ))}
      {former.map(({ from, items }) => {
        const point = items[0];
        if (point?.center === undefined) return null;
        return (
          <text
            className="q-end"
            key={from}
            x={layout.left + from * layout.slot + 2}
            y={layout.y(point.lower ?? point.center) + 16}
          >
            {t.mean(write(point.center))}
          </text>
        );
      })}
    </>
  );
}
