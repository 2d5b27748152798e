import type { ImportRun } from "#product/clinic/imports/contract.ts";
import { readImport } from "#product/clinic/imports/contract.ts";
import { undoFeedbackImport, type ImportRun as FeedbackRun } from "#product/feedback/surveys/contract.ts";
import type { Command } from "../command.ts";
import { importFeedback } from "../import-feedback.ts";
import { importFhir, undoFhir } from "../import-fhir.ts";
import { inClinic } from "../open-act.ts";
import { optionsOf } from "../options.ts";
import { openProgress, say, type ExitCode, type Terminal } from "../terminal.ts";
import { UsageProblem } from "../usage.ts";

const words = {
  uk: {
    dry: "Проба, нічого не записано.",
    counts: "прочитано {read}, створено {created}, змінено {updated}, пропущено {skipped}, відхилено {refused}",
    notTaken: "ще не береться:",
    notes: "варто знати:",
    undo: "Скасувати можна 7 днів: qms import undo {id} --clinic {clinic}",
    undone: "скасовано: вилучено {removed}, повернуто {restored}, лишилося {left}",
    changedSince: "змінено тут після імпорту",
    inUse: "на нього спирається інше",
    noted: "прочитано {read}, створено {created}, відомі {known}, відхилено {refused}",
  },
  en: {
    dry: "A dry run: nothing was written.",
    counts: "read {read}, created {created}, updated {updated}, skipped {skipped}, refused {refused}",
    notTaken: "not taken yet:",
    notes: "worth knowing:",
    undo: "It can be undone for 7 days: qms import undo {id} --clinic {clinic}",
    undone: "undone: removed {removed}, restored {restored}, left {left}",
    changedSince: "changed here since",
    inUse: "something leans on it",
    noted: "read {read}, created {created}, known {known}, refused {refused}",
  },
};

const filled = (text: string, facts: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));

/** A run as a person reads it: counts, kinds, then what to mend. */
async function tellRun(terminal: Terminal, run: ImportRun, clinic: string): Promise<void> {
  if (terminal.json) return terminal.out(`${JSON.stringify(run)}\n`);
  const t = words[terminal.language];
  const lines = [
    ...(run.dryRun ? [t.dry] : []),
    filled(t.counts, run.counts),
    ...run.byType.map((of) => `  ${of.type.padEnd(17)} ${filled(t.counts, of)}`),
  ];
  if (run.notTaken.length > 0)
    lines.push(`${t.notTaken} ${run.notTaken.map(({ type, lines: n }) => `${type} ${n}`).join(", ")}`);
  if (run.notes.length > 0) lines.push(t.notes, ...run.notes.map((note) => `  ${say(terminal, note)}: ${note.n}`));
  for (const fault of run.faults)
    lines.push(
      `${fault.n} × ${say(terminal, fault)}`,
      ...fault.samples.map(
        ({ file, line, code, field, found }) => `  ${file}:${line} ${code} ${field}${found ? ` (${found})` : ""}`,
      ),
    );
  if (!run.dryRun) lines.push(filled(t.undo, { id: run.id, clinic }));
  await terminal.out(`${lines.join("\n")}\n`);
}

const codeOf = (refused: number): ExitCode => (refused > 0 ? 3 : 0);

export const importFhirCommand: Command = {
  name: "import fhir",
  usage: "import fhir PATH --clinic SLUG [--dry-run] [--source NAME] [--as LOGIN]",
  about: {
    uk: "Бере вивантаження FHIR R4 (.ndjson, .ndjson.gz) з теки.",
    en: "Takes a FHIR R4 bulk export (.ndjson, .ndjson.gz) from a folder.",
  },
  run: async (given, setting) => {
    const { plain, texts, flags } = optionsOf(given, {
      plain: 1,
      texts: ["clinic", "source", "as"],
      flags: ["dry-run"],
    });
    const [path = ""] = plain;
    if (texts.source !== undefined && !/^[a-z0-9][a-z0-9.-]{0,39}$/.test(texts.source))
      throw new UsageProblem("--source: a-z 0-9 . - (≤ 40)");
    const { terminal } = setting;
    return inClinic(setting, { clinic: texts.clinic, as: texts.as }, async (act) => {
      const progress = openProgress(terminal);
      try {
        const run = await importFhir({
          path,
          call: act,
          dryRun: flags["dry-run"],
          progress: ({ done, total, file }) => progress.at(done, total, file),
          ...(texts.source ? { source: texts.source } : {}),
        });
        progress.end();
        await tellRun(terminal, run, texts.clinic ?? "");
        return codeOf(run.counts.refused);
      } finally {
        progress.end();
      }
    });
  },
};

async function tellFeedback(terminal: Terminal, run: FeedbackRun): Promise<void> {
  if (terminal.json) return terminal.out(`${JSON.stringify(run)}\n`);
  const t = words[terminal.language];
  const lines = [...(run.dryRun ? [t.dry] : []), filled(t.noted, run.counts)];
  for (const fault of run.faults)
    lines.push(`${fault.n} × ${say(terminal, fault)} ${fault.rows.slice(0, 3).join(", ")}`);
  await terminal.out(`${lines.join("\n")}\n${run.id}\n`);
}

export const importFeedbackCommand: Command = {
  name: "import feedback",
  usage: "import feedback FILE --clinic SLUG [--dry-run] [--day YYYY-MM-DD] [--source NAME] [--as LOGIN]",
  about: { uk: "Бере таблицю відповідей пацієнтів (CSV).", en: "Takes a table of patients' answers (CSV)." },
  run: async (given, setting) => {
    const { plain, texts, flags } = optionsOf(given, {
      plain: 1,
      texts: ["clinic", "day", "source", "as"],
      flags: ["dry-run"],
    });
    const [path = ""] = plain;
    return inClinic(setting, { clinic: texts.clinic, as: texts.as }, async (act) => {
      const run = await importFeedback({
        path,
        call: act,
        dryRun: flags["dry-run"],
        ...(texts.day ? { day: texts.day } : {}),
        ...(texts.source ? { source: texts.source } : {}),
      });
      await tellFeedback(setting.terminal, run);
      return codeOf(run.counts.refused);
    });
  },
};

export const importUndoCommand: Command = {
  name: "import undo",
  usage: "import undo RUN --clinic SLUG [--as LOGIN]",
  about: {
    uk: "Скасовує імпорт; змінене після нього лишається і називається.",
    en: "Takes an import back; what was changed since stays and is named.",
  },
  run: async (given, setting) => {
    const { plain, texts } = optionsOf(given, { plain: 1, texts: ["clinic", "as"] });
    const [id = ""] = plain;
    const { terminal } = setting;
    return inClinic(setting, { clinic: texts.clinic, as: texts.as }, async (act) => {
      const before = await act(readImport, { params: { id } });
      if (before.kind === "feedback") {
        await tellFeedback(terminal, await act(undoFeedbackImport, { params: { id }, body: {} }));
        return 0;
      }
      const run = await undoFhir({ id, call: act });
      const left = run.undo?.left ?? [];
      if (terminal.json) await terminal.out(`${JSON.stringify(run)}\n`);
      else {
        const t = words[terminal.language];
        const { removed = 0, restored = 0, leftCount = 0 } = run.undo ?? {};
        const lines = left.map(
          ({ thing, id: of, why }) => `  ${thing} ${of}: ${why === "in-use" ? t.inUse : t.changedSince}`,
        );
        await terminal.out([filled(t.undone, { removed, restored, left: leftCount }), ...lines, ""].join("\n"));
      }
      return left.length > 0 ? 3 : 0;
    });
  },
};
