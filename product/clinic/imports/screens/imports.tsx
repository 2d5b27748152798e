import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { CopyButton } from "#web/kit/copy-button.tsx";
import { Page } from "#web/kit/page.tsx";
import { Section } from "#web/kit/section.tsx";
import { EmptyFirst } from "#web/kit/states.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { Totals } from "#web/kit/totals.tsx";
import { useAddress } from "#web/kit/use-address.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { listImports, type ImportRun } from "../contract.ts";
import { importWords } from "../words.ts";
import { RunDrawer } from "./run-drawer.tsx";
import { useProgress } from "./use-fresh.ts";
import { AnswersUndoContext, type AnswersUndo } from "./use-undo.ts";
import "./imports.css";

/** Everything that came in from other systems: how it went, what must be mended, and the way back. */
export function ImportsScreen({ undoAnswers }: { undoAnswers: AnswersUndo }) {
  const address = useAddress();
  const after = address.get("after");
  const { items, next } = useLoaded(listImports, { query: after ? { after } : {} });
  useProgress(items.some(({ state }) => state === "running" || state === "undoing"));
  const t = useWords(importWords);
  const run = address.get("run");
  return (
    <Page
      title={t.title}
      side={{ label: t.how, width: 336, content: <HowToRun /> }}
      foot={<Totals keys={items.length > 0 ? "open" : "none"} parts={[t.range(items.length)]} />}
    >
      {items.length === 0 ? (
        <EmptyFirst title={t.none}>{t.noneWhy}</EmptyFirst>
      ) : (
        <Runs items={items} beside={run !== undefined} onOpen={(one) => address.set({ run: one.id })} />
      )}
      {next && (
        <div className="q-part-foot q-no-print">
          <Button size="bar" onClick={() => address.set({ after: next })}>
            {t.more}
          </Button>
        </div>
      )}
      <AnswersUndoContext value={undoAnswers}>
        {run && <RunDrawer key={run} id={run} onClose={() => address.set({ run: undefined })} />}
      </AnswersUndoContext>
    </Page>
  );
}

type RunsProps = {
  items: readonly ImportRun[];
  /** A run is open beside the list: there is room for less. */
  beside: boolean;
  onOpen: (run: ImportRun) => void;
};
const narrow = new Set(["what", "state", "created", "refused"]);

function Runs({ items, beside, onOpen }: RunsProps) {
  const t = useWords(importWords);
  const format = useFormat();
  const count = (
    key: "created" | "updated" | "skipped" | "refused",
    from?: "tablet" | "desktop",
  ): Column<ImportRun> => ({
    key,
    head: t[key],
    width: 88,
    right: true,
    ...(from ? { from } : {}),
    render: (run) => format.number(run.counts[key]),
  });
  const columns: Column<ImportRun>[] = [
    {
      key: "what",
      head: t.what,
      names: true,
      render: (run) => (
        <button type="button" className="q-run-name" onClick={() => onOpen(run)}>
          {run.fileName}
        </button>
      ),
    },
    { key: "kind", head: t.kind, width: 150, from: "tablet", muted: true, render: (run) => t.kinds[run.kind] },
    { key: "when", head: t.when, width: 120, from: "tablet", render: (run) => format.dayTime(run.startedAt) },
    {
      key: "state",
      head: t.state,
      width: 150,
      render: (run) =>
        run.state === "running" ? t.progress(format.number(run.counts.read)) : run.dryRun ? t.dry : t.states[run.state],
    },
    count("created"),
    count("updated", "desktop"),
    count("skipped", "desktop"),
    count("refused", "tablet"),
  ];
  return (
    <Table
      label={t.title}
      rows={items}
      columns={beside ? columns.filter(({ key }) => narrow.has(key)) : columns}
      keyOf={(run) => run.id}
      nameOf={(run) => run.fileName}
      rowHeight={40}
      keys
      onOpen={onOpen}
    />
  );
}

/** The commands with the clinic's own address filled in. */
function HowToRun() {
  const t = useWords(importWords);
  const slug = useSlug();
  const fhir = `npx qms import fhir PATH --clinic ${slug} --dry-run`;
  const feedback = `npx qms import feedback FILE.csv --clinic ${slug} --dry-run`;
  return (
    <Section title={t.how}>
      <div className="q-run-how">
        <p>{t.howFhir}</p>
        <Command text={fhir} />
        <p>{t.howFeedback}</p>
        <Command text={feedback} />
        <p className="q-muted">{t.howDry}</p>
      </div>
    </Section>
  );
}

function Command({ text }: { text: string }) {
  const t = useWords(importWords);
  return (
    <div className="q-run-command">
      <code>{text}</code>
      <CopyButton text={text} label={t.copy} />
    </div>
  );
}
