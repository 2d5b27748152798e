import type { Command } from "../command.ts";
import { exportLedger } from "../export-ledger.ts";
import { main } from "../ledger-verify.mjs";
import { inClinic } from "../open-act.ts";
import { optionsOf } from "../options.ts";
import { openProgress, type ExitCode } from "../terminal.ts";

export const ledgerExportCommand: Command = {
  name: "ledger export",
  usage: "ledger export --clinic SLUG [--to FILE] [--as LOGIN]",
  about: {
    uk: "Вивантажує журнал доступу у файл, який може перевірити будь-хто.",
    en: "Exports the access ledger to a file that anyone can verify.",
  },
  run: async (given, setting) => {
    const { texts } = optionsOf(given, { plain: 0, texts: ["clinic", "to", "as"] });
    const { terminal } = setting;
    return inClinic<ExitCode>(setting, { clinic: texts.clinic, as: texts.as }, async (act) => {
      const progress = openProgress(terminal);
      const done = await exportLedger({
        act,
        slug: texts.clinic ?? "",
        to: texts.to,
        progress: (at, total) => progress.at(at, total, ""),
      });
      progress.end();
      await terminal.out(
        terminal.json ? `${JSON.stringify(done)}\n` : `${done.file}\n${done.size}\n${done.keys.join("\n")}\n`,
      );
      return 0;
    });
  },
};

export const ledgerVerifyCommand: Command = {
  name: "ledger verify",
  usage: "ledger verify BUNDLE [--since EARLIER] [--key VKEY]…",
  about: {
    uk: "Перевіряє вивантажений журнал, нікому не вірячи на слово.",
    en: "Verifies an exported ledger without trusting anyone.",
  },
  run: async (given, { terminal }) => {
    let written: Promise<void> | undefined;
    // the same file that a clinic keeps a copy of
    const code = await main([...given], (line: string) => {
      written = terminal.out(`${line}\n`);
    });
    await written;
    return code === 0 || code === 2 || code === 3 ? code : 1;
  },
};
