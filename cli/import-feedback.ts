import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import type { BodySent, ParamsSent, ReplyOf, Route } from "#core/contract/route.ts";
import {
  beginFeedbackImport,
  finishFeedbackImport,
  importChunkMax,
  sendFeedbackRows,
  type ImportRun,
} from "#product/feedback/surveys/contract.ts";
import { demandFile, FileProblem, shownName } from "./file-problem.ts";

/** Carries out a route as the person who imports: over HTTP, or by the product's own pipeline. */
export type Call = <R extends Route>(
  route: R,
  input: { params?: ParamsSent<R>; body?: BodySent<R> },
) => Promise<ReplyOf<R>>;

/** A record longer than this is no answer: usually a quote that never closes. */
const recordBytesMax = 10 * 1024 * 1024;
/** Bytes of rows in one call; the door takes 1 MB. */
const chunkBytesMax = 700_000;

const problems = {
  archive: () =>
    new FileProblem("file.archive", {
      uk: "Це архів або книга Excel, а не таблиця CSV. Відкрийте його і збережіть як CSV (UTF-8).",
      en: "This is an archive or an Excel workbook, not a CSV table. Open it and save it as CSV (UTF-8).",
    }),
  utf16: () =>
    new FileProblem("file.utf-16", {
      uk: "Файл записано в UTF-16. Збережіть його як CSV (UTF-8).",
      en: "The file is written in UTF-16. Save it as CSV (UTF-8).",
    }),
  encoding: () =>
    new FileProblem("file.encoding", {
      uk: "Файл не в кодуванні UTF-8 (можливо, Windows-1251) або пошкоджений. Збережіть його як CSV (UTF-8).",
      en: "The file is not UTF-8 (Windows-1251 perhaps), or it is damaged. Save it as CSV (UTF-8).",
    }),
  record: () =>
    new FileProblem("file.long-record", {
      uk: "Один рядок довший за 10 МБ: мабуть, лапки не закрито.",
      en: "One record is over 10 MB: a quote is probably never closed.",
    }),
  columns: (missing: string) =>
    new FileProblem("file.columns", {
      uk: `У першому рядку немає стовпця «${missing}». Потрібні: service, rating; можна: date, comment.`,
      en: `The first line has no column "${missing}". Needed: service, rating; possible: date, comment.`,
    }),
  shape: (line: string) =>
    new FileProblem("file.shape", {
      uk: `Таблицю не вдалося прочитати${line}: лапки стоять не там або не закриті.`,
      en: `The table could not be read${line}: quotes are misplaced or never closed.`,
    }),
  empty: () => new FileProblem("file.empty", { uk: "Файл порожній.", en: "The file is empty." }),
};

const headings = {
  service: ["service", "послуга"],
  rating: ["rating", "score", "оцінка"],
  date: ["date", "дата"],
  comment: ["comment", "коментар"],
} as const;
type Column = keyof typeof headings;

/** Text of the file, piece by piece. Throws FileProblem for what is no UTF-8 text. */
async function* textOf(path: string): AsyncGenerator<string> {
  demandFile(path);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    if (!Buffer.isBuffer(piece)) continue;
    if (isFirst) {
      isFirst = false;
      const magic = piece.toString("hex", 0, 4);
      if (magic.startsWith("504b0304") || magic.startsWith("1f8b") || magic.startsWith("d0cf11e0"))
        throw problems.archive();
      if (magic.startsWith("fffe") || magic.startsWith("feff")) throw problems.utf16();
    }
    yield decoded(decoder, piece);
  }
  if (isFirst) throw problems.empty();
  yield decoded(decoder);
}

function decoded(decoder: TextDecoder, piece?: Buffer): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
  } catch {
    throw problems.encoding();
  }
}

type Row = BodySent<typeof sendFeedbackRows>["rows"][number];

function columnsOf(header: readonly string[]): Map<Column, number> {
  const names = header.map((name) => name.trim().toLocaleLowerCase("uk"));
  const found = new Map<Column, number>();
  for (const column of ["service", "rating", "date", "comment"] as const) {
    const known: readonly string[] = headings[column];
    const at = names.findIndex((name) => known.includes(name));
    if (at >= 0) found.set(column, at);
    else if (column === "service" || column === "rating") throw problems.columns(column);
  }
  return found;
}

/** Gives rows their numbers and keys: a row's fields and how many equal ones stood before it. */
function rowMaker(header: readonly string[]): (record: readonly string[], no: number) => Row {
  const columns = columnsOf(header);
  const seen = new Map<string, number>();
  const longest = { service: 2000, rating: 2000, date: 2000, comment: 20_000 };
  return (record, no) => {
    const line = createHash("sha256").update(record.join("\0")).digest("base64");
    const before = seen.get(line) ?? 0;
    seen.set(line, before + 1);
    const of = (column: Column): string | undefined => {
      const at = columns.get(column);
      return at === undefined ? undefined : (record[at] ?? "").slice(0, longest[column]).toWellFormed();
    };
    const [date, comment] = [of("date"), of("comment")];
    return {
      no,
      key: createHash("sha256").update(`${line}\0${before}`).digest("hex"),
      service: of("service") ?? "",
      rating: of("rating") ?? "",
      ...(date === undefined ? {} : { date }),
      ...(comment === undefined ? {} : { comment }),
    };
  };
}

/** Rows of a table, in chunks the door takes. Line 1 is the header. Throws FileProblem. */
export async function* feedbackChunks(path: string): AsyncGenerator<Row[]> {
  const parser = parse({
    bom: true,
    delimiter: [",", ";", "\t"],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: recordBytesMax,
    info: true,
  });
  const feeding = pipeline(textOf(path), parser);
  // its failure shows in the loop below as well
  feeding.catch(() => {});
  let make: ReturnType<typeof rowMaker> | undefined;
  let chunk: Row[] = [];
  let bytes = 0;
  try {
    for await (const read of parser) {
      const { record, line } = recordOf(read);
      if (!make) {
        make = rowMaker(record);
        continue;
      }
      const row = make(record, line);
      const size = Buffer.byteLength(JSON.stringify(row)) + 1;
      if (chunk.length === importChunkMax || bytes + size > chunkBytesMax) {
        yield chunk;
        chunk = [];
        bytes = 0;
      }
      chunk.push(row);
      bytes += size;
    }
    await feeding;
  } catch (error) {
    throw named(error);
  }
  if (!make) throw problems.empty();
  if (chunk.length > 0) yield chunk;
}

function recordOf(read: unknown): { record: string[]; line: number } {
  if (typeof read === "object" && read !== null && "record" in read && "info" in read && Array.isArray(read.record)) {
    const { info } = read;
    const line = typeof info === "object" && info !== null && "lines" in info ? Number(info.lines) : 1;
    return { record: read.record.map(String), line: Math.max(1, line) };
  }
  throw problems.shape("");
}

function named(error: unknown): unknown {
  if (error instanceof FileProblem || !(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  if (code === "CSV_MAX_RECORD_SIZE") return problems.record();
  if (code.startsWith("CSV_")) return problems.shape("lines" in error ? ` (line ${String(error.lines)})` : "");
  return error;
}

/** Imports a table of answers: begins a run, sends its rows, ends it. The file is read once before anything is written, so one that breaks
 *  midway leaves nothing. A run that cannot go on ends as failed; what went in can be taken back by its id. Throws {@link FileProblem}, and
 *  whatever `call` throws. */
export async function importFeedback(o: {
  path: string;
  call: Call;
  source?: string;
  dryRun?: boolean;
  day?: string;
  unknownServices?: "refuse" | "make";
}): Promise<ImportRun> {
  const { call, path } = o;
  let rows = 0;
  for await (const chunk of feedbackChunks(path)) rows += chunk.length;
  if (rows === 0) throw problems.empty();
  const { id } = await call(beginFeedbackImport, {
    body: {
      fileName: shownName(path),
      source: o.source ?? "csv",
      dryRun: o.dryRun ?? false,
      unknownServices: o.unknownServices ?? "make",
      ...(o.day ? { day: o.day } : {}),
    },
  });
  try {
    for await (const chunk of feedbackChunks(path))
      await call(sendFeedbackRows, { params: { id }, body: { rows: chunk } });
  } catch (error) {
    const failed = error instanceof Error && "code" in error ? String(error.code).slice(0, 100) : "service.unexpected";
    // whatever stopped it, the run must not stay open; the first error is the one to tell
    await call(finishFeedbackImport, { params: { id }, body: { failed } }).catch(() => {});
    throw error;
  }
  return call(finishFeedbackImport, { params: { id }, body: {} });
}
