import { useId, type ReactNode } from "react";
import "./page.css";

type SectionProps = {
  /** A part that a refusal may lead to: it can be scrolled to and take the focus. */
  id?: string;
  title: string;
  remark?: ReactNode;
  aside?: ReactNode;
  rule?: boolean;
  children: ReactNode;
};

/** A part of a page: a 28 px head with its remark on the line and a link at the right edge. */
export function Section({ id: part, title, remark, aside, rule, children }: SectionProps) {
  const id = useId();
  return (
    <section
      className="q-section"
      data-rule={rule || undefined}
      aria-labelledby={id}
      id={part}
      tabIndex={part ? -1 : undefined}
    >
      <div className="q-section-head">
        <h2 id={id}>{title}</h2>
        {remark && <span className="q-section-remark">{remark}</span>}
        {aside && <span className="q-section-aside">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
