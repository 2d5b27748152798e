import { fromBase64, toBase64 } from "#core/proof/bytes.ts";
import type { Hash } from "./tree.ts";

/** What a checkpoint says: whose log, how many entries, which root. `extension` lines are kept and signed but mean nothing here. */
export type Checkpoint = {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Hash;
  readonly extension?: readonly string[];
};

const SIZE_MAX = (1n << 64n) - 1n;

/** Origin of a clinic's log: `<host at creation>/ledger/<clinic id>`. The host is the one of the day the log began: moving the
 *  product to another address must not make a new log. */
export const originOf = (host: string, clinicId: string): string => `${host}/ledger/${clinicId}`;

/** Text of a checkpoint, to be signed as a note: origin, size in decimal, root in base64, a line each.
 *  Throws RangeError for an empty or many-lined origin, a size outside 0 … 2^64 − 1 or a root that is not 32 bytes.
 *  Source: C2SP tlog-checkpoint. */
export function formatCheckpoint({ origin, size, root, extension = [] }: Checkpoint): string {
  const lines = [origin, ...extension];
  if (lines.some((line) => line === "" || /[\p{Cc}]/u.test(line)))
    throw new RangeError("a checkpoint line is empty or broken");
  if (size < 0n || size > SIZE_MAX || root.length !== 32)
    throw new RangeError(`checkpoint of ${size} with ${root.length} bytes`);
  return `${[origin, size.toString(), toBase64(root), ...extension].join("\n")}\n`;
}

/** Reads the text of a checkpoint; undefined for another form (leading zeros, root of another length, empty lines).
 *  Source: C2SP tlog-checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  if (!text.endsWith("\n")) return undefined;
  const [origin, sizeText, rootText, ...extension] = text.slice(0, -1).split("\n");
  if (origin === undefined || sizeText === undefined || rootText === undefined) return undefined;
  if (origin === "" || extension.includes("") || !/^(?:0|[1-9]\d{0,19})$/.test(sizeText)) return undefined;
  const size = BigInt(sizeText);
  const root = fromBase64(rootText);
  if (size > SIZE_MAX || root?.length !== 32) return undefined;
  return extension.length === 0 ? { origin, size, root } : { origin, size, root, extension };
}
