import { once } from "node:events";
import type { Both, Language } from "#core/contract/words.ts";

export type ExitCode = 0 | 1 | 2 | 3;

/** Where a command speaks: results on `out`, everything about the work itself on `err`. */
export type Terminal = {
  language: Language;
  /** Results as JSON, for programs. */
  json: boolean;
  isTerminal: boolean;
  colours: boolean;
  /** Settles when the reader has room again: a long export waits for a slow disk. */
  out: (text: string) => Promise<void>;
  err: (text: string) => void;
  stdin: NodeJS.ReadableStream;
  env: NodeJS.ProcessEnv;
};

/** Language of the person's environment; English when it says none we speak. */
export const languageOf = (env: NodeJS.ProcessEnv): Language =>
  (env.LC_ALL || env.LC_MESSAGES || env.LANG || "").startsWith("uk") ? "uk" : "en";

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { env, stdout, stderr, stdin } = process;
  // a reader that went away (`| head`) ends the command, it is no fault of ours
  stdout.on("error", () => process.exit(0));
  return {
    language: languageOf(env),
    json: false,
    isTerminal: stderr.isTTY,
    colours: stderr.isTTY && !env.NO_COLOR && env.TERM !== "dumb",
    out: async (text) => {
      if (!stdout.write(text)) await once(stdout, "drain");
    },
    err: (text) => void stderr.write(text),
    stdin,
    env,
  };
}

export const say = ({ language }: Terminal, both: Both): string => both[language];

/** Something failed that a person can mend: what, why and how to fix it, by its code. */
export function sayFailure(terminal: Terminal, o: { code: string; text: Both }): Promise<void> | void {
  if (terminal.json) return terminal.out(`${JSON.stringify({ error: { code: o.code, ...o.text } })}\n`);
  const code = terminal.colours ? `\u001b[31m${o.code}\u001b[0m` : o.code;
  return terminal.err(`${code}  ${say(terminal, o.text)}\n`);
}

const barWidth = 24;
/** Without a terminal a plain line comes so often, in ms: a log stays short. */
const plainEvery = 2000;
const paintEvery = 100;

/** A progress line on `err`: rows a second and the time left. In a terminal it is drawn anew in place, elsewhere it is a line now and then. */
export function openProgress(terminal: Terminal): {
  at: (done: number, total: number, what: string) => void;
  end: () => void;
} {
  const began = performance.now();
  let last = 0;
  let painted = false;
  const words = {
    uk: { rows: "рядків/с", left: "лишилося" },
    en: { rows: "rows/s", left: "left" },
  }[terminal.language];
  const at = (done: number, total: number, what: string): void => {
    const now = performance.now();
    if (done < total && now - last < (terminal.isTerminal ? paintEvery : plainEvery)) return;
    last = now;
    const rate = done / Math.max(0.001, (now - began) / 1000);
    const left = Math.ceil((total - done) / Math.max(1, rate));
    const facts = `${done}/${total} · ${Math.round(rate)} ${words.rows} · ${words.left} ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} · ${what}`;
    if (!terminal.isTerminal) return terminal.err(`${facts}\n`);
    const full = Math.round((barWidth * done) / Math.max(1, total));
    painted = true;
    terminal.err(`\r\u001b[2K[${"█".repeat(full)}${"·".repeat(barWidth - full)}] ${facts}`);
  };
  return {
    at: (done, total, what) => {
      if (!terminal.json) at(done, total, what);
    },
    end: () => {
      if (painted) terminal.err("\n");
    },
  };
}
