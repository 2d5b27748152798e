import { BulkBar } from "#web/kit/bulk-bar.tsx";
import { Due } from "#web/kit/due.tsx";
import { FilterChips } from "#web/kit/filter-chips.tsx";
import { Go } from "#web/kit/go.tsx";
import { HarmMeter, type Harm } from "#web/kit/harm.tsx";
import { Person } from "#web/kit/person.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table, type Column, type Sort } from "#web/kit/table.tsx";
import { Totals } from "#web/kit/totals.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconDownload, IconGitMerge, IconUserCheck } from "@tabler/icons-react";
import { useState } from "react";
import { kitPageWords } from "./words.ts";

type Incident = {
  code: string;
  day: string;
  title: string;
  place: string;
  type: string;
  state: string;
  harm: Harm;
  who: string;
  days: number;
  due: "ahead" | "today" | "past" | null;
};

const harms: readonly Harm[] = ["none", "not-reached", "low", "moderate", "low", "severe"];
const people = ["Марта Дзвін", "Ірина Ярець", "Олена Гай", "Ірина Ярець", "Олена Гай", "Соломія Верес"];
const dues = ["ahead", "today", "ahead", "today", "past", null] as const;
const nothing = () => undefined;

function useIncidents(): Incident[] {
  const t = useWords(kitPageWords);
  return t.incidents.map(([title = "", place = "", type = "", state = ""], at) => ({
    code: `INC-04${18 - at}`,
    day: `${24 - at}`,
    title,
    place,
    type,
    state,
    harm: harms[at] ?? "none",
    who: people[at] ?? "",
    days: at,
    due: dues[at] ?? null,
  }));
}

/** The list pattern that every register follows, and the three heights of a row. */
export function Lists() {
  const t = useWords(kitPageWords);
  const rows = useIncidents();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(["INC-0417"]));
  const [sort, setSort] = useState<Sort>({ key: "code", descending: true });
  const [search, setSearch] = useState("");
  const sorted = rows.toSorted((one, other) => {
    const order = sort.key === "days" ? one.days - other.days : one.code.localeCompare(other.code);
    return sort.descending ? -order : order;
  });
  return (
    <>
      <Section title={t.register} remark={<>{rows.length}</>}>
        <FilterChips
          search={{ label: t.registerSearch, value: search, onChange: setSearch }}
          chips={[
            { key: "period", name: t.period, value: t.november, onLift: nothing },
            { key: "site", name: t.site, value: t.central, onLift: nothing },
          ]}
          onClear={nothing}
          view={
            <>
              {t.notSaved}
              <button type="button" className="q-text-button">
                {t.saveView}
              </button>
            </>
          }
        />
        <Table
          label={t.register}
          keys
          rows={sorted}
          columns={useColumns()}
          keyOf={(row) => row.code}
          nameOf={(row) => row.title}
          sort={sort}
          onSort={setSort}
          selected={selected}
          onSelect={setSelected}
          onOpen={nothing}
          rowHeight={32}
        />
        {selected.size > 0 && (
          <BulkBar
            count={t.chosen(selected.size)}
            onClear={() => setSelected(new Set())}
            moves={[
              { key: "assign", label: t.assign, icon: IconUserCheck, run: nothing },
              { key: "merge", label: t.merge, icon: IconGitMerge, run: nothing },
              { key: "export", label: t.export, icon: IconDownload, run: nothing },
            ]}
          />
        )}
        <div className="q-kit-totals">
          <Totals
            parts={[
              "1–6",
              <span key="harm">
                {t.totals} <b>2</b>
              </span>,
            ]}
          />
        </div>
      </Section>
      <Rows />
    </>
  );
}

function useColumns(): Column<Incident>[] {
  const t = useWords(kitPageWords);
  const due = { ahead: t.dueAhead, today: t.dueToday, past: t.duePast };
  return [
    {
      key: "code",
      head: t.columns.code,
      width: 88,
      from: "tablet",
      sortable: true,
      render: (row) => <span className="q-code">{row.code}</span>,
    },
    { key: "what", head: t.columns.what, names: true, render: (row) => <Go to="/kit">{row.title}</Go> },
    { key: "where", head: t.columns.where, from: "tablet", muted: true, render: (row) => row.place },
    { key: "type", head: t.columns.type, from: "desktop", render: (row) => row.type },
    { key: "harm", head: t.columns.harm, from: "tablet", render: (row) => <HarmMeter harm={row.harm} /> },
    { key: "state", head: t.columns.state, from: "desktop", render: (row) => row.state },
    { key: "who", head: t.columns.who, from: "tablet", render: (row) => <Person name={row.who} /> },
    { key: "days", head: t.columns.days, from: "tablet", right: true, sortable: true, render: (row) => row.days },
    {
      key: "due",
      head: t.columns.due,
      right: true,
      render: (row) => row.due && <Due state={row.due}>{due[row.due]}</Due>,
    },
  ];
}

function Rows() {
  const t = useWords(kitPageWords);
  const rows = [
    { name: t.therapy, share: "92,4" },
    { name: t.ultrasound, share: "89,7" },
  ];
  return (
    <Section title={t.rows}>
      <div className="q-kit-three">
        {([32, 40, 48] as const).map((height) => (
          <Table
            key={height}
            label={`${height} px`}
            rows={rows}
            rowHeight={height}
            keyOf={(row) => row.name}
            nameOf={(row) => row.name}
            touched={new Set([t.ultrasound])}
            columns={[
              {
                key: "name",
                head: `${height} px`,
                names: true,
                render: (row) =>
                  height === 48 ? (
                    <>
                      {row.name}
                      <div className="q-meta">{t.doctorsCount(12)}</div>
                    </>
                  ) : (
                    row.name
                  ),
              },
              { key: "share", head: "%", right: true, render: (row) => row.share },
            ]}
          />
        ))}
      </div>
    </Section>
  );
}
