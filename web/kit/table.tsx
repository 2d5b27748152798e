import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useHotkeys } from "./hotkeys.ts";
import { useWords } from "./words.ts";
import "./table.css";

export type Column<Row> = {
  key: string;
  head: string;
  /** Drawn instead of `head`, which stays its name: the scale over a column of intervals. */
  headView?: ReactNode;
  render: (row: Row) => ReactNode;
  /** Numbers and dates stand right, text left. */
  right?: boolean;
  /** px; a column without one takes what is left, and a title should be it. */
  width?: number;
  sortable?: boolean;
  /** Left out where there is no room for it. */
  from?: "phone" | "tablet" | "desktop";
  /** Names the row for screen readers: one column a table. */
  names?: boolean;
  muted?: boolean;
  /** Takes all spare width and ends in an ellipsis where that is too little: for titles alone, in columns with widths. */
  cut?: boolean;
};

export type Sort = { key: string; descending: boolean };

export type TableProps<Row> = {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  onOpen?: (row: Row) => void;
  /** 32 for registers and matrices, 48 for two lines; else what the person chose. */
  rowHeight?: 32 | 40 | 48;
  /** The rows another person just changed: tinted for two seconds by the caller. */
  touched?: ReadonlySet<string>;
  /** A closing row: the whole clinic under its departments. */
  total?: ReactNode;
  /** J, K, X and Enter act on this table; one table a page. */
  keys?: boolean;
};

/** Rows under a head that stays: sorted by its buttons, walked by J and K, chosen by X, opened by Enter. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, rows, columns, keyOf, selected, rowHeight, total } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(-1);
  const pick = (key: string) => props.onSelect?.(toggled(selected ?? new Set(), key));
  useTableKeys(props, { active, setActive, pick, body });
  return (
    <div className="q-table-box">
      <table
        className="q-table"
        aria-label={label}
        data-pick={props.onSelect || props.touched ? true : undefined}
        data-row={rowHeight}
      >
        <TableHead {...props} />
        <tbody ref={body}>
          {rows.map((row, at) => (
            <TableRow
              key={keyOf(row)}
              {...{ row, columns, pick }}
              table={props}
              active={at === active}
              onActive={() => setActive(at)}
            />
          ))}
        </tbody>
        {total && <tfoot>{total}</tfoot>}
      </table>
    </div>
  );
}

function toggled(selected: ReadonlySet<string>, key: string): Set<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}

type KeyParts = {
  active: number;
  setActive: (at: number) => void;
  pick: (key: string) => void;
  body: { current: HTMLTableSectionElement | null };
};

function useTableKeys<Row>(
  { rows, keyOf, onSelect, keys }: TableProps<Row>,
  { active, setActive, pick, body }: KeyParts,
) {
  const go = (step: number) => {
    const at = Math.min(Math.max(active + step, 0), rows.length - 1);
    setActive(at);
    const row = body.current?.rows[at];
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  };
  useHotkeys(
    [
      ["j", () => go(1)],
      ["k", () => go(-1)],
      [
        "x",
        () => {
          const row = rows[active];
          if (row !== undefined && onSelect) pick(keyOf(row));
        },
      ],
    ],
    keys === true,
  );
}

function TableHead<Row>({ columns, rows, keyOf, selected, onSelect, sort, onSort }: TableProps<Row>) {
  const t = useWords(kitWords);
  const chosen = rows.filter((row) => selected?.has(keyOf(row))).length;
  return (
    <thead>
      <tr>
        {onSelect && (
          <th className="q-pick">
            <Box
              label={t.selectAll}
              checked={rows.length > 0 && chosen === rows.length}
              some={chosen > 0 && chosen < rows.length}
              onChange={() => onSelect(chosen === rows.length ? new Set() : new Set(rows.map(keyOf)))}
            />
          </th>
        )}
        {columns.map((column) => {
          const on = sort?.key === column.key;
          return (
            <th
              key={column.key}
              scope="col"
              data-right={column.right || undefined}
              data-from={column.from}
              style={column.width ? { width: column.width } : undefined}
              aria-sort={on ? (sort.descending ? "descending" : "ascending") : undefined}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  className="q-sort"
                  data-on={on || undefined}
                  aria-label={t.sortBy(column.head)}
                  onClick={() => onSort({ key: column.key, descending: on ? !sort.descending : false })}
                >
                  {column.head}
                  {on && <Icon of={sort.descending ? IconArrowDown : IconArrowUp} size={14} />}
                </button>
              ) : column.headView ? (
                <>
                  <span className="q-hidden">{column.head}</span>
                  {column.headView}
                </>
              ) : (
                column.head
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

type RowProps<Row> = {
  row: Row;
  columns: readonly Column<Row>[];
  table: TableProps<Row>;
  pick: (key: string) => void;
  active: boolean;
  onActive: () => void;
};

function TableRow<Row>({ row, columns, table, pick, active, onActive }: RowProps<Row>) {
  const t = useWords(kitWords);
  const key = table.keyOf(row);
  const chosen = table.selected?.has(key) ?? false;
  const openByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.target === event.currentTarget) table.onOpen?.(row);
  };
  return (
    <tr
      tabIndex={table.keys ? (active ? 0 : -1) : undefined}
      data-chosen={chosen || undefined}
      data-touched={table.touched?.has(key) || undefined}
      onFocus={table.keys ? onActive : undefined}
      onKeyDown={table.onOpen ? openByKey : undefined}
    >
      {table.onSelect && (
        <td className="q-pick">
          <Box label={t.selectRow(table.nameOf(row))} checked={chosen} onChange={() => pick(key)} />
        </td>
      )}
      {columns.map((column) => {
        const Cell = column.names ? "th" : "td";
        return (
          <Cell
            key={column.key}
            scope={column.names ? "row" : undefined}
            data-right={column.right || undefined}
            data-from={column.from}
            data-names={column.names || undefined}
            data-muted={column.muted || undefined}
            data-cut={column.cut || undefined}
          >
            {column.render(row)}
          </Cell>
        );
      })}
    </tr>
  );
}

type BoxProps = { label: string; checked: boolean; some?: boolean; onChange: () => void };

function Box({ label, checked, some = false, onChange }: BoxProps) {
  return (
    <label className="q-box">
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={onChange}
        ref={(input) => {
          if (input) input.indeterminate = some;
        }}
      />
    </label>
  );
}
