import { Segments } from "#web/kit/choice.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { OfflineBar } from "#web/kit/offline-bar.tsx";
import { Page } from "#web/kit/page.tsx";
import { useWords } from "#web/kit/words.ts";
import type { ReactNode } from "react";
import { Charts, ChartsSide } from "./kit/charts.tsx";
import { Controls } from "./kit/controls.tsx";
import { Lists } from "./kit/lists.tsx";
import { Marks, Story, StorySide } from "./kit/marks.tsx";
import { Overlays } from "./kit/overlays.tsx";
import { SampleShell } from "./kit/sample-shell.tsx";
import { States } from "./kit/states.tsx";
import { kitPageWords } from "./kit/words.ts";
import { usePreferences } from "./preferences.tsx";
import "./kit/kit.css";

/** The parts of the kit page, each with its own address. */
const parts = ["controls", "marks", "lists", "states", "charts"] as const;
export type KitPart = (typeof parts)[number];
export const isKitPart = (part: string): part is KitPart => parts.some((known) => known === part);

type Content = { main: ReactNode; side?: ReactNode };

const contents: Record<KitPart, () => Content> = {
  controls: () => ({
    main: (
      <>
        <Controls />
        <Overlays />
      </>
    ),
  }),
  marks: () => ({
    main: (
      <>
        <Marks />
        <Story />
      </>
    ),
    side: <StorySide />,
  }),
  lists: () => ({ main: <Lists /> }),
  states: () => ({ main: <States /> }),
  charts: () => ({ main: <Charts />, side: <ChartsSide /> }),
};

/** Every component in every state, in the frame it lives in: what the look is checked against. */
export function KitPage({ part }: { part: KitPart }) {
  const t = useWords(kitPageWords);
  const { language } = useLanguage();
  const set = usePreferences();
  const { main, side } = contents[part]();
  return (
    <SampleShell notice={part === "states" ? <OfflineBar kept={3} /> : undefined}>
      <Page
        title={t.title}
        documentTitle={`${t.title}: ${t[part]}`}
        remark={t.remark}
        actions={
          <>
            <Segments
              label={t.scheme}
              value={set.scheme === "dark" ? "dark" : "light"}
              onChange={set.onScheme}
              options={[
                { value: "light", label: t.light },
                { value: "dark", label: t.dark },
              ]}
            />
            <Segments
              label={t.language}
              value={language}
              onChange={set.onLanguage}
              options={[
                { value: "uk", label: "Українська" },
                { value: "en", label: "English" },
              ]}
            />
          </>
        }
        tabs={{ label: t.title, current: part, all: parts.map((key) => ({ key, label: t[key], to: `/kit/${key}` })) }}
        side={side ? { label: t[part], content: side } : undefined}
      >
        {main}
      </Page>
    </SampleShell>
  );
}
