import { Icon } from "#web/kit/icon.tsx";
import { useWords } from "#web/kit/words.ts";
import {
  IconAlertTriangle,
  IconChevronDown,
  IconClipboardCheck,
  IconFileText,
  IconHome,
  IconListCheck,
  IconMapPin,
  IconMessageCircle,
  IconSchool,
  IconShieldHalf,
  IconTargetArrow,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { usePreferences } from "../preferences.tsx";
import { Shell } from "../shell.tsx";
import type { NavItem, PaletteGroup } from "../shell-types.ts";
import { kitPageWords } from "./words.ts";

const nothing = () => undefined;
const names = [
  "Остап Клен",
  "Дарина Липа",
  "Олена Гай",
  "Ірина Ярець",
  "Марта Дзвін",
  "Соломія Верес",
  "Богдан Крук",
  "Надія Сад",
];

/** The shell of an invented quality manager, so that the kit is seen in its frame. */
export function SampleShell({ children, notice }: { children: ReactNode; notice?: ReactNode }) {
  const t = useWords(kitPageWords);
  const preferences = usePreferences();
  const navigate = useNavigate();
  const nav = useSampleNav();
  const create = [
    { key: "report", label: t.report, icon: IconAlertTriangle, run: nothing },
    { key: "action", label: t.action, icon: IconTargetArrow, run: nothing },
  ];
  const find = (query: string): PaletteGroup[] => {
    const wanted = query
      .replace(/^[@#>]/, "")
      .trim()
      .toLocaleLowerCase("uk");
    const entries = nav
      .filter((item) => item.label.toLocaleLowerCase("uk").includes(wanted))
      .map((item) => ({
        id: item.to.slice(5) || "home",
        label: item.label,
        icon: item.icon,
        why: item.group,
        run: () => void navigate({ to: item.to }),
      }));
    return entries.length > 0 ? [{ label: t.commands, entries }] : [];
  };
  return (
    <Shell
      clinic={{ name: "Калина", onSwitch: nothing }}
      nav={nav}
      phoneNav={nav.slice(0, 3).map((item, at) => (at === 1 ? { ...item, label: t.tasksShort } : item))}
      site={
        <button type="button" className="q-site">
          <Icon of={IconMapPin} size={16} />
          {t.allSites}
          <Icon of={IconChevronDown} size={14} />
        </button>
      }
      person={{ name: "Олена Гай" }}
      bell={{ count: 3, onOpen: nothing }}
      create={create}
      preferences={preferences}
      onLock={nothing}
      onSignOut={() => void navigate({ to: "/sign-in" })}
      find={find}
      notice={notice}
      demo={{
        people: names.map((name, at) => ({ id: name, name, role: t.roles[at] ?? "" })),
        current: "Олена Гай",
        onBecome: nothing,
      }}
    >
      {children}
    </Shell>
  );
}

function useSampleNav(): NavItem[] {
  const { nav } = useWords(kitPageWords);
  return [
    { label: nav.home, icon: IconHome, to: "/kit/controls" },
    { label: nav.tasks, icon: IconListCheck, to: "/kit/marks", count: 7 },
    { group: nav.control, label: nav.incidents, icon: IconAlertTriangle, to: "/kit/lists", count: 5 },
    { group: nav.control, label: nav.actions, icon: IconTargetArrow, to: "/kit/states", count: 18 },
    { group: nav.control, label: nav.audits, icon: IconClipboardCheck, to: "/kit/charts" },
    { group: nav.control, label: nav.risks, icon: IconShieldHalf, to: "/kit/risks" },
    { group: nav.knowledge, label: nav.documents, icon: IconFileText, to: "/kit/documents" },
    { group: nav.knowledge, label: nav.training, icon: IconSchool, to: "/kit/training" },
    { group: nav.feedback, label: nav.feedback, icon: IconMessageCircle, to: "/kit/feedback", count: 3 },
  ];
}
