import { computeCommand } from "./commands/compute.ts";
import { demoResetCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { importFeedbackCommand, importFhirCommand, importUndoCommand } from "./commands/import.ts";
import { ledgerExportCommand, ledgerVerifyCommand } from "./commands/ledger.ts";
import { routesCommand } from "./commands/routes.ts";
import type { Command } from "./command.ts";
import type { Setting } from "./open-act.ts";
import { failureOf } from "./problems.ts";
import { languageOf, say, sayFailure, type ExitCode, type Terminal } from "./terminal.ts";
import { UsageProblem } from "./usage.ts";

const commands: readonly Command[] = [
  doctorCommand,
  routesCommand,
  computeCommand,
  importFhirCommand,
  importFeedbackCommand,
  importUndoCommand,
  ledgerExportCommand,
  ledgerVerifyCommand,
  demoResetCommand,
];

const words = {
  head: {
    uk: "qms КОМАНДА [параметри]. Код завершення: 0 зроблено, 1 невдача, 2 хибний запис, 3 потрібна увага.",
    en: "qms COMMAND [options]. Exit code: 0 done, 1 failed, 2 wrong use, 3 needs attention.",
  },
  common: {
    uk: "Усюди: --json (для програм), --lang uk|en, NO_COLOR=1. Дані: QMS_DATA.",
    en: "Everywhere: --json (for programs), --lang uk|en, NO_COLOR=1. Data: QMS_DATA.",
  },
  unknown: { uk: "Немає такої команди:", en: "There is no such command:" },
};

/** Every command with one line about it. */
export function helpText(terminal: Terminal): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  const lines = commands.map(({ usage, about }) => `  qms ${usage.padEnd(width)}  ${say(terminal, about)}`);
  return `${say(terminal, words.head)}\n\n${lines.join("\n")}\n\n${say(terminal, words.common)}\n`;
}

type Common = { words: string[]; json: boolean; help: boolean; language: "uk" | "en" | undefined };

/** Takes out what every command understands. */
function common(given: readonly string[]): Common {
  const found: Common = { words: [], json: false, help: false, language: undefined };
  for (let at = 0; at < given.length; at++) {
    const word = given[at] ?? "";
    const [name, inline] = word.split("=", 2);
    if (word === "--json") found.json = true;
    else if (word === "--help" || word === "-h") found.help = true;
    else if (name === "--lang") {
      const language = inline ?? given[++at];
      if (language !== "uk" && language !== "en") throw new UsageProblem("--lang uk|en");
      found.language = language;
    } else found.words.push(word);
  }
  return found;
}

/** Finds the command and runs it. Never throws: what went wrong is said in one sentence, with its code and the way out. */
export async function runCommand(given: readonly string[], setting: Setting): Promise<ExitCode> {
  let terminal = setting.terminal;
  let usage = "help";
  try {
    const asked = common(given);
    terminal = { ...terminal, json: asked.json, language: asked.language ?? languageOf(terminal.env) };
    const [first] = asked.words;
    if (first === undefined || first === "help") {
      await terminal.out(helpText(terminal));
      return first === undefined && !asked.help ? 2 : 0;
    }
    const command = commands.find(({ name }) => name.split(" ").every((word, at) => asked.words[at] === word));
    if (!command) throw new UsageProblem(`${say(terminal, words.unknown)} ${asked.words.slice(0, 2).join(" ")}`);
    ({ usage } = command);
    if (asked.help) {
      await terminal.out(`qms ${usage}\n${say(terminal, command.about)}\n`);
      return 0;
    }
    return await command.run(asked.words.slice(command.name.split(" ").length), { ...setting, terminal });
  } catch (error) {
    if (error instanceof UsageProblem) {
      terminal.err(`${error.message}\nqms ${usage}\n`);
      return 2;
    }
    await sayFailure(terminal, failureOf(error));
    return 1;
  }
}
