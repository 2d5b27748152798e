import { accessSync, constants, statSync } from "node:fs";
import { basename } from "node:path";
import { excerpt } from "#core/contract/excerpt.ts";

/** A file that cannot be read as what it should be: what it is instead, and what to do. */
export class FileProblem extends Error {
  readonly code: string;
  readonly uk: string;
  constructor(code: string, words: { uk: string; en: string }) {
    super(words.en);
    this.name = "FileProblem";
    this.code = code;
    this.uk = words.uk;
  }
}

const problems = {
  unknown: (path: string) =>
    new FileProblem("file.unknown", { uk: `Немає файла чи теки ${path}.`, en: `There is no file or folder ${path}.` }),
  otherThing: (path: string) =>
    new FileProblem("file.not-a-file", {
      uk: `${path} не файл. Назвіть сам файл, а теку чи пристрій із таким ім'ям приберіть.`,
      en: `${path} is no file. Name the file itself, and move a folder or device of such a name away.`,
    }),
  unreadable: (path: string) =>
    new FileProblem("file.unreadable", {
      uk: `${path} не дає себе прочитати. Надайте право читання.`,
      en: `${path} cannot be read. Give the right to read it.`,
    }),
};

/** What lies under a path, links followed; undefined where there is nothing, or a link into nothing. */
export function thingAt(path: string): "file" | "folder" | "other" | undefined {
  try {
    const about = statSync(path);
    return about.isFile() ? "file" : about.isDirectory() ? "folder" : "other";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EACCES") throw problems.unreadable(path);
    return undefined;
  }
}

/** Throws {@link FileProblem} for a folder, for a device or pipe (reading one would never end), and where there is nothing. */
export function demandFile(path: string): void {
  const thing = thingAt(path);
  if (thing === undefined) throw problems.unknown(path);
  if (thing !== "file") throw problems.otherThing(path);
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw problems.unreadable(path);
  }
}

export const unknownPath = problems.unknown;

/** A file's name as a run shows it: whatever bytes it has, and not longer than a line. */
export const shownName = (path: string): string => excerpt(basename(path).trim(), 200) || "-";
