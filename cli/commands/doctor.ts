import { examine, exitOf } from "#platform/doctor/examine.ts";
import type { Finding } from "#platform/doctor/finding.ts";
import type { Command } from "../command.ts";
import { reachDatabase, type Reached } from "../open-tool.ts";
import { optionsOf } from "../options.ts";
import { say, type Terminal } from "../terminal.ts";

const colour = { ok: "32", attention: "33", failed: "31" } as const;
const marks = { ok: "✔", attention: "!", failed: "✘" } as const;

function lineOf(terminal: Terminal, { code, state, what, why, fix }: Finding): string {
  const head = `${marks[state]} ${code.padEnd(9)}`;
  const shown = terminal.colours ? `\u001b[${colour[state]}m${head}\u001b[0m` : head;
  const more = [why, fix].flatMap((both) => (both ? [`    ${say(terminal, both)}`] : []));
  return [`${shown} ${say(terminal, what)}`, ...more, ""].join("\n");
}

export const doctorCommand: Command = {
  name: "doctor",
  usage: "doctor [--json]",
  about: {
    uk: "Оглядає інсталяцію, нічого не змінюючи: що не так, чому, як виправити.",
    en: "Examines the installation, changing nothing: what is wrong, why, how to fix it.",
  },
  run: async (given, { terminal, schemaFolders }) => {
    optionsOf(given, { plain: 0 });
    let reached: Reached | undefined;
    try {
      const findings = await examine({
        env: terminal.env,
        folders: schemaFolders,
        reach: async (settings) => (reached = await reachDatabase(settings)),
      });
      if (terminal.json) await terminal.out(`${JSON.stringify({ findings }, null, 2)}\n`);
      else for (const finding of findings) await terminal.out(lineOf(terminal, finding));
      return exitOf(findings);
    } finally {
      await reached?.close();
    }
  },
};
