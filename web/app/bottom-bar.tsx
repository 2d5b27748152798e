import { Go } from "#web/kit/go.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { Menu } from "#web/kit/menu.tsx";
import { useWords } from "#web/kit/words.ts";
import { useNavigate } from "@tanstack/react-router";
import { IconDots, IconPlus } from "@tabler/icons-react";
import { appWords } from "./app-words.ts";
import type { NavItem, ShellProps } from "./shell-types.ts";

type BottomBarProps = { nav: ShellProps["phoneNav"]; all: ShellProps["nav"]; create: ShellProps["create"] };

/** Five places under the thumb: home, tasks, ＋, the role's own screen, more. */
export function BottomBar({ nav, all, create }: BottomBarProps) {
  const t = useWords(appWords);
  const navigate = useNavigate();
  const rest = all.filter((item) => !nav.some((shown) => shown.to === item.to));
  const [first, second, third] = nav;
  return (
    <nav className="q-bottom q-no-print" aria-label={`${t.menu}, 5`}>
      {first && <Place item={first} />}
      {second && <Place item={second} />}
      <Menu groups={[{ entries: create }]}>
        <button type="button" className="q-bottom-plus" aria-label={t.create}>
          <Icon of={IconPlus} size={24} />
        </button>
      </Menu>
      {third && <Place item={third} />}
      <Menu
        groups={[
          {
            entries: rest.map((item) => ({
              key: item.to,
              label: item.label,
              icon: item.icon,
              run: () => void navigate({ to: item.to }),
            })),
          },
        ]}
      >
        <button type="button" className="q-bottom-place">
          <Icon of={IconDots} size={24} />
          {t.more}
        </button>
      </Menu>
    </nav>
  );
}

function Place({ item }: { item: NavItem }) {
  return (
    <Go to={item.to} exact={/^\/c\/[^/]+$/.test(item.to)} className="q-bottom-place">
      <Icon of={item.icon} size={24} />
      <span className="q-cut">{item.label}</span>
    </Go>
  );
}
