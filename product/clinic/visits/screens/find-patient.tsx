import { findPatients } from "#product/clinic/patients/contract.ts";
import { useMaybe } from "#web/client/hooks.ts";
import { FindField, type Found } from "#web/kit/find-field.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { newVisitWords } from "./new-visit-words.ts";

/** Each search is an entry of the ledger, so words go out when the typing pauses, not with each key. */
const pauseMs = 250;
const shortest = 2;

type Props = { value: Found | null; onChange: (found: Found | null) => void; error?: string };

/** A patient by name, phone, card or birth date. */
export function FindPatient({ value, onChange, error }: Props) {
  const t = useWords(newVisitWords);
  const format = useFormat();
  const [words, setWords] = useState(value?.label ?? "");
  const [paused] = useDebouncedValue(words.trim(), pauseMs);
  const asks = paused.length >= shortest && paused !== value?.label;
  const found = useMaybe(findPatients, { body: { words: paused } }, asks);
  const items = asks ? (found?.items ?? []) : [];
  const empty =
    words.trim().length < shortest ? t.typeMore : asks && found && words.trim() === paused ? t.nobody : t.searching;
  return (
    <FindField
      id="patient"
      label={t.patient}
      hint={found?.more && asks ? t.tooMany : t.patientHint}
      {...(error === undefined ? {} : { error })}
      value={value}
      onChange={onChange}
      words={words}
      onWords={setWords}
      empty={empty}
      found={items.map((one) => ({
        value: one.id,
        label: one.name,
        hint: [t.card(one.code, format.fullDay(one.birthDate)), ...(one.deceased ? [t.deceased] : [])].join(", "),
      }))}
    />
  );
}
