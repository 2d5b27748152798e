import { IconChevronDown, IconPlus, IconSearch, IconX } from "@tabler/icons-react";
import type { ComponentProps, ReactNode } from "react";
import { Icon, type IconType } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./table.css";

export type FilterChip = {
  key: string;
  name: string;
  value: string;
  onOpen?: () => void;
  /** Absent: the filter can be changed, not lifted (a period). */
  onLift?: () => void;
};

type FilterChipsProps = {
  chips: readonly FilterChip[];
  search?: { label: string; value: string; onChange: (value: string) => void };
  /** Opens the list of filters not yet set. */
  add?: ReactNode;
  onClear?: () => void;
  /** "Не збережено · Зберегти вигляд", when the chips differ from the view. */
  view?: ReactNode;
};

/** Filters as keys and values; the caller keeps them in the address, so that a list can be sent. */
export function FilterChips({ chips, search, add, onClear, view }: FilterChipsProps) {
  const t = useWords(kitWords);
  return (
    <div className="q-filters q-no-print" role="group" aria-label={t.filters}>
      {search && (
        <span className="q-filter-search">
          <Icon of={IconSearch} size={16} />
          <input
            type="search"
            aria-label={search.label}
            placeholder={search.label}
            value={search.value}
            onChange={(event) => search.onChange(event.target.value)}
          />
        </span>
      )}
      {chips.map((chip) => (
        <Chip key={chip.key} chip={chip} />
      ))}
      {add}
      {onClear && chips.some((chip) => chip.onLift) && (
        <button type="button" className="q-text-button q-filter-clear" onClick={onClear}>
          {t.clear}
        </button>
      )}
      {view && <span className="q-filter-view">{view}</span>}
    </div>
  );
}

function Chip({ chip }: { chip: FilterChip }) {
  const t = useWords(kitWords);
  const words = (
    <>
      <span className="q-muted">{chip.name}</span> <span className="q-name">{chip.value}</span>
    </>
  );
  return (
    <span className="q-chip">
      {chip.onOpen ? (
        <button type="button" className="q-chip-open" onClick={chip.onOpen}>
          {words}
          {!chip.onLift && <Icon of={IconChevronDown} size={14} />}
        </button>
      ) : (
        <span className="q-chip-open">{words}</span>
      )}
      {chip.onLift && (
        <button type="button" className="q-chip-lift" aria-label={t.remove(chip.name)} onClick={chip.onLift}>
          <Icon of={IconX} size={14} />
        </button>
      )}
    </span>
  );
}

/** The chip that opens the list of further filters; stands in a Menu as its button and takes what that gives it. */
export function AddFilter({ className, ...rest }: Omit<ComponentProps<"button">, "children">) {
  const t = useWords(kitWords);
  return (
    <button type="button" {...rest} className={`q-chip q-chip-toggle ${className ?? ""}`}>
      <Icon of={IconPlus} size={14} />
      {t.addFilter}
    </button>
  );
}

type ToggleChipProps = { on: boolean; onChange: (on: boolean) => void; icon?: IconType; children: ReactNode };

/** A chip that is on or off: "Лікарі", "Лише вільні", a kind of chart. */
export function ToggleChip({ on, onChange, icon, children }: ToggleChipProps) {
  return (
    <button type="button" className="q-chip q-chip-toggle" aria-pressed={on} onClick={() => onChange(!on)}>
      {icon && <Icon of={icon} size={16} />}
      {children}
    </button>
  );
}
