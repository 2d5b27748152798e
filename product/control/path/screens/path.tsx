import { EffectChart, variationOf } from "#product/control/actions/screens/embed.tsx";
import { useCaseFrame } from "#product/control/incidents/screens/embed.tsx";
import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Halves } from "#web/kit/form.tsx";
import { Go } from "#web/kit/go.tsx";
import { kitWords } from "#web/kit/kit-words.ts";
import { useLanguage } from "#web/kit/language.tsx";
import { Page } from "#web/kit/page.tsx";
import { PathSteps } from "#web/kit/path-steps.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { VariationIcon } from "#web/kit/variation.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconLink, IconPrinter } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { Suspense } from "react";
import { readPath, type Path } from "../contract.ts";
import { pathWords } from "../words.ts";
import { stationIcons } from "./station-icons.ts";
import { Story } from "./story.tsx";

/** From what happened to whether the fix worked, on one page; the print is this very page. */
export function PathScreen() {
  const { code = "" } = useParams({ strict: false });
  const path = useLoaded(readPath, { params: { code } });
  const t = useWords(pathWords);
  const actions = new Set(path.steps.filter((step) => step.kind === "action").map((step) => step.code));
  const frame = useCaseFrame(path, actions.size);
  const toast = useToast();
  // refused by the browser: the address itself stands above the page and can be copied there
  const copy = () =>
    void navigator.clipboard.writeText(location.href).then(
      () => toast.show({ text: t.copied }),
      () => {},
    );
  return (
    <Page
      title={path.title}
      code={path.code}
      tag={path.proven && <Tag tone={path.proven === "effective" ? "ok" : "warn"}>{t.proven[path.proven]}</Tag>}
      trail={frame.trail}
      tabs={frame.tabs("path")}
      actions={
        <>
          <Button icon={IconPrinter} onClick={() => print()}>
            {t.print}
          </Button>
          <Button icon={IconLink} onClick={copy}>
            {t.link}
          </Button>
        </>
      }
    >
      <Section title={t.steps}>
        <Stations path={path} />
      </Section>
      <Halves left={<Story path={path} />} right={<Effect path={path} />} />
    </Page>
  );
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How much later a station was reached, in the largest unit that says it. */
function useLater(): (station: Path["stations"][number]) => string {
  const t = useWords(pathWords);
  return ({ secondsSince, daysSince }) => {
    if (secondsSince !== null && secondsSince >= 0 && secondsSince < day) {
      if (secondsSince < 2 * minute) return t.after.seconds(Math.round(secondsSince));
      if (secondsSince < 2 * hour) return t.after.minutes(Math.floor(secondsSince / minute));
      return t.after.hours(Math.floor(secondsSince / hour));
    }
    if (daysSince === 0 || daysSince === null) return t.sameDay;
    return daysSince < 0 ? t.before(-daysSince) : t.after.days(daysSince);
  };
}

function Stations({ path }: { path: Path }) {
  const t = useWords(pathWords);
  const format = useFormat();
  const later = useLater();
  const first = path.stations.findIndex((station) => station.done);
  const last = path.stations.findLastIndex((station) => station.done);
  const whenOf = (station: Path["stations"][number], at: number) => {
    if (!station.done || station.on === null) return at > last ? t.ahead : t.skipped;
    if (at > first) return later(station);
    return station.at ? format.dayTime(station.at) : format.day(station.on);
  };
  return (
    <PathSteps
      label={t.steps}
      steps={path.stations.map((station, at) => ({
        name: t.stations[station.kind] ?? station.kind,
        icon: stationIcons(station.kind),
        when: whenOf(station, at),
        effect: station.kind === "effect" && station.done,
        ahead: !station.done,
      }))}
    />
  );
}

/** The right half: shares before and after, the indicator's chart with what was done, and what else moved. */
function Effect({ path }: { path: Path }) {
  const t = useWords(pathWords);
  const { language } = useLanguage();
  const slug = useSlug();
  const { effect } = path;
  if (!effect)
    return (
      <Section title={t.helped}>
        <p className="q-muted">{t.noEffect}</p>
      </Section>
    );
  const flags = path.steps
    .filter((step) => step.kind === "evidence")
    .map((step) => ({ on: step.on, name: t.flag(step.code ?? "") }));
  return (
    <>
      <Section
        title={t.helped}
        remark={
          <>
            {effect.name[language]} <span className="q-code">{effect.indicator}</span>
          </>
        }
        aside={<Go to={`/c/${slug}/indicators/${effect.indicator}`}>{t.indicator}</Go>}
      >
        <Suspense fallback={null}>
          <EffectChart code={effect.indicator} seen={effect} flags={flags} />
        </Suspense>
      </Section>
      {path.balancing.length > 0 && <Balancing rows={path.balancing} />}
    </>
  );
}

type Balance = Path["balancing"][number];

function Balancing({ rows }: { rows: readonly Balance[] }) {
  const t = useWords(pathWords);
  const words = useWords(kitWords).variation;
  const format = useFormat();
  const { language } = useLanguage();
  const slug = useSlug();
  const columns: Column<Balance>[] = [
    {
      key: "what",
      head: t.balancingColumns.what,
      names: true,
      render: (row) => (
        <Go to={`/c/${slug}/indicators/${row.code}`}>
          {row.name[language]}&nbsp;<span className="q-meta">{row.code}</span>
        </Go>
      ),
    },
    {
      key: "now",
      head: t.balancingColumns.now,
      right: true,
      width: 80,
      render: (row) => <b>{row.after === null ? "–" : format.number(row.after, 1)}</b>,
    },
    {
      key: "sign",
      head: t.balancingColumns.sign,
      width: 190,
      render: (row) => (
        <span className="q-person">
          <VariationIcon of={variationOf(row.variation)} size={16} />
          <span aria-hidden>{words[variationOf(row.variation)]}</span>
        </span>
      ),
    },
  ];
  return (
    <Section title={t.balancing}>
      <Table
        label={t.balancing}
        rows={rows}
        columns={columns}
        keyOf={(row) => row.code}
        nameOf={(row) => row.code}
        rowHeight={32}
      />
    </Section>
  );
}
