import { useHolds } from "#product/identity/sign-in/screens/embed.tsx";
import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { Button, LinkButton } from "#web/kit/button.tsx";
import { DateField } from "#web/kit/date-field.tsx";
import { ToggleChip } from "#web/kit/filter-chips.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Page } from "#web/kit/page.tsx";
import { EmptyFiltered, EmptyFirst } from "#web/kit/states.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { Totals } from "#web/kit/totals.tsx";
import { useAddress } from "#web/kit/use-address.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { dayIn } from "#web/kit/zoned.ts";
import { IconPlus } from "@tabler/icons-react";
import { useDeferredValue } from "react";
import { listVisits, type VisitRow } from "../contract.ts";
import { visitWords } from "../words.ts";
import { NewVisitDrawer } from "./new-visit.tsx";
import { newVisitWords } from "./new-visit-words.ts";
import { VisitDrawer } from "./visit-drawer.tsx";
import "./visits.css";

const views = ["all", "open", "finished"] as const;
type View = (typeof views)[number];

/** Which visits are asked for: all of it stands in the address, the open drawer too. */
function useAsked() {
  const address = useAddress();
  const view: View = views.find((one) => one === address.get("state")) ?? "all";
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(address.get("day") ?? "")?.[0];
  const mine = address.get("mine") === "yes";
  const after = address.get("after");
  const query = {
    state: view,
    mine: mine ? "true" : "false",
    ...(day ? { day } : {}),
    ...(after ? { after } : {}),
  };
  return { address, view, day, mine, after, query, filtered: day !== undefined || mine || view !== "all" };
}
type Asked = ReturnType<typeof useAsked>;

/** Visits of the clinic, newest first; one opens beside the list. */
export function VisitsScreen() {
  const asked = useAsked();
  // the old page stays while the next one comes: a filter must not blank the list
  const query = useDeferredValue(JSON.stringify(asked.query));
  // the text was made of this very shape
  const { items, next } = useLoaded(listVisits, { query: JSON.parse(query) as Asked["query"] });
  const t = useWords(visitWords);
  const format = useFormat();
  const { address, view } = asked;
  const mayOpen = useHolds()("visit:open");
  const code = address.get("visit");
  const isNew = address.get("new") === "yes" && mayOpen;
  return (
    <Page
      title={t.title}
      actions={mayOpen && <NewVisitButton address={address} />}
      tabs={{
        label: t.viewsLabel,
        current: view,
        all: views.map((one) => ({
          key: one,
          label: t.views[one],
          to: address.with({ state: one === "all" ? undefined : one, after: undefined, visit: undefined }),
        })),
      }}
      foot={<Totals keys={items.length > 0 ? "open" : "none"} parts={[t.range(format.number(items.length))]} />}
    >
      <Filters asked={asked} />
      {items.length === 0 ? <Empty asked={asked} /> : <Rows items={items} address={address} />}
      {(next ?? asked.after) && (
        <div className="q-part-foot q-no-print">
          {asked.after && (
            <Button kind="soft" size="bar" onClick={() => address.set({ after: undefined })}>
              {t.first}
            </Button>
          )}
          {next && (
            <Button size="bar" onClick={() => address.set({ after: next })}>
              {t.next}
            </Button>
          )}
        </div>
      )}
      {code && !isNew && <VisitDrawer code={code} onClose={() => address.set({ visit: undefined })} />}
      {isNew && (
        <NewVisitDrawer
          onClose={() => address.set({ new: undefined })}
          onOpened={(visit) => address.set({ new: undefined, visit: visit.code })}
        />
      )}
    </Page>
  );
}

function NewVisitButton({ address }: { address: Asked["address"] }) {
  const t = useWords(newVisitWords);
  return (
    <Button kind="primary" icon={IconPlus} onClick={() => address.set({ new: "yes", visit: undefined })}>
      {t.title}
    </Button>
  );
}

function Filters({ asked: { address, day, mine } }: { asked: Asked }) {
  const t = useWords(visitWords);
  const { timeZone } = useLanguage();
  const today = dayIn(useNow(), timeZone, 0);
  const onDay = (value: string | undefined) => address.set({ day: value, after: undefined });
  return (
    <div className="q-filters q-visit-filters q-no-print" role="group" aria-label={t.viewsLabel}>
      <DateField label={t.day} value={day ?? null} max={today} onChange={(value) => onDay(value ?? undefined)} />
      <ToggleChip on={day === today} onChange={(on) => onDay(on ? today : undefined)}>
        {t.today}
      </ToggleChip>
      {day && day !== today && (
        <ToggleChip on={false} onChange={() => onDay(undefined)}>
          {t.anyDay}
        </ToggleChip>
      )}
      <ToggleChip on={mine} onChange={(on) => address.set({ mine: on ? "yes" : undefined, after: undefined })}>
        {t.mine}
      </ToggleChip>
    </div>
  );
}

function Empty({ asked: { address, filtered } }: { asked: Asked }) {
  const t = useWords(visitWords);
  const slug = useSlug();
  const mayImport = useHolds()("import:run");
  if (filtered)
    return (
      <EmptyFiltered
        title={t.nothing}
        lift={t.lift}
        onLift={() => address.set({ day: undefined, mine: undefined, state: undefined, after: undefined })}
      >
        {t.nothingWhy}
      </EmptyFiltered>
    );
  return (
    <EmptyFirst
      title={t.none}
      moves={
        mayImport && (
          <LinkButton kind="primary" to={`/c/${slug}/import`}>
            {t.toImport}
          </LinkButton>
        )
      }
    >
      {t.noneWhy}
    </EmptyFirst>
  );
}

function Rows({ items, address }: { items: readonly VisitRow[]; address: Asked["address"] }) {
  const t = useWords(visitWords);
  const format = useFormat();
  const open = (row: VisitRow) => address.set({ visit: row.code });
  const beside = address.get("visit") !== undefined;
  const columns: Column<VisitRow>[] = [
    {
      key: "code",
      head: t.code,
      width: 104,
      from: "tablet",
      render: (row) => <span className="q-code">{row.code}</span>,
    },
    { key: "when", head: t.when, width: 116, render: (row) => format.dayTime(row.startedAt) },
    {
      key: "patient",
      head: t.patient,
      names: true,
      render: (row) => (
        <button type="button" className="q-row-button" onClick={() => open(row)}>
          {row.patient.name || t.noName}
        </button>
      ),
    },
    { key: "service", head: t.service, width: 200, from: "tablet", render: (row) => row.service },
    { key: "who", head: t.who, width: 150, from: "desktop", render: (row) => row.member.name },
    { key: "state", head: t.state, width: 90, from: "tablet", render: (row) => (row.endedAt ? t.done : t.running) },
    {
      key: "invitation",
      head: t.invitation,
      width: 130,
      from: "desktop",
      muted: true,
      render: (row) => (row.neverSurvey ? t.never : t.invitations[row.invitation]),
    },
  ];
  return (
    <div className="q-visits">
      <Table
        label={t.title}
        rows={items}
        columns={beside ? columns.filter(({ key }) => key !== "who" && key !== "invitation") : columns}
        keyOf={(row) => row.id}
        nameOf={(row) => row.code}
        rowHeight={32}
        keys
        onOpen={open}
      />
    </div>
  );
}
