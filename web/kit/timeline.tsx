import type { ReactNode } from "react";
import { Icon, type IconType } from "./icon.tsx";
import { Person } from "./person.tsx";
import "./timeline.css";

export type TimelineEntry = {
  id: string;
  /** Day or hour, already written: "12 сер", "15:20". */
  when: string;
  /** Second line of the time, in meta: the hour under a day. */
  hour?: string;
  title: ReactNode;
  icon?: IconType;
  who?: string;
  code?: ReactNode;
  aside?: ReactNode;
  body?: ReactNode;
};

/** What happened, in order. Slim (side column): time, who or a dot, words. Wide: icons, line, details. */
export function Timeline({
  entries,
  label,
  wide = false,
}: {
  entries: readonly TimelineEntry[];
  label: string;
  wide?: boolean;
}) {
  return (
    <ol className="q-timeline" data-wide={wide || undefined} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} className="q-keep">
          <span className="q-timeline-when">
            {entry.when}
            {entry.hour && <span className="q-meta">{entry.hour}</span>}
          </span>
          <span className="q-timeline-mark">
            {entry.icon ? (
              <Icon of={entry.icon} />
            ) : entry.who ? (
              <Person name={entry.who} />
            ) : (
              <span className="q-timeline-dot" />
            )}
          </span>
          <div className="q-timeline-body">
            <div className="q-timeline-head">
              <span className={wide ? "q-name" : undefined}>{entry.title}</span>
              {entry.code}
              {entry.aside && <span className="q-timeline-aside">{entry.aside}</span>}
            </div>
            {entry.body && <div>{entry.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
