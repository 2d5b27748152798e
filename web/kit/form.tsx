import { useId, type ReactNode } from "react";
import { FieldError } from "./field.tsx";
import { Icon, type IconType } from "./icon.tsx";
import "./form.css";

type FormProps = { label?: string; onSend: () => void; children: ReactNode };

/** Fields under each other with room between; Ctrl Enter sends from anywhere, also out of a text. */
export function Form({ label, onSend, children }: FormProps) {
  return (
    <form
      className="q-form"
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        onSend();
      }}
    >
      {children}
    </form>
  );
}

/** Fields that belong together, beside each other where there is room. */
export function FormRow({ children }: { children: ReactNode }) {
  return <div className="q-form-row">{children}</div>;
}

/** Two halves of a page beside each other, with a hairline between; under each other on a phone and on paper. */
export function Halves({ left, right }: { left: ReactNode; right: ReactNode }) {
  return (
    <div className="q-halves">
      <div>{left}</div>
      <div>{right}</div>
    </div>
  );
}

type Tile<V extends string> = { value: V; label: string; hint?: string; icon?: IconType };
type TilesProps<V extends string> = {
  label: string;
  hint?: string;
  tiles: readonly Tile<V>[];
  value: V | null;
  onChange: (value: V) => void;
  error?: string | undefined;
  id?: string;
  /** Words under words, the whole width: for choices that need a sentence each. */
  rows?: boolean;
};

/** One of some, each a whole surface to press; arrows walk, as in any group of radios. */
export function Tiles<V extends string>({ label, hint, tiles, value, onChange, error, id, rows }: TilesProps<V>) {
  const name = useId();
  return (
    <fieldset className="q-tiles" data-rows={rows || undefined} id={id} tabIndex={id ? -1 : undefined}>
      <legend>{label}</legend>
      {hint && <p className="q-meta">{hint}</p>}
      <div>
        {tiles.map((tile) => (
          <label key={tile.value} data-on={tile.value === value || undefined}>
            <input
              type="radio"
              name={name}
              value={tile.value}
              checked={tile.value === value}
              onChange={() => onChange(tile.value)}
            />
            {tile.icon && <Icon of={tile.icon} />}
            <span>
              {tile.label}
              {tile.hint && <small className="q-meta">{tile.hint}</small>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <div className="q-bad q-meta">
          <FieldError>{error}</FieldError>
        </div>
      )}
    </fieldset>
  );
}
