import { ParetoBars, MiniBars, OpposedBars, Progress } from "#web/kit/charts/bars.tsx";
import { BeforeAfter } from "#web/kit/charts/before-after.tsx";
import { ChartTable } from "#web/kit/charts/chart-table.tsx";
import { ControlChart } from "#web/kit/charts/control-chart.tsx";
import { IntervalRow, IntervalScale } from "#web/kit/charts/interval-row.tsx";
import { Sparkline } from "#web/kit/charts/sparkline.tsx";
import { Figures } from "#web/kit/facts.tsx";
import { HowCounted } from "#web/kit/how-counted.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table } from "#web/kit/table.tsx";
import { TableTwin } from "#web/kit/table-twin.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { AssuranceIcon, VariationIcon } from "#web/kit/variation.tsx";
import { useWords } from "#web/kit/words.ts";
import { rebasedAt, sampleNoShows, sampleWeeks } from "./sample.ts";
import { kitPageWords } from "./words.ts";

/** An indicator as its page shows it: value, variation, target, chart with its table. */
export function Charts() {
  const t = useWords(kitPageWords);
  const format = useFormat();
  const points = sampleWeeks(format, t);
  return (
    <>
      <Section title={t.indicator} remark={<span className="q-code">A03</span>}>
        <Figures
          figures={[
            { label: t.week16, value: format.percent(0.897), remark: t.visits, hero: true },
            {
              label: t.wobble,
              plain: true,
              value: (
                <>
                  <VariationIcon of="better-high" />
                  {t.improvement}
                </>
              ),
              remark: t.above12,
            },
            {
              label: t.target85,
              plain: true,
              value: (
                <>
                  <AssuranceIcon of="mixed" />
                  {t.hitOrMiss}
                </>
              ),
              remark: t.between,
            },
          ]}
        />
        <TableTwin
          chart={
            <ControlChart
              title={t.indicator}
              points={points}
              target={{ value: 85, words: t.target85 }}
              parts={[{ from: rebasedAt, reason: t.rebased }]}
              flags={[25, 28, 34].map((at, i) => ({ at, number: i + 1, name: t.flags[i] ?? "" }))}
            />
          }
          table={<ChartTable label={t.indicator} points={points} />}
        />
      </Section>
      <Changed />
      <Departments />
      <Section title={t.helped}>
        <BeforeAfter
          before={{ name: t.before, x: 1695, n: 2222 }}
          after={{ name: t.after, x: 2048, n: 2338 }}
          difference={{ value: 11.3, low: 9.1, high: 13.5 }}
        />
        <ControlChart
          title={t.indicator}
          height={220}
          points={points.slice(rebasedAt)}
          target={{ value: 85, words: t.target85 }}
          flags={[{ at: 9, number: 1, name: t.flags[0] ?? "" }]}
        />
      </Section>
    </>
  );
}

function Changed() {
  const t = useWords(kitPageWords);
  const format = useFormat();
  const rows = [
    {
      name: t.indicator,
      code: "A03",
      points: sampleWeeks(format, t).slice(-20),
      of: "better-high",
      assurance: "mixed",
      now: 0.897,
    },
    { name: t.noShow, code: "A04", points: sampleNoShows(), of: "worse-high", assurance: "fail", now: 0.149 },
  ] as const;
  return (
    <Section title={t.changed}>
      <Table
        label={t.changed}
        rows={rows}
        rowHeight={40}
        keyOf={(row) => row.code}
        nameOf={(row) => row.name}
        columns={[
          {
            key: "name",
            head: t.columns.what,
            names: true,
            render: (row) => (
              <>
                {row.name} <span className="q-code q-meta">{row.code}</span>
              </>
            ),
          },
          {
            key: "line",
            head: t.weekly,
            from: "tablet",
            render: (row) => <Sparkline points={row.points} label={`${row.name}, ${t.weekly}`} />,
          },
          {
            key: "signs",
            head: t.wobble,
            render: (row) => (
              <span className="q-person">
                <VariationIcon of={row.of} />
                <AssuranceIcon of={row.assurance} />
              </span>
            ),
          },
          {
            key: "now",
            head: "%",
            right: true,
            render: (row) => <b className="q-strong">{format.percent(row.now)}</b>,
          },
        ]}
      />
    </Section>
  );
}

function Departments() {
  const t = useWords(kitPageWords);
  const format = useFormat();
  const domain = [70, 100] as const;
  const rows = [
    { name: t.therapy, n: 118, value: 92.4, low: 86.1, high: 95.9 },
    { name: t.ultrasound, n: 97, value: 90.7, low: 83.3, high: 95.0 },
  ];
  return (
    <Section title={t.intervals} remark={`${t.intervalsRemark} ${format.percent(0.919)}`}>
      <Table
        label={t.intervals}
        rows={rows}
        rowHeight={32}
        keyOf={(row) => row.name}
        nameOf={(row) => row.name}
        columns={[
          { key: "name", head: t.department, names: true, render: (row) => row.name },
          { key: "n", head: t.answers, right: true, from: "tablet", render: (row) => row.n },
          {
            key: "share",
            head: "%",
            right: true,
            width: 60,
            render: (row) => <b className="q-strong">{format.number(row.value, 1)}</b>,
          },
          {
            key: "interval",
            head: "95\u00a0%",
            headView: <IntervalScale ticks={[70, 80, 90, 100]} domain={domain} />,
            width: 300,
            render: (row) => <IntervalRow {...row} domain={domain} reference={91.9} />,
          },
        ]}
      />
    </Section>
  );
}

/** Small charts of a side column, and why a number is what it is. */
export function ChartsSide() {
  const t = useWords(kitPageWords);
  const format = useFormat();
  const counts = [14, 9, 6, 5, 8];
  return (
    <>
      <Section title={t.how}>
        <HowCounted
          sentence={t.howSentence}
          numerator={{ name: t.howTop, value: format.number(175) }}
          denominator={{ name: t.howBottom, value: format.number(195) }}
          facts={[
            [t.howFacts.left, t.howValues.left],
            [t.howFacts.interval, t.howValues.interval],
            [t.howFacts.limits, t.howValues.limits],
            [t.howFacts.base, t.howValues.base],
          ]}
          computeLine="qms compute p-chart --x 175 --n 195"
        />
      </Section>
      <Section title={t.pareto}>
        <ParetoBars
          label={t.pareto}
          rows={t.kinds.map((name, at) => ({ name, count: counts[at] ?? 0, rest: at === 4 }))}
        />
      </Section>
      <Section title={t.sevenDays}>
        <MiniBars days={[2, 0, 1, 4, 0, 0, 1]} label={t.sevenDays} />
      </Section>
      <Section title={t.training}>
        <Progress share={0.91} target={0.95} label={`${t.training}: ${format.percent(0.91, 0)}`} />
      </Section>
      <Section title={t.opposed}>
        <OpposedBars
          label={t.opposed}
          heads={{ praise: t.praise, wish: t.wish }}
          rows={t.themes.map((name, at) => ({ name, praise: [64, 9, 41, 2][at] ?? 0, wish: [3, 21, 4, 11][at] ?? 0 }))}
        />
      </Section>
    </>
  );
}
