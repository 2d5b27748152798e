import { Kbd } from "#web/kit/button.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { useWords } from "#web/kit/words.ts";
import { Modal } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useId, useState, type KeyboardEvent } from "react";
import { appWords } from "./app-words.ts";
import type { PaletteEntry, PaletteGroup, ShellProps } from "./shell-types.ts";
import "./palette.css";

type PaletteProps = { open: boolean; onClose: () => void; find: ShellProps["find"] };

/** Find a thing or do one: 640 wide, 96 from the top, arrows and Enter; `#` code, `>` command. */
export function Palette({ open, onClose, find }: PaletteProps) {
  const t = useWords(appWords);
  return (
    <Modal
      opened={open}
      onClose={onClose}
      size={640}
      yOffset={96}
      radius={12}
      padding={0}
      withCloseButton={false}
      // As in Dialog: nothing to lock, and the lock's style element would be refused.
      lockScroll={false}
      transitionProps={{ duration: 120 }}
      classNames={{ content: "q-palette", body: "q-palette-body" }}
    >
      <Modal.Title className="q-hidden">{t.palette}</Modal.Title>
      <Search onClose={onClose} find={find} />
    </Modal>
  );
}

function Search({ onClose, find }: Omit<PaletteProps, "open">) {
  const t = useWords(appWords);
  const id = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const groups = find(query);
  const entries = groups.flatMap((group) => group.entries);
  const chosen = entries[Math.min(active, entries.length - 1)];
  const run = (entry: PaletteEntry) => {
    onClose();
    entry.run();
  };
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      setActive((at) => (at + step + entries.length) % entries.length);
    }
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      run(chosen);
    }
  };
  const optionId = (entry: PaletteEntry) => `${id}-${entry.id}`;
  return (
    <>
      <div className="q-palette-search">
        <Icon of={IconSearch} />
        <input
          role="combobox"
          aria-label={t.search}
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && optionId(chosen)}
          aria-autocomplete="list"
          placeholder={t.search}
          data-autofocus
          value={query}
          onKeyDown={walk}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
        />
        <span className="q-meta q-palette-hint">{t.searchHint}</span>
      </div>
      <Results {...{ groups, id, chosen, optionId, run }} label={t.palette} />
      <p className="q-palette-foot q-meta" role="status">
        {entries.length === 0 ? t.nothing : t.paletteKeys}
      </p>
    </>
  );
}

type ResultsProps = {
  groups: readonly PaletteGroup[];
  id: string;
  label: string;
  chosen: PaletteEntry | undefined;
  optionId: (entry: PaletteEntry) => string;
  run: (entry: PaletteEntry) => void;
};

function Results({ groups, id, label, chosen, optionId, run }: ResultsProps) {
  return (
    <div className="q-palette-list" role="listbox" id={`${id}-list`} aria-label={label}>
      {groups.map((group) => (
        <div role="group" aria-label={group.label} key={group.label}>
          <div className="q-palette-group" aria-hidden>
            {group.label}
          </div>
          {group.entries.map((entry) => (
            <div
              key={entry.id}
              role="option"
              id={optionId(entry)}
              aria-selected={entry === chosen}
              className="q-palette-row"
              ref={(row) => {
                if (entry === chosen) row?.scrollIntoView({ block: "nearest" });
              }}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => run(entry)}
            >
              {entry.icon && <Icon of={entry.icon} />}
              <span className="q-cut">{entry.label}</span>
              {entry.why && <span className="q-meta">{entry.why}</span>}
              {entry.keys && <Kbd>{entry.keys}</Kbd>}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
