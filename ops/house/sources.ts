import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** A text file of the repository; `path` from its root, with `/`. */
export type Source = { path: string; text: string };

/** A broken rule: where, and what is wrong there. */
export type Fault = { path: string; what: string };

const isFile = (path: string): boolean => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false;

/** Files git keeps or would keep (not ignored), sorted, without those just deleted. Throws outside a repository. */
export function listedFiles(): string[] {
  // safe.directory: a pipeline often runs as another user than the one who cloned
  const list = ["-c", `safe.directory=${root}`, "ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const told = spawnSync("git", list, { cwd: root, encoding: "utf8" });
  if (told.status !== 0) throw new Error(`git could not list the files: ${told.stderr}`);
  const paths = new Set(told.stdout.split("\0").filter(Boolean));
  return [...paths].filter((path) => isFile(path)).toSorted();
}

export const isCode = (path: string): boolean => /\.tsx?$/.test(path);

/** Types made from the catalogue by a tool; its style is not ours. */
export const isGenerated = (path: string): boolean =>
  path === "platform/database/types.ts" || path.startsWith("docs/reference/generated/");

export const read = (path: string): Source => ({ path, text: readFileSync(join(root, path), "utf8") });

/** Faults as one readable text; empty when there are none. */
export const listOf = (faults: readonly Fault[]): string =>
  faults.map(({ path, what }) => `${path}: ${what}`).join("\n");
