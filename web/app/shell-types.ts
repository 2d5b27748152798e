import type { Language } from "#core/contract/words.ts";
import type { IconType } from "#web/kit/icon.tsx";
import type { MenuEntry, MenuGroup } from "#web/kit/menu.tsx";
import type { ReactNode } from "react";

/** One line of the rail; items with the same `group` stand under its head, in the order given. */
export type NavItem = { group?: string; label: string; icon: IconType; to: string; count?: number };

export type Scheme = "light" | "dark" | "auto";
export type Density = "compact" | "normal" | "roomy";

/** What a person set for themselves; each setter acts at once. */
export type Preferences = {
  language: Language;
  scheme: Scheme;
  density: Density;
  /** Whether keys without Ctrl act: off for people who dictate (WCAG 2.1.4). */
  singleKeys: boolean;
  onLanguage: (language: Language) => void;
  onScheme: (scheme: Scheme) => void;
  onDensity: (density: Density) => void;
  onSingleKeys: (on: boolean) => void;
};

export type PaletteEntry = { id: string; label: string; icon?: IconType; why?: string; keys?: string; run: () => void };
export type PaletteGroup = { label: string; entries: readonly PaletteEntry[] };

/** One of the eight people of the demo clinic. */
export type DemoPerson = { id: string; name: string; role: string };

export type ShellProps = {
  clinic: { name: string; onSwitch?: () => void };
  nav: readonly NavItem[];
  /** Four places of the phone's bar; ＋ stands in their middle, "Більше" opens the rest. */
  phoneNav: readonly NavItem[];
  site?: ReactNode;
  /** `onOpen` leads to the person's own account. */
  person: { name: string; onOpen?: () => void };
  bell: { count: number; onOpen: () => void };
  create: readonly MenuEntry[];
  preferences: Preferences;
  onLock: () => void;
  onSignOut: () => void;
  /** What the palette shows for a query; the empty query gives the role's own commands. */
  find: (query: string) => readonly PaletteGroup[];
  demo?: { people: readonly DemoPerson[]; current: string; onBecome: (id: string) => void };
  /** Under the top bar: the offline bar. */
  notice?: ReactNode;
  /** The schedule needs the width and opens with the rail closed. */
  railClosed?: boolean;
  children: ReactNode;
};

export type { MenuEntry, MenuGroup };
