import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { Sparkline } from "#web/kit/charts/sparkline.tsx";
import { Go } from "#web/kit/go.tsx";
import { Page } from "#web/kit/page.tsx";
import { Person } from "#web/kit/person.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { AssuranceIcon, VariationIcon } from "#web/kit/variation.tsx";
import { useWords } from "#web/kit/words.ts";
import { useLanguage } from "#web/kit/language.tsx";
import { useNavigate } from "@tanstack/react-router";
import { listIndicators, type IndicatorRow } from "../contract.ts";
import { indicatorWords } from "../words.ts";
import { assuranceOf, targetText, valueText, variationOf } from "./chart-of.ts";

const marks = { improvement: "better", concern: "worse", neutral: "neutral" } as const;

/** The last twenty points of a row, for the list and for home. */
export function IndicatorSpark({ row, label }: { row: IndicatorRow; label: string }) {
  const points = row.spark.flatMap((point) =>
    point.value === null
      ? []
      : [
          {
            label: "",
            value: point.value,
            ...(point.center === null ? {} : { center: point.center }),
            ...(point.lower === null ? {} : { lower: point.lower }),
            ...(point.upper === null ? {} : { upper: point.upper }),
            ...(point.mark ? { mark: marks[point.mark] } : {}),
          },
        ],
  );
  return points.length < 2 ? null : <Sparkline points={points} label={label} />;
}

/** All indicators, concern first: value, variation, target, owner. */
export function IndicatorsScreen() {
  const rows = useLoaded(listIndicators);
  const t = useWords(indicatorWords);
  const format = useFormat();
  const { language } = useLanguage();
  const slug = useSlug();
  const navigate = useNavigate();
  const columns: Column<IndicatorRow>[] = [
    {
      key: "name",
      head: t.indicator,
      names: true,
      render: (row) => (
        <>
          <Go to={`/c/${slug}/indicators/${row.code}`}>{row.name[language]}</Go>{" "}
          <span className="q-code q-meta">{row.code}</span>
        </>
      ),
    },
    {
      key: "spark",
      head: t.weeks,
      width: 140,
      from: "tablet",
      render: (row) => <IndicatorSpark row={row} label={`${row.name[language]}: ${t.variations[row.variation]}`} />,
    },
    {
      key: "variation",
      head: t.variation,
      width: 150,
      render: (row) => (
        <span className="q-row">
          <VariationIcon of={variationOf(row.variation)} /> {t.variations[row.variation]}
        </span>
      ),
      from: "desktop",
    },
    {
      key: "assurance",
      head: t.assurance,
      width: 140,
      from: "desktop",
      render: (row) => (
        <span className="q-row">
          <AssuranceIcon of={assuranceOf(row.assurance)} /> {t.assurances[row.assurance]}
        </span>
      ),
    },
    {
      key: "now",
      head: t.now,
      width: 90,
      right: true,
      render: (row) => <b className="q-strong">{row.latest ? valueText(row, row.latest.value, { t, format }) : "–"}</b>,
    },
    {
      key: "target",
      head: t.target,
      width: 80,
      right: true,
      from: "tablet",
      muted: true,
      render: (row) => targetText(row, { t, format }),
    },
    {
      key: "since",
      head: t.since,
      width: 110,
      from: "desktop",
      muted: true,
      render: (row) => (row.since ? t.sinceDay(format.day(row.since)) : ""),
    },
    {
      key: "who",
      head: t.who,
      width: 48,
      from: "tablet",
      render: (row) => (row.owner ? <Person name={row.owner.name} /> : "–"),
    },
    {
      key: "act",
      head: t.act,
      width: 96,
      from: "tablet",
      right: true,
      render: (row) =>
        row.action ? (
          <Go to={`/c/${slug}/actions/${row.action}`}>
            <span className="q-code">{row.action}</span>
          </Go>
        ) : (
          ""
        ),
    },
  ];
  return (
    <Page title={t.title} remark={format.number(rows.length)}>
      {rows.every((row) => row.points === 0) && <p className="q-muted">{t.none}</p>}
      <Table
        label={t.title}
        rows={rows}
        columns={columns}
        keyOf={(row) => row.code}
        nameOf={(row) => row.name[language]}
        rowHeight={40}
        keys
        onOpen={(row) => void navigate({ href: `/c/${slug}/indicators/${row.code}` })}
      />
    </Page>
  );
}
