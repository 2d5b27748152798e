import { Fragment, type ReactNode } from "react";
import { Kbd } from "./button.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./table.css";

/** The line under a register, always there: how many of how many, sums in words, and its keys. */
export function Totals({ parts }: { parts: readonly ReactNode[] }) {
  const t = useWords(kitWords);
  return (
    <>
      <p className="q-totals">
        {parts.map((part, at) => (
          <Fragment key={at}>
            {at > 0 && <span aria-hidden>·</span>}
            <span>{part}</span>
          </Fragment>
        ))}
      </p>
      <span className="q-totals-keys q-no-print">
        <Kbd>J</Kbd>
        <Kbd>K</Kbd>
        {t.keys.row}
        <Kbd>X</Kbd>
        {t.keys.select}
        <Kbd>Enter</Kbd>
        {t.keys.open}
      </span>
    </>
  );
}
