import { MantineProvider, type MantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import type { Speech } from "./language.tsx";
import { LanguageProvider } from "./language.tsx";
import { theme, variables } from "./theme.ts";
import { ToastProvider } from "./toast.tsx";
import "./fonts.css";
import "./tokens.css";
import "./mantine.css";
import "./base.css";

/** The nonce the server wrote into the page; without it Mantine's style elements would be refused. */
const styleNonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

/** Everything the kit stands on: look, language, toasts. Stands once, around the app. */
export function KitProvider({
  children,
  scheme = "auto",
  ...speech
}: Speech & { children: ReactNode; scheme?: MantineColorScheme }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      getStyleNonce={styleNonce}
      defaultColorScheme={scheme}
    >
      <LanguageProvider {...speech}>
        <ToastProvider>{children}</ToastProvider>
      </LanguageProvider>
    </MantineProvider>
  );
}
