import { createInterface } from "node:readline";
import type { Command } from "../command.ts";
import { computeLines } from "../compute.ts";
import { optionsOf } from "../options.ts";

export const computeCommand: Command = {
  name: "compute",
  usage: "compute < LINES",
  about: {
    uk: "Перераховує показники: рядок JSON на запит, рядок JSON на відповідь.",
    en: "Recomputes figures: a line of JSON a question, a line of JSON an answer.",
  },
  run: async (words, { terminal }) => {
    optionsOf(words, { plain: 0 });
    let written: Promise<void> | undefined;
    const lines = createInterface({ input: terminal.stdin, crlfDelay: Infinity });
    const code = await computeLines(lines, (line) => {
      written = terminal.out(`${line}\n`);
    });
    await written;
    return code;
  },
};
