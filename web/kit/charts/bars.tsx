import { useFormat } from "../use-format.ts";
import "./charts.css";

type ParetoBarsProps = { rows: readonly { name: string; count: number; rest?: boolean }[]; label: string };

/** Causes by weight with the share covered so far; grey, because length says it. `rest` is "інше" and stands last. */
export function ParetoBars({ rows, label }: ParetoBarsProps) {
  const format = useFormat();
  const total = rows.reduce((sum, row) => sum + row.count, 0);
  const most = Math.max(...rows.map((row) => row.count), 1);
  const sofar = rows.map((_, at) => rows.slice(0, at + 1).reduce((sum, row) => sum + row.count, 0));
  return (
    <table className="q-pareto" aria-label={label}>
      <tbody>
        {rows.map((row, at) => {
          return (
            <tr key={row.name} data-rest={row.rest || undefined}>
              <th scope="row">{row.name}</th>
              <td className="q-pareto-bar" aria-hidden>
                <svg width="52" height="12">
                  <rect width={(row.count / most) * 52} height="12" rx="1" />
                </svg>
              </td>
              <td className="q-strong">{format.number(row.count)}</td>
              <td className="q-meta">{format.percent(total === 0 ? 0 : (sofar[at] ?? 0) / total, 0)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The next seven days as bars, today first and in the primary colour; an empty day is a stroke. */
export function MiniBars({ days, label }: { days: readonly number[]; label: string }) {
  const most = Math.max(...days, 3);
  return (
    <svg className="q-chart-svg q-mini" role="img" aria-label={label} width={days.length * 13 - 3} height="22">
      {days.map((count, at) => {
        const height = count === 0 ? 1.5 : Math.max((count / most) * 20, 5);
        return (
          <rect
            key={at}
            data-today={at === 0 && count > 0 ? true : undefined}
            data-none={count === 0 || undefined}
            x={at * 13}
            y={22 - height}
            width="10"
            height={height}
            rx="1"
          />
        );
      })}
    </svg>
  );
}

type OpposedBarsProps = {
  rows: readonly { name: string; praise: number; wish: number }[];
  label: string;
  heads: { praise: string; wish: string };
};

/** What people praise and what they ask for, from one middle line outwards. */
export function OpposedBars({ rows, label, heads }: OpposedBarsProps) {
  const most = Math.max(...rows.flatMap((row) => [row.praise, row.wish]), 1);
  return (
    <table className="q-opposed" aria-label={label}>
      <thead className="q-hidden">
        <tr>
          <td />
          <th scope="col">{heads.praise}</th>
          <th scope="col">{heads.wish}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td data-left>
              <span>{row.praise}</span>
              <svg width={(row.praise / most) * 62} height="10" aria-hidden>
                <rect className="q-fill-better" width="100%" height="10" rx="1" />
              </svg>
            </td>
            <td data-right>
              <svg width={Math.max((row.wish / most) * 62, 2)} height="10" aria-hidden>
                <rect className="q-fill-worse" width="100%" height="10" rx="1" />
              </svg>
              <span>{row.wish}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type ProgressProps = { share: number; target?: number; label: string };

/** A share as a bar with its target as a stroke: training compliance. Both in [0, 1]. */
export function Progress({ share, target, label }: ProgressProps) {
  return (
    <svg className="q-chart-svg q-progress" role="img" aria-label={label} width="100%" height="12">
      <rect className="q-track" y="3" width="100%" height="6" rx="3" />
      <rect className="q-fill" y="3" width={`${share * 100}%`} height="6" rx="3" />
      {target !== undefined && <rect className="q-goal" x={`${target * 100}%`} width="2" height="12" />}
    </svg>
  );
}
