import { useHolds } from "#product/identity/sign-in/screens/embed.tsx";
import { useLoaded } from "#web/client/hooks.ts";
import { Button, IconButton } from "#web/kit/button.tsx";
import { FilterChips } from "#web/kit/filter-chips.tsx";
import { Menu } from "#web/kit/menu.tsx";
import { Page } from "#web/kit/page.tsx";
import { Person } from "#web/kit/person.tsx";
import { EmptyFiltered } from "#web/kit/states.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { Totals } from "#web/kit/totals.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { listMembers, type Member } from "../contract.ts";
import { memberWords } from "../words.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { ResumeDialog, SuspendDialog, TypesDialog } from "./member-dialogs.tsx";

type Open = { what: "invite" } | { what: "types" | "suspend" | "resume"; member: Member };
const hasAccess = (member: Member): boolean => member.state === "active" || member.state === "invited";

/** Everybody who works in the clinic, and what each may do. */
export function MembersScreen() {
  const members = useLoaded(listMembers);
  const t = useWords(memberWords);
  const format = useFormat();
  const holds = useHolds();
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const wanted = search.trim().toLocaleLowerCase("uk");
  const rows = members
    .filter((one) => [one.name, one.position, one.department ?? ""].join(" ").toLocaleLowerCase("uk").includes(wanted))
    .toSorted((one, other) => Number(hasAccess(other)) - Number(hasAccess(one)));
  return (
    <Page
      title={t.title}
      remark={format.number(members.length)}
      actions={
        holds("member:invite") && (
          <Button kind="primary" icon={IconPlus} onClick={() => setOpen({ what: "invite" })}>
            {t.invite}
          </Button>
        )
      }
      foot={
        <Totals
          keys="none"
          parts={[t.people(rows.length), t.withAccess(format.number(rows.filter(hasAccess).length)), t.logged]}
        />
      }
    >
      <FilterChips search={{ label: t.search, value: search, onChange: setSearch }} chips={[]} />
      {rows.length === 0 ? (
        <EmptyFiltered title={t.nothing} lift={t.lift} onLift={() => setSearch("")}>
          {t.nothingWhy}
        </EmptyFiltered>
      ) : (
        <Rows rows={rows} onOpen={setOpen} />
      )}
      {open?.what === "invite" && <InviteDialog onClose={close} />}
      {open?.what === "types" && <TypesDialog member={open.member} onClose={close} />}
      {open?.what === "resume" && <ResumeDialog member={open.member} onClose={close} />}
      {open?.what === "suspend" && <SuspendDialog member={open.member} onClose={close} />}
    </Page>
  );
}

function Rows({ rows, onOpen }: { rows: readonly Member[]; onOpen: (open: Open) => void }) {
  const t = useWords(memberWords);
  const holds = useHolds();
  const mayMove = holds("member:grant") || holds("member:suspend");
  const columns: Column<Member>[] = [
    { key: "name", head: t.name, names: true, render: (one) => <Person name={one.name} withName /> },
    {
      key: "position",
      head: t.position,
      width: 180,
      from: "tablet",
      muted: true,
      render: (one) => one.position || "–",
    },
    {
      key: "department",
      head: t.department,
      width: 150,
      from: "desktop",
      muted: true,
      render: (one) => one.department ?? "–",
    },
    {
      key: "types",
      head: t.typesHead,
      width: 220,
      render: (one) => one.types.map((type) => t.types[type]).join(", ") || t.noTypes,
    },
    { key: "state", head: t.state, width: 130, from: "tablet", render: (one) => t.states[one.state] },
    ...(mayMove ? [{ key: "moves", head: t.moves, width: 56, right: true, render: moves }] : []),
  ];
  function moves(member: Member) {
    if (!hasAccess(member) && member.state !== "suspended") return "";
    const change = { key: "types", label: t.change, run: () => onOpen({ what: "types", member }) };
    const gate = hasAccess(member)
      ? { key: "suspend", label: t.suspend, danger: true, run: () => onOpen({ what: "suspend", member }) }
      : { key: "resume", label: t.resume, run: () => onOpen({ what: "resume", member }) };
    return (
      <Menu groups={[{ entries: [change, gate] }]}>
        <IconButton icon={IconDots} label={t.more(member.name)} size={16} />
      </Menu>
    );
  }
  return (
    <Table
      label={t.title}
      rows={rows}
      columns={columns}
      keyOf={(one) => one.id}
      nameOf={(one) => one.name}
      rowHeight={40}
    />
  );
}
