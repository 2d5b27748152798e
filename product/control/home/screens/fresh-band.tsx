import { HarmOf, useDueState, useIncidentWords } from "#product/control/incidents/screens/embed.tsx";
import { useSlug } from "#web/client/hooks.ts";
import { useScoreText } from "#product/feedback/surveys/screens/embed.tsx";
import { Due } from "#web/kit/due.tsx";
import { Go } from "#web/kit/go.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { IconAlertTriangle, IconMessageCircle } from "@tabler/icons-react";
import { homeWords } from "../words.ts";
import type { Home } from "./home-shape.ts";

type Fresh = Home["fresh"][number];
const icons = { incident: IconAlertTriangle, comment: IconMessageCircle };

/** What came since yesterday and is not finished: the newest first, each with its next deadline. */
export function FreshBand({ home }: { home: Home }) {
  const t = useWords(homeWords);
  const format = useFormat();
  const slug = useSlug();
  const columns = useColumns();
  return (
    <Section
      title={t.fresh}
      remark={home.fresh.length > 0 ? format.number(home.fresh.length) : undefined}
      aside={<Go to={`/c/${slug}/incidents`}>{t.allIncidents}</Go>}
    >
      {home.fresh.length === 0 ? (
        <p className="q-muted">{t.nothingFresh}</p>
      ) : (
        <Table
          label={t.fresh}
          rows={home.fresh}
          columns={columns}
          keyOf={(row) => row.id}
          nameOf={(row) => row.title}
          rowHeight={32}
        />
      )}
    </Section>
  );
}

function useColumns(): Column<Fresh>[] {
  const t = useWords(homeWords);
  const names = useIncidentWords();
  const format = useFormat();
  const slug = useSlug();
  const stateOf = useDueState();
  const scoreOf = useScoreText();
  const dueOf = (row: Fresh) => {
    if (!row.due) return "";
    const state = stateOf(row.due);
    const when = state === "today" ? format.time(row.due) : format.nearDay(row.due);
    const kind = row.kind === "comment" ? t.reply : (names.clocks[row.dueKind ?? ""] ?? "").toLocaleLowerCase();
    return (
      <Due state={state}>
        <span className="q-wide">{t.untilKind(kind, when)}</span>
        <span className="q-narrow">{t.until(when)}</span>
      </Due>
    );
  };
  return [
    {
      key: "kind",
      head: t.freshColumns.kind,
      headView: <></>,
      width: 28,
      from: "tablet",
      render: (row) => (
        <span className="q-person q-muted" title={t.freshKinds[row.kind]}>
          <Icon of={icons[row.kind]} />
          <span className="q-hidden">{t.freshKinds[row.kind]}</span>
        </span>
      ),
    },
    {
      key: "code",
      head: t.freshColumns.code,
      width: 92,
      from: "tablet",
      render: (row) => <span className="q-code">{row.code}</span>,
    },
    {
      key: "what",
      head: t.freshColumns.what,
      names: true,
      cut: true,
      render: (row) => <Go to={`/c/${slug}${row.link}`}>{row.kind === "comment" ? t.said(row.title) : row.title}</Go>,
    },
    {
      key: "harm",
      head: t.freshColumns.harm,
      width: 112,
      from: "tablet",
      render: (row) =>
        row.score === null ? <HarmOf harm={row.harm} nearMiss={row.harm === "near-miss"} /> : scoreOf(row.score),
    },
    {
      key: "where",
      head: t.freshColumns.where,
      width: 120,
      from: "desktop",
      muted: true,
      render: (row) => row.place ?? "",
    },
    { key: "due", head: t.freshColumns.due, width: 168, right: true, render: dueOf },
  ];
}
