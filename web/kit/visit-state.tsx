import type { ReactNode } from "react";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./marks.css";

export type VisitState = "planned" | "confirmed" | "arrived" | "in-room" | "done" | "no-show" | "cancelled" | "held";

const line = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.75,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const glyphs: Record<VisitState, ReactNode> = {
  planned: <circle cx="6" cy="6" r="4.6" {...line} />,
  confirmed: <path d="M2 6.6l2.6 2.6L10 3.4" {...line} />,
  arrived: <path d="M1.5 6h8.6M6.8 2.6L10.2 6 6.8 9.4" {...line} strokeWidth={2} />,
  "in-room": <circle cx="6" cy="6" r="5" fill="currentColor" />,
  done: <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" fill="currentColor" />,
  "no-show": <path d="M2.5 2.5l7 7m0-7l-7 7" {...line} />,
  cancelled: <path d="M1.5 6h9" {...line} strokeWidth={2} />,
  held: (
    <>
      <circle cx="6" cy="6" r="4.6" {...line} strokeWidth={1.5} />
      <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill="currentColor" />
    </>
  ),
};

/** The 12 px glyph of a visit's state, for cards; the word goes with it wherever there is room. */
export function VisitGlyph({ state }: { state: VisitState }) {
  return (
    <svg className="q-visit-glyph" data-visit={state} width="12" height="12" viewBox="0 0 12 12" aria-hidden>
      {glyphs[state]}
    </svg>
  );
}

/** Glyph and word; `silent` keeps the word for screen readers alone. */
export function VisitStateMark({ state, silent = false }: { state: VisitState; silent?: boolean }) {
  const word = useWords(kitWords).visit[state];
  return (
    <span className="q-visit">
      <VisitGlyph state={state} />
      <span className={silent ? "q-hidden" : undefined}>{word}</span>
    </span>
  );
}
