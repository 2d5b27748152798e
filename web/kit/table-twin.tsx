import { useId, useState, type ReactNode } from "react";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./table.css";

/** A chart and its table: the same numbers, one press away, and both on paper. */
export function TableTwin({ chart, table, open = false }: { chart: ReactNode; table: ReactNode; open?: boolean }) {
  const t = useWords(kitWords);
  const id = useId();
  const [shown, setShown] = useState(open);
  return (
    <div>
      {chart}
      <button
        type="button"
        className="q-text-button q-no-print"
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setShown(!shown)}
      >
        {shown ? t.hideTable : t.showTable}
      </button>
      <div id={id} className="q-twin" data-shown={shown || undefined}>
        {table}
      </div>
    </div>
  );
}
