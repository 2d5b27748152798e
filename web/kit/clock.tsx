import type { ReactNode } from "react";
import "./marks.css";

type ClockProps = {
  name: string;
  /** What stands right: "до 22 гру", or "за 45 хв" once stopped. */
  when: ReactNode;
  state: "running" | "today" | "past" | "stopped";
  /** Share of the time used, in [0, 1]. */
  used: number;
};

/** One of a case's deadlines: name, date, and how much of the time is gone. */
export function Clock({ name, when, state, used }: ClockProps) {
  const share = state === "past" || state === "stopped" ? 1 : Math.min(Math.max(used, 0), 1);
  return (
    <div className="q-clock" data-state={state}>
      <div className="q-clock-head">
        <span>{name}</span>
        <span className="q-clock-when">{when}</span>
      </div>
      <svg className="q-clock-bar" width="100%" height="4" aria-hidden>
        <rect className="q-track" width="100%" height="4" rx="2" />
        <rect className="q-fill" width={`${share * 100}%`} height="4" rx="2" />
      </svg>
    </div>
  );
}
