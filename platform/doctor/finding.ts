import type { Both } from "#core/contract/words.ts";

export type State = "ok" | "attention" | "failed";
/** One line of the examination: what was found and, where something is wrong, why it matters and how to fix it. */
export type Finding = { code: string; state: State; what: Both; why?: Both; fix?: Both };

export const ok = (code: string, what: Both): Finding => ({ code, state: "ok", what });
