import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { BulkBar } from "#web/kit/bulk-bar.tsx";
import { Button, IconButton, LinkButton } from "#web/kit/button.tsx";
import { saveFile } from "#web/kit/csv.ts";
import { AddFilter, FilterChips, type FilterChip } from "#web/kit/filter-chips.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Menu } from "#web/kit/menu.tsx";
import { Page } from "#web/kit/page.tsx";
import { EmptyFiltered, EmptyFirst } from "#web/kit/states.tsx";
import { Table } from "#web/kit/table.tsx";
import { Totals } from "#web/kit/totals.tsx";
import { useAddress } from "#web/kit/use-address.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { dayIn } from "#web/kit/zoned.ts";
import { IconDownload, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { listIncidents, type IncidentRow } from "../contract.ts";
import { types, type IncidentType } from "../states.ts";
import { useIncidentWords } from "./embed.tsx";
import { useRegisterColumns, useRegisterCsv } from "./register-columns.tsx";
import { registerWords } from "./register-words.ts";

const views = ["all", "open", "mine", "overdue", "unanswered"] as const;
type View = (typeof views)[number];
/** Days back from today, today counted. */
const periods = { today: 0, week: 6, month: 29, quarter: 89 } as const;
type Period = keyof typeof periods;
const periodNames = ["today", "week", "month", "quarter"] as const satisfies readonly Period[];
const harmful = new Set(["moderate", "severe", "death"]);

/** Which rows are asked for: all of it stands in the address. */
function useAsked() {
  const address = useAddress();
  const { timeZone } = useLanguage();
  const now = useNow();
  const view: View = views.find((one) => one === address.get("state")) ?? "all";
  const type: IncidentType | undefined = types.find((one) => one === address.get("type"));
  const period: Period | undefined = periodNames.find((one) => one === address.get("period"));
  const text = address.get("text");
  const after = address.get("after");
  const from = period ? dayIn(now, timeZone, -periods[period]) : undefined;
  return { address, view, type, period, text, after, query: { state: view, type, from, text, after } };
}

/** Every incident of the clinic, newest first: the list pattern. */
export function RegisterScreen() {
  const asked = useAsked();
  // the old page stays while the next one comes: a filter must not blank the list
  const query = useDeferredValue(JSON.stringify(asked.query));
  // the text was made of this very shape two lines above
  const { items, next, counts } = useLoaded(listIncidents, { query: JSON.parse(query) as typeof asked.query });
  const t = useWords(registerWords);
  const format = useFormat();
  const slug = useSlug();
  const csv = useRegisterCsv();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const names = useIncidentWords();
  const base = `/c/${slug}/incidents`;
  const selected = items.filter((row) => chosen.has(row.id));
  const filtered = asked.type !== undefined || asked.period !== undefined || asked.text !== undefined;
  const save = (rows: readonly IncidentRow[]) => saveFile(`${t.fileName}.csv`, csv(rows));
  const change = (changes: Record<string, string | undefined>) => {
    setChosen(new Set());
    asked.address.set({ ...changes, after: undefined });
  };
  return (
    <Page
      title={t.title}
      remark={filtered ? t.of(format.number(items.length), format.number(counts.all)) : format.number(counts.all)}
      actions={
        <>
          <IconButton icon={IconDownload} label={t.export} onClick={() => save(items)} />
          <LinkButton kind="primary" icon={IconPlus} to={`${base}/new`}>
            {t.report}
          </LinkButton>
        </>
      }
      tabs={{
        label: t.viewsLabel,
        current: asked.view,
        all: views.map((view) => ({
          key: view,
          label: t.views[view],
          to: asked.address.with({ state: view === "all" ? undefined : view, after: undefined }),
          count: counts[view],
          alarm: view === "overdue" && counts.overdue > 0,
        })),
      }}
      foot={
        <Totals
          parts={[
            t.range(format.number(items.length), format.number(counts[asked.view])),
            <span key="harm">
              {t.harmful} <b>{items.filter((row) => !row.nearMiss && harmful.has(row.harm ?? "")).length}</b>
            </span>,
            ...(counts.restrictedHidden > 0 ? [t.hidden(counts.restrictedHidden)] : []),
          ]}
        />
      }
    >
      <Filters asked={asked} change={change} />
      {items.length === 0 ? (
        <Empty asked={asked} all={counts.all} change={change} />
      ) : (
        <Rows items={items} chosen={chosen} setChosen={setChosen} base={base} />
      )}
      {(next ?? asked.after) && (
        <div className="q-part-foot q-no-print">
          {asked.after && (
            <Button kind="soft" size="bar" onClick={() => change({})}>
              {t.first}
            </Button>
          )}
          {next && (
            <Button kind="plain" size="bar" onClick={() => asked.address.set({ after: next })}>
              {t.next}
            </Button>
          )}
        </div>
      )}
      {selected.length > 0 && (
        <BulkBar
          count={names.incidents(selected.length)}
          onClear={() => setChosen(new Set())}
          moves={[{ key: "export", label: t.exportChosen, icon: IconDownload, run: () => save(selected) }]}
        />
      )}
    </Page>
  );
}

type Asked = ReturnType<typeof useAsked>;
type Changing = { asked: Asked; change: (changes: Record<string, string | undefined>) => void };

function Filters({ asked, change }: Changing) {
  const t = useWords(registerWords);
  const names = useIncidentWords();
  const [search, setSearch] = useState(asked.text ?? "");
  const chips: FilterChip[] = [
    ...(asked.period
      ? [
          {
            key: "period",
            name: t.period,
            value: t.periods[asked.period],
            onLift: () => change({ period: undefined }),
          },
        ]
      : []),
    ...(asked.type
      ? [{ key: "type", name: t.type, value: names.types[asked.type], onLift: () => change({ type: undefined }) }]
      : []),
  ];
  return (
    <FilterChips
      search={{
        label: t.search,
        value: search,
        onChange: (text) => {
          setSearch(text);
          change({ text });
        },
      }}
      chips={chips}
      add={
        <Menu
          groups={[
            {
              label: t.period,
              entries: periodNames.map((period) => ({
                key: period,
                label: t.periods[period],
                chosen: period === asked.period,
                run: () => change({ period }),
              })),
            },
            {
              label: t.type,
              entries: types.map((type) => ({
                key: type,
                label: names.types[type],
                chosen: type === asked.type,
                run: () => change({ type }),
              })),
            },
          ]}
        >
          <AddFilter />
        </Menu>
      }
      onClear={() => {
        setSearch("");
        change({ period: undefined, type: undefined, text: undefined });
      }}
    />
  );
}

type RowsProps = {
  items: readonly IncidentRow[];
  chosen: ReadonlySet<string>;
  setChosen: (chosen: ReadonlySet<string>) => void;
  base: string;
};

function Rows({ items, chosen, setChosen, base }: RowsProps) {
  const t = useWords(registerWords);
  const navigate = useNavigate();
  return (
    <Table
      label={t.title}
      keys
      rows={items}
      columns={useRegisterColumns()}
      keyOf={(row) => row.id}
      nameOf={(row) => `${row.code} ${row.what}`}
      selected={chosen}
      onSelect={setChosen}
      onOpen={(row) => void navigate({ href: `${base}/${row.code}` })}
      rowHeight={32}
    />
  );
}

/** Nothing to show: because there is nothing yet, because of the view, or because of a filter that can be lifted. */
function Empty({ asked, all, change }: Changing & { all: number }) {
  const t = useWords(registerWords);
  const names = useIncidentWords();
  const slug = useSlug();
  const filters = [
    ...(asked.text ? [{ key: "text", name: t.search, value: `«${asked.text}»` }] : []),
    ...(asked.type ? [{ key: "type", name: t.type, value: names.types[asked.type] }] : []),
    ...(asked.period ? [{ key: "period", name: t.period, value: t.periods[asked.period] }] : []),
  ];
  const [first] = filters;
  if (first)
    return (
      <EmptyFiltered title={t.nothing} lift={t.lift(first.name)} onLift={() => change({ [first.key]: undefined })}>
        {t.nothingWhy(filters.map((one) => `${one.name}: ${one.value}`).join(", "), names.incidents(all))}
      </EmptyFiltered>
    );
  if (all > 0)
    return (
      <EmptyFiltered title={t.emptyView} lift={t.showAll} onLift={() => change({ state: undefined })}>
        {t.emptyViewWhy}
      </EmptyFiltered>
    );
  return (
    <EmptyFirst
      title={t.empty}
      moves={
        <LinkButton kind="primary" icon={IconPlus} to={`/c/${slug}/incidents/new`}>
          {t.report}
        </LinkButton>
      }
    >
      {t.emptyWhy}
    </EmptyFirst>
  );
}
