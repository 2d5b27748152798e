import { assuranceOf, markOf, unitOf, variationOf } from "#product/control/actions/screens/embed.tsx";
import type { IndicatorRow } from "#product/control/indicators/contract.ts";
import { useSlug } from "#web/client/hooks.ts";
import { LinkButton } from "#web/kit/button.tsx";
import type { ChartPoint } from "#web/kit/charts/chart-data.ts";
import { Sparkline } from "#web/kit/charts/sparkline.tsx";
import { Go } from "#web/kit/go.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Person } from "#web/kit/person.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { AssuranceIcon, VariationIcon } from "#web/kit/variation.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconTarget } from "@tabler/icons-react";
import { homeWords } from "../words.ts";
import type { Home } from "./home-shape.ts";

/** Only indicators with a special cause, concern first: since when, whose, and what is being done. */
export function ChangedBand({ home }: { home: Home }) {
  const t = useWords(homeWords);
  const format = useFormat();
  const slug = useSlug();
  const all = format.number(home.indicators);
  const columns = useColumns();
  return (
    <Section
      title={t.changed}
      remark={home.changed.length > 0 ? t.changedOf(home.changed.length, all) : undefined}
      aside={<Go to={`/c/${slug}/indicators`}>{t.allIndicators}</Go>}
    >
      {home.changed.length === 0 ? (
        <p className="q-muted">{home.indicators > 0 ? t.nothingChanged(all) : t.noIndicators}</p>
      ) : (
        <Table
          label={t.changed}
          rows={home.changed}
          columns={columns}
          keyOf={(row) => row.code}
          nameOf={(row) => row.code}
          rowHeight={40}
        />
      )}
    </Section>
  );
}

/** Twenty weeks as a line; weeks without a value are left out. */
const sparkOf = (row: IndicatorRow): ChartPoint[] =>
  row.spark.flatMap((point, at) =>
    point.value === null
      ? []
      : [
          {
            label: String(at),
            value: point.value,
            center: point.center ?? undefined,
            lower: point.lower ?? undefined,
            upper: point.upper ?? undefined,
            mark: markOf(point.mark),
          },
        ],
  );

function useColumns(): Column<IndicatorRow>[] {
  const t = useWords(homeWords);
  const format = useFormat();
  const { language } = useLanguage();
  const slug = useSlug();
  const valueOf = (row: IndicatorRow) => {
    if (!row.latest) return "–";
    const { digits } = unitOf(row.unit);
    return row.unit === "%"
      ? format.percent(row.latest.value / 100, digits)
      : t.days(format.number(row.latest.value, digits));
  };
  const targetOf = ({ target, direction }: IndicatorRow) => {
    if (target === null) return "–";
    return direction === "increase" ? t.targetFrom(format.number(target)) : t.targetTo(format.number(target));
  };
  return [
    {
      key: "name",
      head: t.changedColumns.name,
      names: true,
      render: (row) => (
        <Go to={`/c/${slug}/indicators/${row.code}`}>
          {row.short[language]}&nbsp;<span className="q-meta">{row.code}</span>
        </Go>
      ),
    },
    {
      key: "spark",
      head: t.changedColumns.spark,
      width: 136,
      from: "tablet",
      render: (row) => <Sparkline points={sparkOf(row)} label={t.spark(row.short[language], valueOf(row))} />,
    },
    {
      key: "variation",
      head: t.changedColumns.variation,
      headView: <></>,
      width: 40,
      render: (row) => <VariationIcon of={variationOf(row.variation)} />,
    },
    {
      key: "assurance",
      head: t.changedColumns.assurance,
      headView: <></>,
      width: 40,
      from: "tablet",
      render: (row) => <AssuranceIcon of={assuranceOf(row.assurance)} />,
    },
    { key: "now", head: t.changedColumns.now, width: 80, right: true, render: (row) => <b>{valueOf(row)}</b> },
    {
      key: "target",
      head: t.changedColumns.target,
      width: 72,
      right: true,
      from: "tablet",
      muted: true,
      render: targetOf,
    },
    {
      key: "since",
      head: t.changedColumns.since,
      width: 96,
      from: "desktop",
      render: (row) => (row.since ? t.since(format.day(row.since)) : ""),
    },
    {
      key: "who",
      head: t.changedColumns.who,
      width: 44,
      from: "tablet",
      render: (row) => (row.owner ? <Person name={row.owner.name} /> : "–"),
    },
    {
      key: "action",
      head: t.changedColumns.action,
      headView: <></>,
      width: 96,
      right: true,
      render: (row) => {
        if (row.action)
          return (
            <Go className="q-code" to={`/c/${slug}/actions/${row.action}`}>
              {row.action}
            </Go>
          );
        // a button only where something got worse: an improvement asks for nothing
        return row.variation.startsWith("concern") ? (
          <LinkButton size="row" kind="soft" icon={IconTarget} to={`/c/${slug}/actions/new?indicator=${row.code}`}>
            {t.act}
            <span className="q-hidden">{t.actFor(row.short[language])}</span>
          </LinkButton>
        ) : (
          ""
        );
      },
    },
  ];
}
