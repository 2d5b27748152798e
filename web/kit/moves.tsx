import { useId } from "react";
import { Button, type ButtonKind } from "./button.tsx";
import type { IconType } from "./icon.tsx";
import "./page.css";

/** One move of a lifecycle as this person may make it now. */
export type Move = {
  name: string;
  label: string;
  run: () => void;
  icon?: IconType;
  keys?: string;
  danger?: boolean;
  /** Why not now; the button stays in view, and this stands under it. */
  reason?: string;
  busy?: boolean;
};

/** The next steps of a case. The first allowed one is primary, last in the row; the others are plain. */
export function Moves({ moves, label, primary = true }: { moves: readonly Move[]; label: string; primary?: boolean }) {
  const id = useId();
  const main = primary ? moves.find((move) => !move.reason && !move.danger) : undefined;
  const inOrder = main ? [...moves.filter((move) => move !== main), main] : moves;
  const kindOf = (move: Move): ButtonKind => (move === main ? "primary" : move.danger ? "danger" : "plain");
  const refused = moves.filter((move) => move.reason);
  return (
    <div className="q-moves" role="group" aria-label={label}>
      <div className="q-row">
        {inOrder.map((move) => (
          <Button
            key={move.name}
            kind={kindOf(move)}
            icon={move.icon}
            keys={move.keys}
            busy={move.busy}
            off={move.reason !== undefined}
            aria-describedby={move.reason ? `${id}-${move.name}` : undefined}
            onClick={move.run}
          >
            {move.label}
          </Button>
        ))}
      </div>
      {refused.map((move) => (
        <p className="q-meta" id={`${id}-${move.name}`} key={move.name}>
          {move.label}: {move.reason}
        </p>
      ))}
    </div>
  );
}
