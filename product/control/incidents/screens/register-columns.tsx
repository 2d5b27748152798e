import { useSlug } from "#web/client/hooks.ts";
import { csvOf } from "#web/kit/csv.ts";
import { Due } from "#web/kit/due.tsx";
import { Go } from "#web/kit/go.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { Person } from "#web/kit/person.tsx";
import type { Column } from "#web/kit/table.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { IconLock } from "@tabler/icons-react";
import type { IncidentRow } from "../contract.ts";
import { HarmOf, useDueState, useIncidentWords } from "./embed.tsx";
import { registerWords } from "./register-words.ts";

/** Columns of the register: code, when, what, where, type, harm, state, who, age, due. */
export function useRegisterColumns(): Column<IncidentRow>[] {
  const t = useWords(registerWords);
  const names = useIncidentWords();
  const format = useFormat();
  const slug = useSlug();
  const stateOf = useDueState();
  return [
    {
      key: "code",
      head: t.columns.code,
      width: 84,
      from: "tablet",
      render: (row) => <span className="q-code">{row.code}</span>,
    },
    { key: "when", head: t.columns.when, width: 64, from: "tablet", render: (row) => format.day(row.when) },
    {
      key: "what",
      head: t.columns.what,
      names: true,
      cut: true,
      render: (row) => (
        <>
          {row.restricted && (
            <>
              <Icon of={IconLock} size={14} /> <span className="q-hidden">{t.restricted}</span>
            </>
          )}
          <Go to={`/c/${slug}/incidents/${row.code}`}>{row.what}</Go>
        </>
      ),
    },
    { key: "where", head: t.columns.where, width: 116, from: "desktop", muted: true, render: (row) => row.place ?? "" },
    {
      key: "type",
      head: t.columns.type,
      width: 120,
      from: "desktop",
      render: (row) => (row.type ? names.types[row.type] : "–"),
    },
    {
      key: "harm",
      head: t.columns.harm,
      width: 104,
      from: "tablet",
      render: (row) => <HarmOf harm={row.harm} nearMiss={row.nearMiss} />,
    },
    { key: "state", head: t.columns.state, width: 104, from: "tablet", render: (row) => names.states[row.state] },
    {
      key: "who",
      head: t.columns.who,
      width: 44,
      from: "tablet",
      render: (row) => (row.owner ? <Person name={row.owner.name} /> : <span title={t.nobody}>–</span>),
    },
    { key: "days", head: t.columns.days, width: 48, right: true, from: "desktop", render: (row) => row.daysOpen },
    {
      key: "due",
      head: t.columns.due,
      width: 116,
      right: true,
      render: (row) => {
        if (!row.dueAt) return null;
        const [state, when] = [stateOf(row.dueAt), format.nearDay(row.dueAt)];
        return <Due state={state}>{state === "past" ? when : t.until(when)}</Due>;
      },
    },
  ];
}

/** These rows as a file for a spreadsheet, in the person's language. */
export function useRegisterCsv(): (rows: readonly IncidentRow[]) => string {
  const t = useWords(registerWords);
  const names = useIncidentWords();
  const format = useFormat();
  return (rows) =>
    csvOf([
      Object.values(t.columns),
      ...rows.map((row) => [
        row.code,
        format.fullDay(row.when),
        row.what,
        row.place,
        row.type ? names.types[row.type] : null,
        row.nearMiss ? names.harms.none : row.harm ? names.harms[row.harm] : null,
        names.states[row.state],
        row.owner?.name ?? null,
        row.daysOpen,
        row.dueAt ? format.fullDay(row.dueAt) : null,
      ]),
    ]);
}
