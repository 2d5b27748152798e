import { IconX } from "@tabler/icons-react";
import { Icon, type IconType } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./table.css";

export type BulkMove = { key: string; label: string; icon: IconType; run: () => void };

/** What can be done with the chosen rows; floats above the totals line. `count` is in words: "3 події". */
export function BulkBar({ count, moves, onClear }: { count: string; moves: readonly BulkMove[]; onClear: () => void }) {
  const t = useWords(kitWords);
  return (
    <div className="q-bulk-place q-no-print">
      <div className="q-bulk" role="toolbar" aria-label={count}>
        <span className="q-strong" role="status">
          {count}
        </span>
        {moves.map((move) => (
          <button type="button" key={move.key} onClick={move.run}>
            <Icon of={move.icon} size={18} />
            <span>{move.label}</span>
          </button>
        ))}
        <button type="button" className="q-bulk-close" aria-label={t.clear} onClick={onClear}>
          <Icon of={IconX} size={18} />
        </button>
      </div>
    </div>
  );
}
