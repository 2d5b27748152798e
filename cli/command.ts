import type { Both } from "#core/contract/words.ts";
import type { Setting } from "./open-act.ts";
import type { ExitCode } from "./terminal.ts";

/** A command: its words, how it is written, what it does, and the work itself. */
export type Command = {
  name: string;
  usage: string;
  about: Both;
  run: (words: readonly string[], setting: Setting) => Promise<ExitCode>;
};
