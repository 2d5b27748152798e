import { DateInput } from "@mantine/dates";
import "@mantine/dates/styles.layer.css";
import dayjs from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat.js";
import "dayjs/locale/uk.js";
import { IconCalendar } from "@tabler/icons-react";
import { FieldError, type FieldFace } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useLanguage } from "./language.tsx";
import { useWords } from "./words.ts";
import "./field.css";

dayjs.extend(customParseFormat);

type DateFieldProps = FieldFace & {
  /** A day of the calendar, `2026-11-24`. */
  value: string | null;
  onChange: (value: string | null) => void;
  id?: string;
  min?: string;
  max?: string;
};

/** A day, typed as 24.11.2026 or chosen. Comes with its own chunk: the calendar is the largest part of the kit. */
export function DateField({ label, hint, error, size = "default", value, onChange, id, min, max }: DateFieldProps) {
  const { language } = useLanguage();
  const t = useWords(kitWords);
  return (
    <DateInput
      id={id}
      className={`q-field q-field-${size}`}
      label={label}
      description={hint}
      error={error ? <FieldError>{error}</FieldError> : undefined}
      inputWrapperOrder={["label", "input", "description", "error"]}
      value={value}
      onChange={onChange}
      minDate={min}
      maxDate={max}
      locale={language}
      valueFormat="DD.MM.YYYY"
      placeholder={t.dateHint}
      firstDayOfWeek={1}
      rightSection={<Icon of={IconCalendar} size={16} />}
    />
  );
}
