import { useEffect, useRef } from "react";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./field.css";

export type FieldProblem = { field: string; text: string };

type ErrorSummaryProps = {
  /** In the order of the fields on the page; `field` is the id of the input. */
  problems: readonly FieldProblem[];
  /** Grows with each refused attempt, so that focus comes back on the second one as well. */
  attempt?: number;
};

/** After a refused form: takes the focus and links to each field with the same words that stand beside it. */
export function ErrorSummary({ problems, attempt = 0 }: ErrorSummaryProps) {
  const t = useWords(kitWords);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (problems.length === 0) return null;
  const go = (field: string) => {
    const input = document.getElementById(field);
    input?.focus();
    input?.scrollIntoView({ block: "center" });
  };
  return (
    <div className="q-error-summary" role="alert" tabIndex={-1} ref={box}>
      <h2>{t.fixErrors(problems.length)}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.field}>
            <a
              href={`#${problem.field}`}
              onClick={(event) => {
                event.preventDefault();
                go(problem.field);
              }}
            >
              {problem.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
