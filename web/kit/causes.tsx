import { IconCornerDownRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import "./marks.css";

export type Cause = { id: string; text: ReactNode; mark?: ReactNode; causes?: readonly Cause[] };

/** Five whys as a tree: each cause under what it explains, the last one bold because one acts on it. */
export function Causes({ causes, label }: { causes: readonly Cause[]; label?: string }) {
  return (
    <ul className="q-causes" aria-label={label}>
      {causes.map((cause) => (
        <li key={cause.id}>
          <span className="q-cause" data-root={cause.causes?.length ? undefined : true}>
            {!label && <Icon of={IconCornerDownRight} size={16} />}
            <span>{cause.text}</span>
            {cause.mark}
          </span>
          {cause.causes && cause.causes.length > 0 && <Causes causes={cause.causes} />}
        </li>
      ))}
    </ul>
  );
}
