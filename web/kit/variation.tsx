import { useId, type ReactNode } from "react";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./marks.css";

/** What a control chart says of the last points: which way, and whether that is good. */
export type Variation =
  | "common"
  | "better-high"
  | "better-low"
  | "worse-high"
  | "worse-low"
  | "neutral-high"
  | "neutral-low";
/** Whether the process can be relied on to meet its target. */
export type Assurance = "pass" | "fail" | "mixed" | "none";

const stroke = { fill: "none", strokeLinecap: "round", strokeLinejoin: "round" } as const;

// An arrow, never a letter: Н (нижче) looks like H (high). The triangle never turns over.
const arrow = (up: boolean, y: number) => (
  <path
    d={up ? `M12 ${y + 4}v-8m-3.2 3.2L12 ${y - 4}l3.2 3.2` : `M12 ${y - 4}v8m-3.2-3.2L12 ${y + 4}l3.2-3.2`}
    {...stroke}
    stroke="var(--q-on-mark)"
    strokeWidth="2"
  />
);

const shapes = {
  better: <circle cx="12" cy="12" r="11" fill="var(--q-better)" />,
  worse: (
    <path
      d="M12 1.8 23 21.4H1z"
      fill="var(--q-worse)"
      stroke="var(--q-worse)"
      strokeWidth="1.6"
      strokeLinejoin="round"
    />
  ),
  neutral: (
    <path d="M12 1l11 11-11 11L1 12z" fill="var(--q-neutral)" stroke="var(--q-neutral)" strokeLinejoin="round" />
  ),
};

function variationShape(of: Variation): ReactNode {
  if (of === "common") {
    return (
      <>
        <circle cx="12" cy="12" r="10.2" {...stroke} stroke="var(--q-common)" strokeWidth="1.75" />
        <path d="M5.6 13.6l3.2-3.4 2.6 3.2 3.4-4.4 3.6 4.4" {...stroke} stroke="var(--q-common)" strokeWidth="1.75" />
      </>
    );
  }
  const up = of.endsWith("high");
  if (of.startsWith("better"))
    return (
      <>
        {shapes.better}
        {arrow(up, 12)}
      </>
    );
  if (of.startsWith("worse"))
    return (
      <>
        {shapes.worse}
        {arrow(up, 14.4)}
      </>
    );
  return (
    <>
      {shapes.neutral}
      {arrow(up, 12)}
    </>
  );
}

const square = (fill: string) => <rect x="1.5" y="1.5" width="21" height="21" rx="5" fill={fill} />;
const outline = (dash?: string) => (
  <rect
    x="2"
    y="2"
    width="20"
    height="20"
    rx="5"
    {...stroke}
    stroke="var(--q-common)"
    strokeWidth="1.75"
    strokeDasharray={dash}
  />
);

const assuranceShapes: Record<Assurance, ReactNode> = {
  pass: (
    <>
      {square("var(--q-better)")}
      <path d="M6.8 12.4l3.6 3.6 7-7.6" {...stroke} stroke="var(--q-on-mark)" strokeWidth="2.2" />
    </>
  ),
  fail: (
    <>
      {square("var(--q-worse)")}
      <path d="M7.6 7.6l8.8 8.8m0-8.8l-8.8 8.8" {...stroke} stroke="var(--q-on-mark)" strokeWidth="2.2" />
    </>
  ),
  mixed: (
    <>
      {outline()}
      <path d="M5 12h14" {...stroke} stroke="var(--q-common)" strokeWidth="1.5" strokeDasharray="0.1 3" />
      <path
        d="M5.2 14.6c1.4 0 1.6-6.2 3.6-6.2s2.4 7.6 4.4 7.6 2-7 5.6-7"
        {...stroke}
        stroke="var(--q-common)"
        strokeWidth="1.75"
      />
    </>
  ),
  none: (
    <>
      {outline("3 3")}
      <path d="M8.4 12h7.2" {...stroke} stroke="var(--q-common)" strokeWidth="1.75" />
    </>
  ),
};

function MarkIcon({ title, size, children }: { title: string; size: number; children: ReactNode }) {
  const id = useId();
  return (
    <svg className="q-mark" width={size} height={size} viewBox="0 0 24 24" role="img" aria-labelledby={id}>
      <title id={id}>{title}</title>
      {children}
    </svg>
  );
}

/** Ring common cause, disc improvement, triangle concern, diamond neutral; the arrow is the direction. */
export function VariationIcon({ of, size = 24 }: { of: Variation; size?: 16 | 24 }) {
  const words = useWords(kitWords).variation;
  return (
    <MarkIcon title={words[of]} size={size}>
      {variationShape(of)}
    </MarkIcon>
  );
}

/** Rounded square: tick pass, cross fail, wave hit-or-miss, dashed no target. */
export function AssuranceIcon({ of, size = 24 }: { of: Assurance; size?: 16 | 24 }) {
  const words = useWords(kitWords).assurance;
  return (
    <MarkIcon title={words[of]} size={size}>
      {assuranceShapes[of]}
    </MarkIcon>
  );
}
