import type { ReactNode } from "react";
import { Icon, type IconType } from "./icon.tsx";
import "./page.css";

export type Cell = {
  key: string;
  icon: IconType;
  label: string;
  value: ReactNode;
  /** Under the number: "прострочено, ще 6". */
  remark: ReactNode;
  /** Seven days as bars, or nothing. */
  chart?: ReactNode;
  /** Only what is past due is red. */
  bad?: boolean;
};

/** Up to five counts in a row, divided by hairlines: the first band of a home page, the health of a server. */
export function Cells({ cells, label }: { cells: readonly Cell[]; label: string }) {
  return (
    <ul className="q-cells" aria-label={label}>
      {cells.map((cell) => (
        <li key={cell.key}>
          <span className="q-cell-label">
            <Icon of={cell.icon} />
            {cell.label}
          </span>
          <span className="q-cell-value">
            <span className={cell.bad ? "q-number q-bad" : "q-number"}>{cell.value}</span>
            {cell.chart}
          </span>
          <span className="q-meta">{cell.remark}</span>
        </li>
      ))}
    </ul>
  );
}
