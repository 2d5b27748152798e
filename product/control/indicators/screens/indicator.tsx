import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { ChartTable } from "#web/kit/charts/chart-table.tsx";
import { ControlChart } from "#web/kit/charts/control-chart.tsx";
import { percentUnit, type ChartUnit } from "#web/kit/charts/chart-data.ts";
import { Button, LinkButton } from "#web/kit/button.tsx";
import { Figures } from "#web/kit/facts.tsx";
import { Go } from "#web/kit/go.tsx";
import { HowCounted } from "#web/kit/how-counted.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Page } from "#web/kit/page.tsx";
import { Person } from "#web/kit/person.tsx";
import { Section } from "#web/kit/section.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { AssuranceIcon, VariationIcon } from "#web/kit/variation.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconAdjustmentsHorizontal, IconTarget } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { readIndicator, type Indicator } from "../contract.ts";
import { indicatorWords } from "../words.ts";
import {
  assuranceOf,
  flagsOf,
  newestOf,
  partsOf,
  pointsOf,
  ruleText,
  targetText,
  valueText,
  variationOf,
} from "./chart-of.ts";
import { DrillDrawer } from "./drill-drawer.tsx";
import { RebaseDialog, SettingsDialog } from "./indicator-dialogs.tsx";

const shownRows = 7;
const chartPoints = 100;
const daysUnit: ChartUnit = { digits: 1, floor: 0 };

/** One indicator: value, variation, target and owner before the chart; the fraction beside it. */
export function IndicatorScreen() {
  const { code = "" } = useParams({ strict: false });
  const indicator = useLoaded(readIndicator, { params: { code } });
  const t = useWords(indicatorWords);
  const format = useFormat();
  const { language } = useLanguage();
  const slug = useSlug();
  const [open, setOpen] = useState<"rebase" | "settings" | "drill">();
  const [whole, setWhole] = useState(false);
  const points = pointsOf(indicator, { t, format });
  // so many that single points can still be told apart; "all" shows the others too
  const near = whole ? indicator : newestOf(indicator, chartPoints);
  const drawn = pointsOf(near, { t, format });
  const unit = indicator.unit === "%" ? percentUnit : daysUnit;
  const close = () => setOpen(undefined);
  return (
    <Page
      title={indicator.name[language]}
      code={indicator.code}
      tag={<Tag>{t.donabedian[indicator.donabedian]}</Tag>}
      trail={[{ label: t.title, to: `/c/${slug}/indicators` }, { label: indicator.short[language] }]}
      actions={
        <>
          <Button kind="soft" onClick={() => setOpen("settings")}>
            {t.settings}
          </Button>
          <Button kind="plain" icon={IconAdjustmentsHorizontal} onClick={() => setOpen("rebase")}>
            {t.rebase}
          </Button>
          <LinkButton kind="primary" icon={IconTarget} to={`/c/${slug}/actions/new?indicator=${indicator.code}`}>
            {t.create}
          </LinkButton>
        </>
      }
      side={{ label: t.how, width: 304, content: <Side indicator={indicator} onDrill={() => setOpen("drill")} /> }}
    >
      <Head indicator={indicator} />
      {indicator.variation === "too-few" && <p className="q-muted">{t.too}</p>}
      {drawn.length < points.length && <p className="q-meta">{t.drawn(drawn.length, format.number(points.length))}</p>}
      <ControlChart
        title={indicator.name[language]}
        points={drawn}
        unit={unit}
        every={Math.max(4, Math.ceil(drawn.length / 12))}
        flags={flagsOf(near)}
        parts={partsOf(near, { t, format })}
        {...(indicator.target === null
          ? {}
          : {
              target: {
                value: indicator.target,
                words: `${t.target.toLocaleLowerCase(language)} ${targetText(indicator, { t, format })}`,
              },
            })}
      />
      <Section
        title={t.data}
        remark={`${t.points(points.length)}, ${t.last(format.number(Math.min(points.length, shownRows)))}`}
        aside={
          <button
            type="button"
            className="q-text-button q-no-print"
            aria-pressed={whole}
            onClick={() => setWhole(!whole)}
          >
            {t.all}
          </button>
        }
      >
        <ChartTable
          label={t.data}
          points={whole ? points : points.slice(-shownRows)}
          unit={unit}
          heads={indicator.chart === "p" ? { count: t.count, all: t.total, period: t.period } : { period: t.periodDay }}
        />
      </Section>
      {open === "rebase" && <RebaseDialog indicator={indicator} onClose={close} />}
      {open === "settings" && <SettingsDialog indicator={indicator} onClose={close} />}
      {open === "drill" && indicator.latest && (
        <DrillDrawer code={indicator.code} label={indicator.latest.label} onClose={close} />
      )}
    </Page>
  );
}

function Head({ indicator }: { indicator: Indicator }) {
  const t = useWords(indicatorWords);
  const format = useFormat();
  const { latest } = indicator;
  return (
    <Figures
      figures={[
        {
          label: latest
            ? indicator.chart === "p"
              ? t.week(format.day(latest.label))
              : t.event(format.day(latest.label))
            : t.now,
          value: latest ? valueText(indicator, latest.value, { t, format }) : "–",
          remark:
            latest?.x !== null && latest?.n !== null && latest
              ? t.of(format.number(latest.x), format.number(latest.n))
              : undefined,
          hero: true,
        },
        {
          label: t.variation,
          value: (
            <span className="q-row">
              <VariationIcon of={variationOf(indicator.variation)} /> {t.variations[indicator.variation]}
            </span>
          ),
          remark: indicator.rule ? ruleText(t, indicator.rule) : undefined,
          plain: true,
        },
        {
          label: indicator.target === null ? t.assurance : `${t.assurance} ${targetText(indicator, { t, format })}`,
          value: (
            <span className="q-row">
              <AssuranceIcon of={assuranceOf(indicator.assurance)} /> {t.assurances[indicator.assurance]}
            </span>
          ),
          remark: t.assuranceWhy[indicator.assurance],
          plain: true,
        },
        {
          label: t.responsible,
          value: indicator.owner ? <Person name={indicator.owner.name} withName /> : t.noOwner,
          plain: true,
        },
      ]}
    />
  );
}

function Side({ indicator, onDrill }: { indicator: Indicator; onDrill: () => void }) {
  const t = useWords(indicatorWords);
  const format = useFormat();
  const { language } = useLanguage();
  const slug = useSlug();
  const { latest, definition } = indicator;
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : format.number(value);
  return (
    <>
      <Section title={t.how}>
        <HowCounted
          sentence={definition.formula[language]}
          numerator={{
            name: definition.numerator[language],
            value: indicator.chart === "p" ? number(latest?.x) : latest ? format.number(latest.value, 1) : "–",
          }}
          {...(indicator.chart === "p"
            ? { denominator: { name: definition.denominator[language], value: number(latest?.n) } }
            : {})}
          facts={[
            [t.notCounted, indicator.missing ? t.hidden(indicator.missing.count) : definition.exclusions[language]],
            ...(indicator.interval
              ? [
                  [
                    t.interval,
                    `${format.number(indicator.interval.low, 1)}–${format.number(indicator.interval.high, 1)}`,
                  ] as const,
                ]
              : []),
            [t.limits, `${t.kinds[indicator.chart]}, ${t.limitText}`],
            [
              t.base,
              indicator.base ? `${format.day(indicator.base.from)} – ${format.day(indicator.base.to)}` : t.baseNone,
            ],
            [t.ruleSet, t.mdc],
            [t.source, definition.source[language]],
            [t.updated, format.dayTime(indicator.updatedAt)],
          ]}
          computeLine={indicator.compute}
        />
        {latest && (
          <button type="button" className="q-text-button" onClick={onDrill}>
            {t.rows}
          </button>
        )}
      </Section>
      <Section title={t.marks}>
        {indicator.flags.length === 0 && <p className="q-muted">{t.noMarks}</p>}
        <ul className="q-plain-list">
          {indicator.flags.map((flag) => (
            <li key={flag.code}>
              <b>{flag.number}</b>{" "}
              <Go to={`/c/${slug}/actions/${flag.code}`}>
                <span className="q-code">{flag.code}</span>
              </Go>{" "}
              <span className="q-meta">
                {t.done} {format.day(flag.on)}
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
