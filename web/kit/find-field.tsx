import { Select } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { fieldFace, type FieldFace } from "./field.tsx";
import { Icon } from "./icon.tsx";
import "./field.css";

export type Found = { value: string; label: string; hint?: string };

type FindFieldProps = FieldFace & {
  id?: string;
  value: Found | null;
  onChange: (found: Found | null) => void;
  /** What is typed; whoever holds it asks the server. */
  words: string;
  onWords: (words: string) => void;
  found: readonly Found[];
  /** Under the input while nothing is found: what to type, that it is searched, that there is none. */
  empty: string;
};

/** One of very many, found by words on the server; what it stands for is written under each name. */
export function FindField({ value, onChange, words, onWords, found, empty, id, ...face }: FindFieldProps) {
  const all = value && !found.some((one) => one.value === value.value) ? [value, ...found] : [...found];
  // what was chosen stays known to the input, but is no answer to new words
  const listed = new Set(words === value?.label ? all.map((one) => one.value) : found.map((one) => one.value));
  return (
    <Select
      {...fieldFace(face)}
      id={id}
      data={all.map(({ value: key, label }) => ({ value: key, label }))}
      value={value?.value ?? null}
      onChange={(key) => onChange(all.find((one) => one.value === key) ?? null)}
      searchable
      searchValue={words}
      onSearchChange={onWords}
      filter={({ options }) => options.filter((one) => "value" in one && listed.has(one.value))}
      nothingFoundMessage={empty}
      allowDeselect={false}
      autoComplete="off"
      rightSection={<Icon of={IconSearch} size={16} />}
      withCheckIcon={false}
      renderOption={({ option }) => {
        const hint = all.find((one) => one.value === option.value)?.hint;
        return (
          <span className="q-found">
            <span>{option.label}</span>
            {hint && <small className="q-meta">{hint}</small>}
          </span>
        );
      }}
      comboboxProps={{ withinPortal: false, floatingStrategy: "fixed", shadow: "none" }}
    />
  );
}
