import { stripVTControlCharacters } from "node:util";

/** How many tests passed and failed; a cancelled test failed. */
export type Tally = { passed: number; failed: number };

/** Reads node:test's closing lines (`ℹ pass 3`). A run that failed without a failed test (a crash, a hang, no summary) counts as one. */
export function tallyOf(output: string, ok: boolean): Tally {
  const sum = (word: string): number =>
    [...stripVTControlCharacters(output).matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, "gm"))].reduce(
      (all, [, n]) => all + Number(n),
      0,
    );
  const failed = sum("fail") + sum("cancelled");
  return { passed: sum("pass"), failed: failed === 0 && !ok ? 1 : failed };
}

export const addUp = (parts: readonly Tally[]): Tally => ({
  passed: parts.reduce((all, { passed }) => all + passed, 0),
  failed: parts.reduce((all, { failed }) => all + failed, 0),
});
