import { PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { IconAlertCircle, IconChevronDown, IconEye, IconEyeOff } from "@tabler/icons-react";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./field.css";

/** What every field says: its name, a hint, what is wrong, and a word at the right of the name. */
export type FieldFace = {
  label: string;
  hint?: ReactNode;
  error?: string;
  aside?: ReactNode;
  /** 36 px at a desk, 44 px under a finger. */
  size?: "default" | "touch";
};

/** The words under a field that is wrong, with their sign: colour alone would not be seen by all. */
export function FieldError({ children }: { children: string }) {
  return (
    <span className="q-field-error">
      <Icon of={IconAlertCircle} size={14} />
      {children}
    </span>
  );
}

/** Hint and error stand under the input: what one is told after writing is read after writing. */
const order: ("label" | "input" | "description" | "error")[] = ["label", "input", "description", "error"];

/** A field of the kit in the words of Mantine. */
export function fieldFace({ label, hint, error, aside, size = "default" }: FieldFace) {
  return {
    label: <FieldLabel label={label} aside={aside} />,
    description: hint,
    error: error ? <FieldError>{error}</FieldError> : undefined,
    inputWrapperOrder: order,
    "data-size": size,
    withErrorStyles: true,
    className: `q-field q-field-${size}`,
  };
}

function FieldLabel({ label, aside }: { label: string; aside?: ReactNode }) {
  return (
    <>
      <span>{label}</span>
      {aside && <span className="q-field-aside">{aside}</span>}
    </>
  );
}

type TextFieldProps = FieldFace & Omit<ComponentProps<"input">, keyof FieldFace | "color" | "style">;

/** One line of text: name above, hint and error below, both tied to the input. */
export function TextField({ label, hint, error, aside, size, ...rest }: TextFieldProps) {
  return <TextInput {...fieldFace({ label, hint, error, aside, size })} {...rest} />;
}

type TextAreaProps = FieldFace &
  Omit<ComponentProps<"textarea">, keyof FieldFace | "color" | "style" | "value"> & { value: string; most?: number };

/** Several lines; grows with the text; counts what is left once the end (`most`) is near. */
export function TextAreaField({ label, hint, error, aside, size, most, value, ...rest }: TextAreaProps) {
  const t = useWords(kitWords);
  const left = most === undefined ? undefined : most - value.length;
  const near = left !== undefined && most !== undefined && left < Math.max(most / 10, 40);
  return (
    <div>
      <Textarea {...fieldFace({ label, hint, error, aside, size })} autosize minRows={2} value={value} {...rest} />
      <div className="q-counter" data-over={left !== undefined && left < 0 ? true : undefined} role="status">
        {near && left !== undefined ? t.remaining(left) : ""}
      </div>
    </div>
  );
}

function Eye({ reveal }: { reveal: boolean }) {
  return <Icon of={reveal ? IconEyeOff : IconEye} />;
}

type PasswordFieldProps = TextFieldProps & { showLabel: string };

/** A password that can be pasted, filled by a manager, and shown. */
export function PasswordField({ label, hint, error, aside, size, showLabel, ...rest }: PasswordFieldProps) {
  return (
    <PasswordInput
      {...fieldFace({ label, hint, error, aside, size })}
      {...rest}
      visibilityToggleIcon={Eye}
      visibilityToggleButtonProps={{ "aria-label": showLabel, tabIndex: 0 }}
    />
  );
}

type ChoiceFieldProps = FieldFace & {
  options: readonly { value: string; label: string }[];
  value: string | null;
  onChange: (value: string | null) => void;
  id?: string;
  placeholder?: string;
  searchable?: boolean;
  nothing?: string;
};

/** Options a searched list draws: who sees this many types on. */
const searchedMost = 100;

/** One of many, in a list that opens; searchable from about eight options on. */
export function ChoiceField({
  label,
  hint,
  error,
  aside,
  size,
  options,
  searchable,
  nothing,
  ...rest
}: ChoiceFieldProps) {
  return (
    <Select
      {...fieldFace({ label, hint, error, aside, size })}
      {...rest}
      data={options.map((option) => ({ ...option }))}
      searchable={searchable}
      limit={searchable ? searchedMost : Infinity}
      nothingFoundMessage={nothing}
      allowDeselect={false}
      rightSection={<Icon of={IconChevronDown} size={16} />}
      withCheckIcon={false}
      comboboxProps={{ withinPortal: false, floatingStrategy: "fixed", shadow: "none" }}
    />
  );
}
