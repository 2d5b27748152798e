import { createInterface } from "node:readline";
import { readSettings } from "#platform/config/settings.ts";
import { dataVersion } from "#platform/database/bootstrap.ts";
import { holdFolder, runningOn } from "#platform/start/folder.ts";
import { emptyFolder, modeOf } from "#platform/start/reset.ts";
import { CommandProblem } from "../act.ts";
import type { Command } from "../command.ts";
import { demandInstallation } from "../open-tool.ts";
import { optionsOf } from "../options.ts";
import type { Terminal } from "../terminal.ts";

/** What is typed to confirm: one word in either language, so that no keyboard has to be switched. */
const word = "reset";

const words = {
  uk: {
    ask: (data: string) =>
      `Демонстрацію в ${data} буде вилучено з усім, що в неї внесли. Щоб продовжити, введіть ${word}: `,
    done: (data: string) => `Демонстрацію в ${data} вилучено. npm start створить її заново.`,
  },
  en: {
    ask: (data: string) =>
      `The demo in ${data} will be removed with everything entered into it. To go on, type ${word}: `,
    done: (data: string) => `The demo in ${data} is removed. npm start makes it anew.`,
  },
};

const problems = {
  running: (data: string) =>
    new CommandProblem("demo.running", {
      uk: `QMS зараз працює з ${data}. Спершу зупиніть його.`,
      en: `QMS is running on ${data}. Stop it first.`,
    }),
  live: (data: string) =>
    new CommandProblem("demo.live", {
      uk: `У ${data} справжні дані, а не демонстрація: їх ця команда не вилучає. Назвіть теку демонстрації в QMS_DATA.`,
      en: `${data} holds real data and no demo: this command never removes them. Name the demo's folder with QMS_DATA.`,
    }),
  notConfirmed: () =>
    new CommandProblem("demo.not-confirmed", {
      uk: `Не підтверджено, нічого не змінено. Введіть ${word} або додайте --yes.`,
      en: `Not confirmed, nothing was changed. Type ${word}, or add --yes.`,
    }),
};

async function isConfirmed(terminal: Terminal, data: string): Promise<boolean> {
  terminal.err(words[terminal.language].ask(data));
  const lines = createInterface({ input: terminal.stdin });
  try {
    for await (const line of lines) return line.trim().toLowerCase() === word;
    return false;
  } finally {
    lines.close();
  }
}

export const demoResetCommand: Command = {
  name: "demo reset",
  usage: "demo reset [--yes]",
  about: {
    uk: "Вилучає демонстрацію; наступний npm start створить її заново.",
    en: "Removes the demo; the next npm start makes it anew.",
  },
  run: async (given, { terminal }) => {
    const { flags } = optionsOf(given, { plain: 0, flags: ["yes"] });
    const settings = readSettings(terminal.env);
    const { data } = settings;
    demandInstallation(settings);
    if ((await runningOn(data)) !== undefined) throw problems.running(data);
    const held = await holdFolder(data, { version: dataVersion });
    try {
      if ((await modeOf(held)) === "live") throw problems.live(data);
      if (!flags.yes && !(await isConfirmed(terminal, data))) throw problems.notConfirmed();
      emptyFolder(held);
    } finally {
      held.release();
    }
    await terminal.out(
      terminal.json ? `${JSON.stringify({ removed: data })}\n` : `${words[terminal.language].done(data)}\n`,
    );
    return 0;
  },
};
