import { Button, IconButton, Kbd } from "#web/kit/button.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { Menu } from "#web/kit/menu.tsx";
import { Person } from "#web/kit/person.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconBell, IconChevronDown, IconHelpCircle, IconPlus, IconSearch } from "@tabler/icons-react";
import { appWords } from "./app-words.ts";
import { personGroups } from "./person-menu.ts";
import type { ShellProps } from "./shell-types.ts";

type TopBarProps = {
  shell: ShellProps;
  creating: boolean;
  onCreating: (open: boolean) => void;
  onFind: () => void;
  onHelp: () => void;
};

/** Site, search, create, bell, help (in the same place on each page) and the person. */
export function TopBar({ shell, creating, onCreating, onFind, onHelp }: TopBarProps) {
  const t = useWords(appWords);
  const { bell, person, create } = shell;
  return (
    <header className="q-top q-no-print">
      {shell.site}
      <button type="button" className="q-search" onClick={onFind} aria-label={t.search}>
        <Icon of={IconSearch} size={18} />
        <span className="q-cut">{t.search}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <div className="q-top-end">
        {create.length > 0 && (
          <Menu groups={[{ entries: create }]} open={creating} onOpenChange={onCreating}>
            <Button kind="soft" size="bar" icon={IconPlus} keys="C" className="q-create">
              {t.create}
            </Button>
          </Menu>
        )}
        <span className="q-bell">
          <IconButton icon={IconBell} label={t.bell(bell.count)} onClick={bell.onOpen} />
          {bell.count > 0 && <span aria-hidden>{bell.count > 99 ? "99+" : bell.count}</span>}
        </span>
        <IconButton icon={IconHelpCircle} label={t.help} onClick={onHelp} />
        <Menu groups={personGroups(shell, t)} width={292}>
          <button type="button" className="q-person-button" aria-label={t.person(person.name)}>
            <span aria-hidden>
              <Person name={person.name} tone="primary" />
            </span>
            <Icon of={IconChevronDown} size={16} />
          </button>
        </Menu>
      </div>
    </header>
  );
}
