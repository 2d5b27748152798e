import type { ChartPoint } from "./chart-data.ts";
import { PointMark } from "./marks.tsx";
import { lastRun, linear, linePath } from "./scale.ts";
import "./charts.css";

type SparklineProps = { points: readonly ChartPoint[]; label: string; width?: number; height?: number };

/** Twenty weeks in a row of a table: band of limits, mean, line; only the last unbroken run of signals is marked. */
export function Sparkline({ points, label, width = 120, height = 28 }: SparklineProps) {
  const seen = points.flatMap((point) => [point.value, point.lower ?? point.value, point.upper ?? point.value]);
  const y = linear([Math.min(...seen), Math.max(...seen)], [height - 5, 5]);
  const x = linear([0, Math.max(points.length - 1, 1)], [4, width - 5]);
  const last = points.at(-1);
  const run = lastRun(points.map((point) => point.mark));
  return (
    <svg
      className="q-chart-svg"
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      {last?.upper !== undefined && last.lower !== undefined && (
        <rect
          className="q-band"
          x="0"
          width={width}
          y={y(last.upper)}
          height={Math.max(y(last.lower) - y(last.upper), 1)}
        />
      )}
      {last?.center !== undefined && (
        <line className="q-mean-hair" x1="0" x2={width} y1={y(last.center)} y2={y(last.center)} />
      )}
      <path className="q-line" d={linePath(points.map((point, at) => [x(at), y(point.value)]))} />
      {points.map((point, at) =>
        at >= run ? <PointMark key={at} mark={point.mark} x={x(at)} y={y(point.value)} size={0.66} /> : null,
      )}
    </svg>
  );
}
