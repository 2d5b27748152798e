import { createReadStream, openSync, readSync, closeSync } from "node:fs";
import { createGunzip } from "node:zlib";
import { lineBytesMax } from "#product/clinic/imports/contract.ts";
import { demandFile, FileProblem } from "./file-problem.ts";

/** A line of a file by its number from 1: its text, or what is wrong with it. */
export type FileLine = { line: number; text: string; fault?: "line.too-long" | "line.encoding" };

const newline = 0x0a;

const problems = {
  archive: (name: string) =>
    new FileProblem("file.archive", {
      uk: `${name}: це архів ZIP, а не рядки JSON. Розпакуйте його й назвіть теку.`,
      en: `${name} is a ZIP archive, not lines of JSON. Unpack it and name the folder.`,
    }),
  utf16: (name: string) =>
    new FileProblem("file.utf-16", {
      uk: `${name} записано в UTF-16. Збережіть його в UTF-8.`,
      en: `${name} is written in UTF-16. Save it as UTF-8.`,
    }),
  truncated: (name: string, line: number) =>
    new FileProblem("file.truncated", {
      uk: `${name} обривається після рядка ${line}: файл gzip неповний. Скопіюйте його заново.`,
      en: `${name} breaks off after line ${line}: the gzip file is not whole. Copy it again.`,
    }),
  damaged: (name: string, line: number) =>
    new FileProblem("file.damaged", {
      uk: `${name} пошкоджено після рядка ${line}: файл gzip не розпаковується. Скопіюйте його заново.`,
      en: `${name} is damaged after line ${line}: the gzip file does not unpack. Copy it again.`,
    }),
};

function firstBytes(path: string): Buffer {
  demandFile(path);
  const bytes = Buffer.alloc(4);
  const file = openSync(path, "r");
  try {
    return bytes.subarray(0, readSync(file, bytes, 0, 4, 0));
  } finally {
    closeSync(file);
  }
}

/** Bytes of a file, unpacked where it is gzip whatever its name. Throws {@link FileProblem}. */
async function* bytesOf(path: string, o: { name: string; at: () => number }): AsyncGenerator<Buffer> {
  const magic = firstBytes(path).toString("hex");
  if (magic.startsWith("504b")) throw problems.archive(o.name);
  if (magic.startsWith("fffe") || magic.startsWith("feff")) throw problems.utf16(o.name);
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const stream = magic.startsWith("1f8b") ? file.pipe(createGunzip()) : file;
  if (stream !== file) file.on("error", (error) => stream.destroy(error));
  try {
    for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "Z_BUF_ERROR") throw problems.truncated(o.name, o.at());
    if (code.startsWith("Z_")) throw problems.damaged(o.name, o.at());
    throw error;
  } finally {
    file.destroy();
  }
}

/** Lines of an NDJSON file, plain or gzip, in bounded memory: a line above the limit is passed over and said. Empty lines count and are
 *  not given. Throws {@link FileProblem} for what is no text at all. */
export async function* linesOf(path: string, name: string): AsyncGenerator<FileLine> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let isTooLong = false;
  const hold = (part: Buffer): void => {
    isTooLong ||= heldBytes + part.length > lineBytesMax;
    held = isTooLong ? [] : [...held, part];
    heldBytes = isTooLong ? 0 : heldBytes + part.length;
  };
  const end = (): FileLine | undefined => {
    line++;
    const whole = Buffer.concat(held);
    const wasTooLong = isTooLong;
    held = [];
    heldBytes = 0;
    isTooLong = false;
    if (wasTooLong) return { line, text: "", fault: "line.too-long" };
    try {
      const text = decoder.decode(whole).trim();
      return text === "" ? undefined : { line, text };
    } catch {
      return { line, text: "", fault: "line.encoding" };
    }
  };
  for await (const piece of bytesOf(path, { name, at: () => line })) {
    let from = 0;
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, from)) {
      hold(piece.subarray(from, at));
      from = at + 1;
      const found = end();
      if (found) yield found;
    }
    hold(piece.subarray(from));
  }
  const last = heldBytes > 0 || isTooLong ? end() : undefined;
  if (last) yield last;
}
