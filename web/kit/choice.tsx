import { Checkbox, Radio, Switch as MantineSwitch } from "@mantine/core";
import { useId, type ComponentProps } from "react";
import { FieldError } from "./field.tsx";
import "./field.css";

type CheckProps = { label: string; checked: boolean; onChange: (checked: boolean) => void; error?: string } & Pick<
  ComponentProps<"input">,
  "id" | "name"
>;

/** One thing that is so or not so; saved with its form. */
export function Check({ label, checked, onChange, error, ...rest }: CheckProps) {
  return (
    <Checkbox
      {...rest}
      label={label}
      checked={checked}
      error={error ? <FieldError>{error}</FieldError> : undefined}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** One thing that acts at once, without a form. */
export function Switch({ label, checked, onChange, ...rest }: CheckProps) {
  return (
    <MantineSwitch
      {...rest}
      label={label}
      checked={checked}
      withThumbIndicator={false}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

type OptionsProps<V extends string> = {
  label: string;
  options: readonly { value: V; label: string }[];
  value: V | null;
  onChange: (value: V) => void;
  error?: string;
};

/** One of a few, all in view. */
export function Options<V extends string>({ label, options, value, onChange, error }: OptionsProps<V>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="q-options-legend">{label}</legend>
      <div className="q-options">
        {options.map((option) => (
          <Radio
            key={option.value}
            name={name}
            label={option.label}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
        ))}
      </div>
      {error && (
        <div className="q-bad q-meta" role="alert">
          <FieldError>{error}</FieldError>
        </div>
      )}
    </fieldset>
  );
}

/** Two to four views of the same thing, side by side in one frame. */
export function Segments<V extends string>({ label, options, value, onChange }: OptionsProps<V>) {
  const name = useId();
  return (
    <div className="q-segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}
