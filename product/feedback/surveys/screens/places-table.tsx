import { IntervalRow, IntervalScale } from "#web/kit/charts/interval-row.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { IconEyeOff } from "@tabler/icons-react";
import { surveyWords } from "../words.ts";
import type { DeepRow, Results } from "./results-shape.ts";
import "./feedback.css";

/** The scale begins at the ten below the lowest interval shown, so that differences can be seen. */
function domainOf(rows: readonly DeepRow[], total: Results["total"]): [number, number] {
  const lows = [total, ...rows].map((row) => (row.interval?.low ?? 1) * 100);
  return [Math.min(90, Math.floor(Math.min(...lows) / 10) * 10), 100];
}

const ticksOf = ([from, to]: readonly [number, number]): number[] => {
  const step = to - from > 50 ? 20 : 10;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => to - at * step).toReversed();
};

/** Places under each other with their intervals; the dashed line through all of them is the whole clinic. */
export function PlacesTable({ rows, total }: { rows: readonly DeepRow[]; total: Results["total"] }) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const domain = domainOf(rows, total);
  const star = <span aria-label={t.hidden}>*</span>;
  const columns: Column<DeepRow>[] = [
    {
      key: "place",
      head: t.place,
      names: true,
      render: (row) => (
        <span className="q-depth" data-depth={row.depth}>
          {row.name}
        </span>
      ),
    },
    {
      key: "n",
      head: t.n,
      right: true,
      width: 88,
      render: (row) => (row.n === null ? star : format.number(row.n)),
    },
    {
      key: "share",
      head: t.share,
      right: true,
      width: 68,
      render: (row) => (row.share === null ? star : <b className="q-strong">{format.number(row.share * 100, 1)}</b>),
    },
    {
      key: "interval",
      head: t.interval,
      headView: <IntervalScale ticks={ticksOf(domain)} domain={domain} />,
      width: 340,
      from: "tablet",
      render: (row) =>
        row.share === null || row.interval === null ? (
          <span className="q-row q-muted">
            <Icon of={IconEyeOff} size={16} />
            {t.hidden}
          </span>
        ) : (
          <IntervalRow
            low={row.interval.low * 100}
            value={row.share * 100}
            high={row.interval.high * 100}
            domain={domain}
            {...(total.share === null ? {} : { reference: total.share * 100 })}
          />
        ),
    },
  ];
  return (
    <Table
      label={t.byPlace}
      rows={rows}
      columns={columns}
      keyOf={(row) => row.id}
      nameOf={(row) => row.name}
      rowHeight={32}
      total={<WholeClinic total={total} someHidden={rows.some(({ hidden }) => hidden)} />}
    />
  );
}

function WholeClinic({ total, someHidden }: { total: Results["total"]; someHidden: boolean }) {
  const t = useWords(surveyWords);
  const format = useFormat();
  return (
    <tr>
      <th scope="row">{t.whole}</th>
      <td data-right>{total.n === null ? "*" : format.number(total.n)}</td>
      <td data-right>{total.share === null ? "*" : format.number(total.share * 100, 1)}</td>
      <td data-from="tablet">{someHidden && <span className="q-plain-weight q-muted">{t.together}</span>}</td>
    </tr>
  );
}
