import type { MenuGroup } from "#web/kit/menu.tsx";
import { IconCheck, IconLock, IconLogout, IconUserCircle } from "@tabler/icons-react";
import type { appWords } from "./app-words.ts";
import type { Density, Scheme, ShellProps } from "./shell-types.ts";

const schemes: readonly Scheme[] = ["light", "dark", "auto"];
const densities: readonly Density[] = ["compact", "normal", "roomy"];
const languages = [
  ["uk", "Українська"],
  ["en", "English"],
] as const;

/** The person's menu: language, look, rows, lock, sign out; what is set bears a tick. */
export function personGroups(
  { preferences: set, person, onLock, onSignOut }: ShellProps,
  t: typeof appWords.uk,
): MenuGroup[] {
  const tick = (on: boolean) => ({ chosen: on, icon: on ? IconCheck : undefined });
  return [
    {
      label: t.language,
      entries: languages.map(([key, label]) => ({
        key,
        label,
        run: () => set.onLanguage(key),
        ...tick(set.language === key),
      })),
    },
    {
      label: t.theme,
      entries: schemes.map((key) => ({
        key,
        label: t.themes[key],
        run: () => set.onScheme(key),
        ...tick(set.scheme === key),
      })),
    },
    {
      label: t.density,
      entries: densities.map((key) => ({
        key,
        label: t.densities[key],
        run: () => set.onDensity(key),
        ...tick(set.density === key),
      })),
    },
    {
      label: t.keys,
      entries: [
        {
          key: "single-keys",
          label: t.singleKeys,
          run: () => set.onSingleKeys(!set.singleKeys),
          ...tick(set.singleKeys),
        },
      ],
    },
    {
      entries: [
        ...(person.onOpen ? [{ key: "me", label: t.account, icon: IconUserCircle, run: person.onOpen }] : []),
        { key: "lock", label: t.lock, icon: IconLock, keys: "Ctrl Shift L", run: onLock },
        { key: "out", label: t.signOut, icon: IconLogout, run: onSignOut },
      ],
    },
  ];
}
