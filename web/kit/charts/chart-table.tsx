import { useFormat } from "../use-format.ts";
import { Table, type Column } from "../table.tsx";
import { VariationIcon, type Variation } from "../variation.tsx";
import { useWords } from "../words.ts";
import type { ChartPoint, ChartUnit } from "./chart-data.ts";
import { percentUnit } from "./chart-data.ts";
import { chartWords } from "./chart-words.ts";

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

/** The sign of a point as its icon says it: which way from the mean, and whether that is good. */
function signOf({ mark = "common", value, center }: ChartPoint): Variation {
  if (mark === "common" || center === undefined) return "common";
  return `${mark}-${value >= center ? "high" : "low"}`;
}

function Rule({ point }: { point: ChartPoint }) {
  if (!point.rule) return null;
  return (
    <span className="q-person">
      <VariationIcon of={signOf(point)} size={16} />
      {point.rule}
    </span>
  );
}
