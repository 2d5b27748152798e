import type { ChartMark } from "./chart-data.ts";

/** The mark of one point: ring common cause, disc improvement, triangle concern, diamond neutral. Shape says it, colour repeats. */
export function PointMark({
  mark = "common",
  x,
  y,
  size = 1,
}: {
  mark?: ChartMark;
  x: number;
  y: number;
  size?: number;
}) {
  if (mark === "better") return <circle className="q-point-better" cx={x} cy={y} r={4.5 * size} />;
  if (mark === "worse") {
    const [w, h] = [5.8 * size, 5.2 * size];
    return <path className="q-point-worse" d={`M${x} ${y - h}l${w} ${h * 2}h${-w * 2}z`} />;
  }
  if (mark === "neutral") {
    const r = 5.4 * size;
    return <path className="q-point-neutral" d={`M${x} ${y - r}l${r} ${r}-${r} ${r}-${r}-${r}z`} />;
  }
  return <circle className="q-point-common" cx={x} cy={y} r={3.5 * size} />;
}
