import type { ReactNode } from "react";
import "./page.css";

export type Fact = readonly [label: string, value: ReactNode];

/** Name and value, a pair a row: for side columns and drawers. */
export function Facts({ rows }: { rows: readonly Fact[] }) {
  return (
    <dl className="q-facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Names above values in columns: the triage grid of a case. */
export function FactGrid({ rows }: { rows: readonly Fact[] }) {
  return (
    <dl className="q-fact-grid">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export type Figure = {
  label: string;
  value: ReactNode;
  remark?: ReactNode;
  hero?: boolean;
  /** A sign and its word, not a number. */ plain?: boolean;
  tone?: "bad" | "muted";
};

/** Numbers with what they mean above and their denominator below; at most one of them is `hero`. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="q-figures">
      {figures.map((figure) => (
        <div key={figure.label}>
          <dt className="q-meta">{figure.label}</dt>
          <dd
            className={figure.plain ? "q-figure-plain" : figure.hero ? "q-number-hero" : "q-number"}
            data-tone={figure.tone}
          >
            {figure.value}
          </dd>
          {figure.remark && <dd className="q-meta">{figure.remark}</dd>}
        </div>
      ))}
    </dl>
  );
}
