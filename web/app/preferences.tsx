import type { Language } from "#core/contract/words.ts";
import { languages } from "#core/contract/words.ts";
import { setSingleKeys, singleKeysOn } from "#web/kit/hotkeys.ts";
import { KitProvider } from "#web/kit/provider.tsx";
import { useMantineColorScheme } from "@mantine/core";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Density, Preferences, Scheme } from "./shell-types.ts";

/** Where this browser keeps what its person chose, until the account says otherwise. */
const keys = { language: "qms.language", density: "qms.density" };
const densities: readonly Density[] = ["compact", "normal", "roomy"];

const kept = <V extends string>(key: string, known: readonly V[]): V | undefined =>
  known.find((value) => value === localStorage.getItem(key));

const Context = createContext<Omit<Preferences, "scheme" | "onScheme"> | null>(null);

/** Language, look and density of this browser; the whole app stands inside. */
export function PreferencesProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => kept(keys.language, languages) ?? "uk");
  const [singleKeys, setKeys] = useState(singleKeysOn);
  const [density, setDensity] = useState<Density>(() => kept(keys.density, densities) ?? "normal");
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(keys.language, language);
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset["density"] = density;
    localStorage.setItem(keys.density, density);
  }, [density]);
  const value = useMemo(
    () => ({
      language,
      density,
      singleKeys,
      onLanguage: setLanguage,
      onDensity: setDensity,
      onSingleKeys: (on: boolean) => {
        setSingleKeys(on);
        setKeys(on);
      },
    }),
    [language, density, singleKeys],
  );
  return (
    <Context value={value}>
      <KitProvider language={language} timeZone={timeZone}>
        {children}
      </KitProvider>
    </Context>
  );
}

/** What this person set, and how to set it. Throws outside `PreferencesProvider`. */
export function usePreferences(): Preferences {
  const value = useContext(Context);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (!value) throw new Error("usePreferences needs PreferencesProvider around it");
  return { ...value, scheme: colorScheme satisfies Scheme, onScheme: setColorScheme };
}
