import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { CopyButton } from "#web/kit/copy-button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { Drawer, WaitingDrawer } from "#web/kit/drawer.tsx";
import { Facts } from "#web/kit/facts.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { Suspense, useState } from "react";
import { readImport, type ImportRun } from "../contract.ts";
import { importWords } from "../words.ts";
import { useUndo } from "./use-undo.ts";
import "./imports.css";

type Props = { id: string; onClose: () => void };

/** One run: its counts, what was refused and how to mend it, what is not taken, and undoing. */
export function RunDrawer(props: Props) {
  return (
    <Suspense fallback={<WaitingDrawer onClose={props.onClose} />}>
      <Opened {...props} />
    </Suspense>
  );
}

function Opened({ id, onClose }: Props) {
  const t = useWords(importWords);
  const slug = useSlug();
  const run = useLoaded(readImport, { params: { id } });
  return (
    <Drawer
      open
      onClose={onClose}
      title={run.fileName}
      aside={<span className="q-muted">{run.dryRun ? t.dry : t.states[run.state]}</span>}
      foot={<UndoFoot run={run} />}
    >
      <RunFacts run={run} />
      <ByType run={run} />
      <Faults run={run} />
      <Remarks run={run} />
      <CopyButton text={`npx qms import undo ${run.id} --clinic ${slug}`} label={t.copyUndo} />
    </Drawer>
  );
}

function RunFacts({ run }: { run: ImportRun }) {
  const t = useWords(importWords);
  const format = useFormat();
  const { counts } = run;
  return (
    <Facts
      rows={[
        [t.kind, t.kinds[run.kind]],
        [t.source, run.source],
        [t.when, format.dayTime(run.startedAt)],
        [t.read, format.number(counts.read)],
        [t.created, format.number(counts.created)],
        [t.updated, format.number(counts.updated)],
        [t.skipped, format.number(counts.skipped)],
        [t.refused, format.number(counts.refused)],
        ...(run.failed ? [[t.failedWhy, run.failed] as const] : []),
        ...(run.undo
          ? [
              [
                t.states.undone,
                t.undoneCounts(format.number(run.undo.removed), format.number(run.undo.restored)),
              ] as const,
            ]
          : []),
      ]}
    />
  );
}

type TypeRow = ImportRun["byType"][number];

function ByType({ run }: { run: ImportRun }) {
  const t = useWords(importWords);
  const format = useFormat();
  if (run.byType.length === 0) return null;
  const word = (type: string) => (type in t.types ? t.types[type as keyof typeof t.types] : type); // checked by `in`
  const count = (key: "created" | "updated" | "refused"): Column<TypeRow> => ({
    key,
    head: t[key],
    right: true,
    width: 84,
    render: (row) => format.number(row[key]),
  });
  return (
    <Section title={t.byType}>
      <Table
        label={t.byType}
        rows={run.byType}
        columns={[
          { key: "type", head: t.type, names: true, render: (row) => word(row.type) },
          count("created"),
          count("updated"),
          count("refused"),
        ]}
        keyOf={(row) => row.type}
        nameOf={(row) => word(row.type)}
        rowHeight={32}
      />
    </Section>
  );
}

/** Refused lines, together where one mending helps all of them, with some to look at. */
function Faults({ run }: { run: ImportRun }) {
  const t = useWords(importWords);
  const format = useFormat();
  const { language } = useLanguage();
  return (
    <Section title={t.faults} remark={run.counts.refused > 0 ? t.lines(run.counts.refused) : undefined}>
      {run.faults.length === 0 && <p className="q-muted">{t.noFaults}</p>}
      {run.faults.length > 0 && <p className="q-meta">{t.faultsWhy}</p>}
      <ul className="q-faults">
        {run.faults.map((fault) => (
          <li key={fault.group}>
            <p>
              <span className="q-name">{fault[language]}</span> <span>{format.number(fault.n)}</span>
            </p>
            <ul className="q-meta">
              {fault.samples.map((sample) => (
                <li key={`${sample.file} ${sample.line} ${sample.field}`}>
                  {t.sample(sample.file, format.number(sample.line))}{" "}
                  <code>{[sample.code, sample.field].filter(Boolean).join(" ")}</code>
                  {sample.found !== undefined && ` ${t.found(sample.found)}`}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Remarks({ run }: { run: ImportRun }) {
  const t = useWords(importWords);
  const format = useFormat();
  const { language } = useLanguage();
  return (
    <>
      {run.notTaken.length > 0 && (
        <Section title={t.notTaken}>
          <p className="q-meta">{t.notTakenWhy}</p>
          <Facts rows={run.notTaken.map(({ type, lines }) => [type, format.number(lines)] as const)} />
        </Section>
      )}
      {run.notes.length > 0 && (
        <Section title={t.notes}>
          <Facts rows={run.notes.map((note) => [note[language], format.number(note.n)] as const)} />
        </Section>
      )}
      {run.undo && run.undo.leftCount > 0 && (
        <Section title={t.leftTitle} remark={format.number(run.undo.leftCount)}>
          <ul className="q-meta">
            {run.undo.left.map((left) => (
              <li key={left.id}>
                <code>
                  {left.thing} {left.id}
                </code>{" "}
                {t.leftWhy[left.why]}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

/** Undoing, with its last day; nothing for a check, which wrote nothing. */
function UndoFoot({ run }: { run: ImportRun }) {
  const t = useWords(importWords);
  const format = useFormat();
  const now = useNow();
  const [asking, setAsking] = useState(false);
  if (run.dryRun || run.state === "undone" || run.state === "running") return null;
  if (run.undoUntil && new Date(run.undoUntil) < now) return <span className="q-muted">{t.undoLate}</span>;
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {run.state === "undoing" ? t.undoMore : t.undo}
      </Button>
      {run.undoUntil && <span className="q-muted">{t.undoUntil(format.dayTime(run.undoUntil))}</span>}
      {asking && <UndoDialog run={run} onClose={() => setAsking(false)} />}
    </>
  );
}

function UndoDialog({ run, onClose }: { run: ImportRun; onClose: () => void }) {
  const t = useWords(importWords);
  const toast = useToast();
  const { undo, busy, refused } = useUndo(run);
  const send = async () => {
    if (!(await undo())) return;
    toast.show({ text: t.undone });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.undoTitle(run.fileName)}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="danger-fill" busy={busy} onClick={() => void send()}>
            {t.undo}
          </Button>
        </>
      }
    >
      <p>{t.undoWhat}</p>
      <Refusal refused={refused} />
    </Dialog>
  );
}
