import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import "./marks.css";

/** A date that speaks: plain ahead, amber on the day, red with an icon once past. Never cut. */
export function Due({ state, children }: { state: "ahead" | "today" | "past"; children: ReactNode }) {
  return (
    <span className="q-due" data-state={state}>
      {children}
      {state === "past" && <Icon of={IconAlertCircle} size={16} />}
    </span>
  );
}
