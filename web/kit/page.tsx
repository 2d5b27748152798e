import { IconChevronRight } from "@tabler/icons-react";
import { useEffect, type ReactNode } from "react";
import { Go } from "./go.tsx";
import { Icon } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./page.css";

export type PageTab = { key: string; label: string; to?: string; count?: number; alarm?: boolean; onOpen?: () => void };

type PageProps = {
  title: string;
  /** Document title when the heading is not enough; after a refused form it starts with "Помилка:". */
  documentTitle?: string;
  code?: string;
  remark?: ReactNode;
  tag?: ReactNode;
  actions?: ReactNode;
  trail?: readonly { label: string; to?: string }[];
  tabs?: { label: string; current: string; all: readonly PageTab[]; after?: ReactNode };
  /** Stands between head and tabs: a stepper. */
  under?: ReactNode;
  side?: { label: string; content: ReactNode; width?: 304 | 320 | 336 };
  /** Fixed at the foot of the sheet: the totals line of a register. */
  foot?: ReactNode;
  children: ReactNode;
};

/** One sheet: head with at most one tag and the primary action last, tabs, content, side column. */
export function Page(props: PageProps) {
  const { title, documentTitle, side, foot, children } = props;
  useEffect(() => {
    document.title = `${documentTitle ?? title} · QMS`;
  }, [documentTitle, title]);
  return (
    <>
      <div className="q-page" data-side={side ? (side.width ?? 304) : undefined} data-scroll-restoration-id="page">
        <div className="q-sheet">
          <Head {...props} />
          <div className="q-content">{children}</div>
        </div>
        {side && (
          <aside className="q-side" aria-label={side.label}>
            {side.content}
          </aside>
        )}
      </div>
      {foot && <div className="q-page-foot">{foot}</div>}
    </>
  );
}

function Head({ title, code, remark, tag, actions, trail, tabs, under }: PageProps) {
  return (
    <header className="q-head" data-trail={trail ? true : undefined} data-tabs={tabs ? true : undefined}>
      {trail && <Trail steps={trail} />}
      <div className="q-head-row">
        <h1 tabIndex={-1}>{title}</h1>
        {code && <span className="q-code q-head-code">{code}</span>}
        {remark && <span className="q-muted">{remark}</span>}
        {tag}
        {actions && <div className="q-head-actions q-no-print">{actions}</div>}
      </div>
      {under}
      {tabs && <Tabs {...tabs} />}
    </header>
  );
}

function Trail({ steps }: { steps: NonNullable<PageProps["trail"]> }) {
  const t = useWords(kitWords);
  return (
    <nav className="q-trail q-no-print" aria-label={t.breadcrumb}>
      <ol>
        {steps.map((step, at) => (
          <li key={step.label}>
            {at > 0 && <Icon of={IconChevronRight} size={14} />}
            {step.to ? <Go to={step.to}>{step.label}</Go> : <span aria-current="page">{step.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Parts of one thing, each with its own address; they are links, so that they can be opened beside and kept. */
export function Tabs({ label, current, all, after }: NonNullable<PageProps["tabs"]>) {
  return (
    <nav className="q-tabs q-no-print" aria-label={label}>
      {all.map((tab) => {
        const inside = (
          <>
            {tab.label}
            {tab.count !== undefined && (
              <span className="q-tab-count" data-alarm={tab.alarm || undefined}>
                {tab.count}
              </span>
            )}
          </>
        );
        const state = { className: "q-tab", "aria-current": tab.key === current ? ("page" as const) : undefined };
        return tab.to ? (
          <Go key={tab.key} to={tab.to} exact {...state}>
            {inside}
          </Go>
        ) : (
          <button type="button" key={tab.key} onClick={tab.onOpen} {...state}>
            {inside}
          </button>
        );
      })}
      {after}
    </nav>
  );
}
