import { useHotkeys } from "#web/kit/hotkeys.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { useArrival, usePageKeys } from "./arrival.ts";
import { appWords } from "./app-words.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { DemoBar } from "./demo-bar.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { Palette } from "./palette.tsx";
import { Rail } from "./rail.tsx";
import type { ShellProps } from "./shell-types.ts";
import { TopBar } from "./top-bar.tsx";
import "./shell.css";

const railKey = "qms.rail";

/** On paper alone: whose page it is, when it was printed and by whom. */
function PrintHead({ clinic, person }: { clinic: string; person: string }) {
  const t = useWords(appWords);
  const format = useFormat();
  const now = useNow();
  return (
    <div className="q-print-head" aria-hidden>
      <b>{clinic}</b>
      <span>{t.printed(`${format.fullDay(now)}, ${format.time(now)}`, person)}</span>
    </div>
  );
}

/** The frame of the staff app: rail, top bar, palette, phone bar; screens stand inside. */
export function Shell(props: ShellProps) {
  const t = useWords(appWords);
  const [closed, setClosed] = useState(() => props.railClosed ?? localStorage.getItem(railKey) === "closed");
  const [finding, setFinding] = useState(false);
  const [creating, setCreating] = useState(false);
  const [helping, setHelping] = useState(false);
  const toggleRail = () => {
    localStorage.setItem(railKey, closed ? "open" : "closed");
    setClosed(!closed);
  };
  useArrival();
  usePageKeys();
  useHotkeys([
    ["mod+k", () => setFinding(true)],
    ["/", () => setFinding(true)],
    ["c", () => setCreating(true)],
    ["[", toggleRail],
    ["?", () => setHelping(true)],
    ["mod+shift+l", props.onLock],
  ]);
  return (
    <div className="q-shell" data-rail={closed ? "closed" : "open"}>
      <a className="q-skip" href="#content">
        {t.skip}
      </a>
      <Rail
        clinic={props.clinic}
        nav={props.nav}
        closed={closed}
        onToggle={toggleRail}
        demo={props.demo !== undefined}
      />
      <div className="q-main">
        <TopBar
          shell={props}
          creating={creating}
          onCreating={setCreating}
          onFind={() => setFinding(true)}
          onHelp={() => setHelping(true)}
        />
        {props.notice}
        <PrintHead clinic={props.clinic.name} person={props.person.name} />
        <main id="content" tabIndex={-1}>
          {props.children}
        </main>
        {props.demo && <DemoBar {...props.demo} />}
      </div>
      <BottomBar nav={props.phoneNav} all={props.nav} create={props.create} />
      <HelpDialog open={helping} onClose={() => setHelping(false)} preferences={props.preferences} />
      <Palette open={finding} onClose={() => setFinding(false)} find={props.find} />
    </div>
  );
}
