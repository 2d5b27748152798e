import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { BulkBar } from "#web/kit/bulk-bar.tsx";
import { Button, IconButton, LinkButton } from "#web/kit/button.tsx";
import { csvOf, saveFile } from "#web/kit/csv.ts";
import { Due } from "#web/kit/due.tsx";
import { Go } from "#web/kit/go.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Page } from "#web/kit/page.tsx";
import { Person } from "#web/kit/person.tsx";
import { EmptyFiltered, EmptyFirst } from "#web/kit/states.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { Totals } from "#web/kit/totals.tsx";
import { useAddress } from "#web/kit/use-address.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { dayIn } from "#web/kit/zoned.ts";
import { IconDownload, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { listActions, type ActionRow } from "../contract.ts";
import { actionScreenWords } from "./action-words.ts";
import { useActionWords, useStrength } from "./embed.tsx";
import { Source, useSourceText } from "./source.tsx";

const views = ["open", "mine", "overdue", "checking", "all"] as const;
type View = (typeof views)[number];
const running = new Set<ActionRow["state"]>(["planned", "doing"]);

/** Whether the day on which an action is due is behind, today, or ahead; one that is done is never late. */
export function useDayState(): (row: Pick<ActionRow, "state" | "dueOn">) => "ahead" | "today" | "past" {
  const { timeZone } = useLanguage();
  const now = useNow();
  const today = dayIn(now, timeZone);
  return ({ state, dueOn }) => {
    if (!dueOn || !running.has(state) || dueOn > today) return "ahead";
    return dueOn === today ? "today" : "past";
  };
}

/** Actions of the clinic by due date: the list pattern. */
export function ActionsScreen() {
  const t = useWords(actionScreenWords);
  const names = useActionWords();
  const address = useAddress();
  const slug = useSlug();
  const navigate = useNavigate();
  const view: View = views.find((one) => one === address.get("state")) ?? "open";
  const after = address.get("after");
  const { items, next } = useLoaded(listActions, { query: { state: view, ...(after ? { after } : {}) } });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const csv = useCsv();
  const columns = useActionColumns();
  const stateOf = useDayState();
  const save = (rows: readonly ActionRow[]) => saveFile(`${t.fileName}.csv`, csv(rows));
  const selected = items.filter((row) => chosen.has(row.id));
  const create = (
    <LinkButton kind="primary" icon={IconPlus} to={`/c/${slug}/actions/new`}>
      {t.create}
    </LinkButton>
  );
  return (
    <Page
      title={t.title}
      actions={
        <>
          <IconButton icon={IconDownload} label={t.export} onClick={() => save(items)} />
          {create}
        </>
      }
      tabs={{
        label: t.viewsLabel,
        current: view,
        all: views.map((one) => ({
          key: one,
          label: t.views[one],
          to: address.with({ state: one === "open" ? undefined : one, after: undefined }),
        })),
      }}
      foot={
        <Totals
          parts={[
            t.shown(names.actions(items.length)),
            <span key="late">
              {t.late} <b>{items.filter((row) => stateOf(row) === "past").length}</b>
            </span>,
          ]}
        />
      }
    >
      {items.length === 0 ? (
        <Nothing view={view} create={create} all={() => address.set({ state: "all", after: undefined })} />
      ) : (
        <Table
          label={t.title}
          keys
          rows={items}
          columns={columns}
          keyOf={(row) => row.id}
          nameOf={(row) => `${row.code} ${row.title}`}
          selected={chosen}
          onSelect={setChosen}
          onOpen={(row) => void navigate({ href: `/c/${slug}/actions/${row.code}` })}
          rowHeight={32}
        />
      )}
      {(next ?? after) && (
        <div className="q-part-foot q-no-print">
          {after && (
            <Button kind="soft" size="bar" onClick={() => address.set({ after: undefined })}>
              {t.first}
            </Button>
          )}
          {next && (
            <Button kind="plain" size="bar" onClick={() => address.set({ after: next })}>
              {t.next}
            </Button>
          )}
        </div>
      )}
      {selected.length > 0 && (
        <BulkBar
          count={names.actions(selected.length)}
          onClear={() => setChosen(new Set())}
          moves={[{ key: "export", label: t.exportChosen, icon: IconDownload, run: () => save(selected) }]}
        />
      )}
    </Page>
  );
}

function Nothing({ view, create, all }: { view: View; create: ReactNode; all: () => void }) {
  const t = useWords(actionScreenWords);
  return view === "all" ? (
    <EmptyFirst title={t.empty} moves={create}>
      {t.emptyWhy}
    </EmptyFirst>
  ) : (
    <EmptyFiltered title={t.emptyView} lift={t.showAll} onLift={all}>
      {t.emptyViewWhy}
    </EmptyFiltered>
  );
}

function useActionColumns(): Column<ActionRow>[] {
  const t = useWords(actionScreenWords);
  const names = useActionWords();
  const strength = useStrength();
  const format = useFormat();
  const slug = useSlug();
  const stateOf = useDayState();
  return [
    {
      key: "code",
      head: t.columns.code,
      width: 88,
      from: "tablet",
      render: (row) => <span className="q-code">{row.code}</span>,
    },
    {
      key: "what",
      head: t.columns.what,
      names: true,
      cut: true,
      render: (row) => <Go to={`/c/${slug}/actions/${row.code}`}>{row.title}</Go>,
    },
    {
      key: "source",
      head: t.columns.source,
      width: 108,
      from: "desktop",
      muted: true,
      render: (row) => <Source of={row.source} />,
    },
    { key: "strength", head: t.columns.strength, width: 76, from: "desktop", render: (row) => strength(row.strength) },
    { key: "state", head: t.columns.state, width: 144, from: "tablet", render: (row) => names.states[row.state] },
    {
      key: "who",
      head: t.columns.who,
      width: 44,
      from: "tablet",
      render: (row) => (row.owner ? <Person name={row.owner.name} /> : <span title={t.nobody}>–</span>),
    },
    {
      key: "effect",
      head: t.columns.effect,
      width: 136,
      from: "desktop",
      muted: true,
      render: (row) => (row.indicator && row.checkOn ? t.check(row.indicator, format.day(row.checkOn)) : "–"),
    },
    {
      key: "due",
      head: t.columns.due,
      width: 116,
      right: true,
      render: (row) => {
        if (!row.dueOn) return null;
        const [state, when] = [stateOf(row), format.nearDay(row.dueOn)];
        return <Due state={state}>{state === "past" ? when : t.until(when)}</Due>;
      },
    },
  ];
}

function useCsv(): (rows: readonly ActionRow[]) => string {
  const t = useWords(actionScreenWords);
  const names = useActionWords();
  const format = useFormat();
  const sourceText = useSourceText();
  return (rows) =>
    csvOf([
      Object.values(t.columns),
      ...rows.map((row) => [
        row.code,
        row.title,
        sourceText(row.source),
        row.strength ? names.strengths[row.strength] : null,
        names.states[row.state],
        row.owner?.name ?? null,
        row.indicator,
        row.dueOn ? format.fullDay(row.dueOn) : null,
      ]),
    ]);
}
