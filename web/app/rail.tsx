import { Go } from "#web/kit/go.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { firstLetter } from "#web/kit/person.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconSelector } from "@tabler/icons-react";
import { appWords } from "./app-words.ts";
import type { NavItem, ShellProps } from "./shell-types.ts";

type RailProps = Pick<ShellProps, "clinic" | "nav"> & { closed: boolean; onToggle: () => void; demo: boolean };

/** The sections of a role, in groups; closed it keeps icons, and names stay for screen readers and on hover. */
export function Rail({ clinic, nav, closed, onToggle, demo }: RailProps) {
  const t = useWords(appWords);
  return (
    <nav className="q-rail q-no-print" aria-label={t.menu}>
      <ClinicHead clinic={clinic} />
      {groupsOf(nav).map(({ group, items }) => (
        <div className="q-rail-group" key={group ?? "top"}>
          {group && <div className="q-rail-head">{group}</div>}
          <ul>
            {items.map((item) => (
              <li key={item.to}>
                <RailLink item={item} closed={closed} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className="q-rail-foot">
        {demo && !closed && <span>{t.demo}</span>}
        <button
          type="button"
          className="q-icon-button"
          aria-label={closed ? t.expand : t.collapse}
          title={`${closed ? t.expand : t.collapse}  [`}
          onClick={onToggle}
        >
          <Icon of={closed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse} />
        </button>
      </div>
    </nav>
  );
}

function ClinicHead({ clinic }: Pick<ShellProps, "clinic">) {
  const t = useWords(appWords);
  const face = (
    <>
      <span className="q-logo" aria-hidden>
        {firstLetter(clinic.name)}
      </span>
      <span className="q-rail-words q-strong q-cut">{clinic.name}</span>
    </>
  );
  if (!clinic.onSwitch) return <div className="q-clinic">{face}</div>;
  return (
    <button type="button" className="q-clinic" aria-label={t.clinic(clinic.name)} onClick={clinic.onSwitch}>
      {face}
      <span className="q-rail-words q-clinic-switch">
        <Icon of={IconSelector} size={16} />
      </span>
    </button>
  );
}

/** Home is the root of all other addresses: it is current on itself alone. */
const isHome = (to: string) => /^\/c\/[^/]+$/.test(to);

function RailLink({ item, closed }: { item: NavItem; closed: boolean }) {
  return (
    <Go to={item.to} exact={isHome(item.to)} className="q-rail-link" title={closed ? item.label : undefined}>
      <Icon of={item.icon} />
      <span className="q-rail-words q-cut">{item.label}</span>
      {item.count !== undefined && item.count > 0 && (
        <span className="q-rail-count" data-dot={closed || undefined}>
          {item.count}
        </span>
      )}
    </Go>
  );
}

function groupsOf(nav: readonly NavItem[]): { group?: string; items: NavItem[] }[] {
  const groups: { group?: string; items: NavItem[] }[] = [];
  for (const item of nav) {
    const last = groups.at(-1);
    if (last && last.group === item.group) last.items.push(item);
    else groups.push({ group: item.group, items: [item] });
  }
  return groups;
}
