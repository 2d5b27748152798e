import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  beginImport,
  finishImport,
  rowsMax,
  sendRows,
  takenTypes,
  undoImport,
  type ImportRun,
  type TakenType,
} from "#product/clinic/imports/contract.ts";
import { FileProblem, shownName, thingAt, unknownPath } from "./file-problem.ts";
import type { Call } from "./import-feedback.ts";
import { linesOf, type FileLine } from "./ndjson.ts";

/** Text of lines in one call: the door takes 1 MB of JSON, in which quotes are doubled. */
const chunkBytesMax = 400_000;

/** How far an import is, in lines. */
export type Progress = { done: number; total: number; file: string };

type Found = { path: string; name: string; type: string; lines: number };

const problems = {
  none: (path: string) =>
    new FileProblem("file.none", {
      uk: `У ${path} немає файлів .ndjson чи .ndjson.gz.`,
      en: `There are no .ndjson or .ndjson.gz files in ${path}.`,
    }),
  nothing: () =>
    new FileProblem("file.nothing-taken", {
      uk: "Жоден файл не містить ресурсів, які беруться.",
      en: "No file holds resources that are taken.",
    }),
};

function filesIn(path: string): string[] {
  const thing = thingAt(path);
  if (thing === undefined) throw unknownPath(path);
  if (thing !== "folder") return [path];
  const names = readdirSync(path).filter((name) => /\.ndjson(?:\.gz)?$/.test(name));
  if (names.length === 0) throw problems.none(path);
  return names.sort().map((name) => join(path, name));
}

const typeIn = (text: string): string | undefined => /"resourceType"\s*:\s*"([A-Za-z]{1,64})"/.exec(text)?.[1];

/** Reads every file once before anything is written: one that is cut or damaged is named while the database is untouched, and the number
 *  of lines tells how long it will take. */
async function survey(path: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const file of filesIn(path)) {
    const name = shownName(file);
    const byName = takenTypes.find((type) => name.startsWith(`${type}.`));
    let type: string | undefined = byName;
    let lines = 0;
    for await (const { text } of linesOf(file, name)) {
      lines++;
      type ??= typeIn(text);
    }
    if (lines > 0) found.push({ path: file, name, lines, type: type ?? "?" });
  }
  return found;
}

async function* chunksOf(file: Found): AsyncGenerator<FileLine[]> {
  let chunk: FileLine[] = [];
  let bytes = 0;
  for await (const one of linesOf(file.path, file.name)) {
    if (chunk.length === rowsMax || (chunk.length > 0 && bytes + one.text.length > chunkBytesMax)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(one);
    bytes += one.text.length;
  }
  if (chunk.length > 0) yield chunk;
}

const isTaken = (type: string): type is TakenType => takenTypes.some((taken) => taken === type);

function inOrder(files: readonly Found[]): { taken: (Found & { type: TakenType })[]; notTaken: Map<string, number> } {
  const notTaken = new Map<string, number>();
  const taken: (Found & { type: TakenType })[] = [];
  for (const file of files) {
    const { type } = file;
    if (isTaken(type)) taken.push({ ...file, type });
    else notTaken.set(type, (notTaken.get(type) ?? 0) + file.lines);
  }
  // who is pointed to comes first
  taken.sort((a, b) => takenTypes.indexOf(a.type) - takenTypes.indexOf(b.type));
  return { taken, notTaken };
}

/** Imports a folder of FHIR R4 resources in lines (bulk export), or one file. A run that breaks midway ends as failed; what went in can
 *  be taken back by its id. Throws {@link FileProblem}, and whatever `call` throws. */
export async function importFhir(o: {
  path: string;
  call: Call;
  source?: string;
  dryRun?: boolean;
  progress?: (at: Progress) => void;
}): Promise<ImportRun> {
  const { taken, notTaken } = inOrder(await survey(o.path));
  if (taken.length === 0) throw problems.nothing();
  const total = taken.reduce((sum, { lines }) => sum + lines, 0);
  const { id } = await o.call(beginImport, {
    body: {
      fileName: shownName(o.path),
      source: o.source ?? "fhir",
      dryRun: o.dryRun ?? false,
      notTaken: [...notTaken].map(([type, lines]) => ({ type, lines })),
    },
  });
  let done = 0;
  try {
    for (const file of taken)
      for await (const rows of chunksOf(file)) {
        await o.call(sendRows, { params: { id }, body: { type: file.type, file: file.name, rows } });
        done += rows.length;
        o.progress?.({ done, total, file: file.name });
      }
  } catch (error) {
    const failed = error instanceof Error && "code" in error ? String(error.code).slice(0, 100) : "service.unexpected";
    // whatever stopped it, the run must not stay open; the first error is the one to tell
    await o.call(finishImport, { params: { id }, body: { failed } }).catch(() => {});
    throw error;
  }
  return o.call(finishImport, { params: { id }, body: {} });
}

/** Takes a run back, step by step. */
export async function undoFhir(o: { id: string; call: Call }): Promise<ImportRun> {
  for (;;) {
    const run = await o.call(undoImport, { params: { id: o.id }, body: {} });
    if (run.state === "undone") return run;
  }
}
