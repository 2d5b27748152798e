import { useHolds } from "#product/identity/sign-in/screens/embed.tsx";
import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { Button, IconButton, LinkButton } from "#web/kit/button.tsx";
import { csvOf, saveFile } from "#web/kit/csv.ts";
import { ToggleChip } from "#web/kit/filter-chips.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Menu } from "#web/kit/menu.tsx";
import { Page } from "#web/kit/page.tsx";
import { EmptyFirst } from "#web/kit/states.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { useAddress } from "#web/kit/use-address.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { IconChevronDown, IconDownload, IconPrinter } from "@tabler/icons-react";
import { useDeferredValue, useState } from "react";
import { listSurveys, readResults, themes, type Survey } from "../contract.ts";
import { surveyWords } from "../words.ts";
import { CommentsInbox } from "./comments-inbox.tsx";
import { HowDrawer } from "./how-drawer.tsx";
import { kindOf, periodText } from "./period-text.ts";
import { resultRows } from "./results-csv.ts";
import { Distribution, Places, Tiles } from "./results-parts.tsx";
import type { Results } from "./results-shape.ts";
import { SurveyDialog } from "./survey-dialog.tsx";
import { ThemesPanel } from "./themes-panel.tsx";
import { WeeklyChart } from "./weekly-chart.tsx";

/** Results of the clinic's survey, what people wrote, and the send rule. */
export function FeedbackScreen() {
  const [survey] = useLoaded(listSurveys);
  const t = useWords(surveyWords);
  if (survey) return <SurveyResults survey={survey} />;
  return (
    <Page title={t.title}>
      <EmptyFirst title={t.none}>{t.noneWhy}</EmptyFirst>
    </Page>
  );
}

const asPeriod = (text: string | undefined) =>
  text !== undefined && /^\d{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?$/.test(text) ? text : undefined;

function SurveyResults({ survey }: { survey: Survey }) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const slug = useSlug();
  const holds = useHolds();
  const address = useAddress();
  // the old figures stay while the next ones come
  const period = useDeferredValue(asPeriod(address.get("period")));
  const results = useLoaded(readResults, { params: { id: survey.id }, query: period ? { period } : {} });
  const [open, setOpen] = useState<"how" | "settings">();
  const services = address.get("rows") === "services";
  const empty = results.total.n === 0;
  const save = () =>
    saveFile(
      `${t.fileName(results.period)}.csv`,
      csvOf(resultRows(results, { place: t.place, n: t.n, share: t.share, interval: t.interval, whole: t.whole })),
    );
  return (
    <Page
      title={t.title}
      {...(survey.state === "paused" ? { tag: <Tag tone="warn">{t.pausedTag}</Tag> } : {})}
      actions={
        <>
          <IconButton icon={IconDownload} label={t.export} onClick={save} />
          <IconButton icon={IconPrinter} label={t.print} onClick={() => print()} />
          {holds("survey:write") && (
            <Button kind="soft" onClick={() => setOpen("settings")}>
              {t.settings}
            </Button>
          )}
          <Button onClick={() => setOpen("how")}>{t.how}</Button>
        </>
      }
      {...(holds("response:read")
        ? {
            side: {
              label: t.comments,
              width: 336 as const,
              content: <Side asked={{ surveyId: survey.id, period: results.period }} />,
            },
          }
        : {})}
    >
      <Chips
        results={results}
        services={services}
        onPeriod={(next) => address.set({ period: next })}
        onServices={(on) => address.set({ rows: on ? "services" : undefined })}
      />
      {empty ? (
        <EmptyFirst
          title={t.none}
          moves={
            holds("import:run") && (
              <LinkButton kind="primary" to={`/c/${slug}/import`}>
                {t.toImport}
              </LinkButton>
            )
          }
        >
          {t.noneWhy}
        </EmptyFirst>
      ) : (
        <>
          <Tiles results={results} />
          <Places results={results} services={services} />
          <WeeklyChart />
          <Distribution results={results} />
          <p className="q-meta">{t.through(format.day(results.through))}</p>
        </>
      )}
      {open === "how" && <HowDrawer results={results} onClose={() => setOpen(undefined)} />}
      {open === "settings" && <SurveyDialog survey={survey} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

/** What people wrote: by theme, and the texts themselves. The theme stands in the address. */
function Side({ asked }: { asked: { surveyId: string; period: string } }) {
  const address = useAddress();
  const theme = themes.find((one) => one === address.get("theme"));
  const onTheme = (next: typeof theme) => address.set({ theme: next });
  return (
    <>
      <ThemesPanel asked={asked} chosen={theme} onChoose={onTheme} />
      <CommentsInbox key={theme} theme={theme} onLift={() => onTheme(undefined)} />
    </>
  );
}

const kinds = ["year", "quarter", "month"] as const;

type ChipsProps = {
  results: Results;
  services: boolean;
  onPeriod: (period: string) => void;
  onServices: (on: boolean) => void;
};

/** Calendar periods alone: free ranges would let small groups be subtracted out. */
function Chips({ results, services, onPeriod, onServices }: ChipsProps) {
  const t = useWords(surveyWords);
  const { language } = useLanguage();
  const written = (period: string) => periodText(period, { t, language });
  return (
    <div className="q-filters q-no-print" role="group" aria-label={t.period}>
      <Menu
        groups={kinds
          .map((kind) => ({
            label: t.periodGroups[kind],
            entries: results.periods
              .filter((period) => kindOf(period) === kind)
              .map((period) => ({
                key: period,
                label: written(period),
                run: () => onPeriod(period),
                chosen: period === results.period,
              })),
          }))
          .filter((group) => group.entries.length > 0)}
      >
        <button type="button" className="q-chip q-chip-toggle">
          <span className="q-muted">{t.period}</span>
          <span className="q-name">{written(results.period)}</span>
          <Icon of={IconChevronDown} size={14} />
        </button>
      </Menu>
      <ToggleChip on={services} onChange={onServices}>
        {t.levels.services}
      </ToggleChip>
    </div>
  );
}
