import { useIncidentWords } from "#product/control/incidents/screens/embed.tsx";
import { readMe } from "#product/identity/sign-in/contract.ts";
import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Cells, type Cell } from "#web/kit/cells.tsx";
import { MiniBars, ParetoBars } from "#web/kit/charts/bars.tsx";
import { Go } from "#web/kit/go.tsx";
import type { IconType } from "#web/kit/icon.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Page } from "#web/kit/page.tsx";
import { Person } from "#web/kit/person.tsx";
import { Section } from "#web/kit/section.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { wallIn } from "#web/kit/zoned.ts";
import {
  IconAlertTriangle,
  IconChartLine,
  IconMessageCircle,
  IconMessageReply,
  IconPrinter,
  IconTargetArrow,
} from "@tabler/icons-react";
import { readHome } from "../contract.ts";
import { homeWords } from "../words.ts";
import { ChangedBand } from "./changed-band.tsx";
import { FreshBand } from "./fresh-band.tsx";
import type { Home } from "./home-shape.ts";

/** The quality manager's morning in three bands: what is late, what is new, what changed. */
export function HomeScreen() {
  const home = useLoaded(readHome);
  const me = useLoaded(readMe);
  const t = useWords(homeWords);
  const format = useFormat();
  const { timeZone } = useLanguage();
  const now = useNow();
  const hour = Number(wallIn(now, timeZone).slice(11, 13));
  const greeting = hour < 11 ? t.greeting.morning : hour < 18 ? t.greeting.day : t.greeting.evening;
  const [first = ""] = me.person.name.split(" ");
  return (
    <Page
      title={t.hello(greeting, first)}
      documentTitle={t.home}
      remark={format.longDay(now)}
      actions={
        <Button icon={IconPrinter} onClick={() => print()}>
          {t.huddle}
        </Button>
      }
      side={{ label: t.side, width: 304, content: <Side home={home} /> }}
    >
      <LateBand home={home} />
      <FreshBand home={home} />
      <ChangedBand home={home} />
    </Page>
  );
}

const icons: Record<Home["late"][number]["kind"], IconType> = {
  triage: IconAlertTriangle,
  answers: IconMessageReply,
  actions: IconTargetArrow,
  comments: IconMessageCircle,
  checks: IconChartLine,
};

function LateBand({ home }: { home: Home }) {
  const t = useWords(homeWords);
  const format = useFormat();
  const slug = useSlug();
  const cells = home.late.map((late): Cell => {
    const name = t.kinds[late.kind];
    // place 0 is what is late already; the bars begin with today
    const days = late.days.slice(1);
    return {
      key: late.kind,
      icon: icons[late.kind],
      label: name,
      bad: late.overdue > 0,
      value: (
        <Go className="q-number-link" to={`/c/${slug}${late.link}`}>
          <span className="q-hidden">{name} </span>
          {format.number(late.overdue > 0 ? late.overdue : late.due)}
        </Go>
      ),
      chart: <MiniBars days={days} label={t.bars(name, late.overdue, days.join(", "))} />,
      remark:
        late.overdue > 0 ? (
          <>
            <span className="q-bad">{t.overdue}</span>
            {late.due > 0 && t.more(format.number(late.due))}
          </>
        ) : (
          t.inTime
        ),
    };
  });
  return (
    <Section title={t.late} aside={<span className="q-meta">{t.todayLeft}</span>}>
      <Cells label={t.late} cells={cells} />
    </Section>
  );
}

/** Effect checks of the next two weeks, and where incidents of ninety days come from. */
function Side({ home }: { home: Home }) {
  const t = useWords(homeWords);
  const format = useFormat();
  const slug = useSlug();
  const incidents = useIncidentWords();
  const types = new Map<string, string>(Object.entries(incidents.types));
  return (
    <>
      <Section title={t.checks}>
        {home.checks.length === 0 && <p className="q-muted">{t.noChecks}</p>}
        <ul className="q-side-list">
          {home.checks.map((check) => (
            <li key={check.code}>
              <span className="q-muted">{format.nearDay(check.on)}</span>
              <Go className="q-code" to={`/c/${slug}/actions/${check.code}`}>
                {check.code}
              </Go>
              {check.owner && <Person name={check.owner} />}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t.pareto} aside={<span className="q-meta">{incidents.incidents(home.pareto.total)}</span>}>
        {home.pareto.bars.length === 0 ? (
          <p className="q-muted">{t.noPareto}</p>
        ) : (
          <ParetoBars
            label={t.pareto}
            rows={home.pareto.bars.map((bar) => ({
              name: types.get(bar.type) ?? t.other,
              count: bar.count,
              rest: !types.has(bar.type),
            }))}
          />
        )}
      </Section>
    </>
  );
}
