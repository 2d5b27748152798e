import { Fragment, type ReactNode } from "react";
import { Kbd } from "./button.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./table.css";

type TotalsProps = {
  parts: readonly ReactNode[];
  /** What its table's keys do: nothing, walk and open, or choose as well. */
  keys?: "none" | "open" | "choose";
};

/** The line under a register, always there: how many of how many, sums in words, and its keys. */
export function Totals({ parts, keys = "choose" }: TotalsProps) {
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
      {keys !== "none" && (
        <span className="q-totals-keys q-no-print">
          <Kbd>J</Kbd>
          <Kbd>K</Kbd>
          {t.keys.row}
          {keys === "choose" && (
            <>
              <Kbd>X</Kbd>
              {t.keys.select}
            </>
          )}
          <Kbd>Enter</Kbd>
          {t.keys.open}
        </span>
      )}
    </>
  );
}
