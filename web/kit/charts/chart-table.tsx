import { useFormat } from "../use-format.ts";
import { Table, type Column } from "../table.tsx";
import { useWords } from "../words.ts";
import type { ChartPoint, ChartUnit } from "./chart-data.ts";
import { percentUnit } from "./chart-data.ts";
import { chartWords } from "./chart-words.ts";
import { PointMark } from "./marks.tsx";

type ChartTableProps = {
  label: string;
  points: readonly ChartPoint[];
  unit?: ChartUnit;
  heads?: { count?: string; all?: string; period?: string };
};

/** A chart's numbers, newest first, with the rule in words. */
export function ChartTable({ label, points, unit = percentUnit, heads }: ChartTableProps) {
  const t = useWords(chartWords);
  const format = useFormat();
  const write = (value: number | undefined, digits = unit.digits) =>
    value === undefined ? "–" : format.number(value, digits);
  const shares = points.some((point) => point.n !== undefined);
  const columns: Column<ChartPoint>[] = [
    {
      key: "period",
      head: heads?.period ?? t.period,
      names: true,
      render: (point) => <span className="q-plain">{point.label}</span>,
    },
    ...(shares
      ? ([
          {
            key: "x",
            head: heads?.count ?? t.count,
            right: true,
            from: "tablet",
            render: (point) => write(point.x, 0),
          },
          { key: "n", head: heads?.all ?? t.all, right: true, render: (point) => write(point.n, 0) },
        ] satisfies Column<ChartPoint>[])
      : []),
    {
      key: "value",
      head: unit.sign ?? t.value,
      right: true,
      render: (point) => <span className="q-strong">{write(point.value)}</span>,
    },
    { key: "lower", head: t.lower, right: true, muted: true, from: "tablet", render: (point) => write(point.lower) },
    { key: "upper", head: t.upper, right: true, muted: true, from: "tablet", render: (point) => write(point.upper) },
    { key: "sign", head: t.sign, render: (point) => <Rule point={point} /> },
  ];
  return (
    <Table
      label={label}
      rows={points.toReversed()}
      columns={columns}
      keyOf={(point) => point.name ?? point.label}
      nameOf={(point) => point.label}
      rowHeight={32}
    />
  );
}

function Rule({ point }: { point: ChartPoint }) {
  if (!point.rule) return null;
  return (
    <span className="q-person">
      <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden>
        <PointMark mark={point.mark} x={0} y={0} />
      </svg>
      {point.rule}
    </span>
  );
}
