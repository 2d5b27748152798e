import { toBase64 } from "#core/proof/bytes.ts";
import { TILE_WIDTH, type Tile } from "./tiles.ts";

/** Version word of an export bundle `ledger-<slug>-<size>.ndjson.gz`. */
export const BUNDLE_FORMAT = "qms-ledger-1";

/** One line of a bundle, in this order: header · checkpoints by size (the last one is of the header's size) · before every 256
 *  entries the tile of their leaf hashes, then the entries by seq · rows · end.
 *
 *  A tile line `{"tile":{"l":0,"n":0,"w":256,"d":"…"}}` carries what the log stored beside the entries: with it an edited body
 *  is named exactly, where checkpoints alone tell only the stretch between two of them. Level 0 alone is exported; upper levels
 *  follow from it. `made` is read only after the outbox has been emptied into the log: a later bundle's new entries that
 *  claim a much earlier time are then back-dated. */
export type BundleLine =
  | {
      readonly format: typeof BUNDLE_FORMAT;
      readonly origin: string;
      readonly keys: readonly string[];
      readonly size: bigint;
      /** `2027-01-14T09:10:00.123456Z` */
      readonly made: string;
    }
  | { readonly checkpoint: string }
  | { readonly tile: Tile }
  | { readonly entry: string }
  | { readonly row: { readonly table: string; readonly id: string; readonly ledger_id: string } }
  | { readonly end: { readonly entries: bigint; readonly checkpoints: bigint; readonly rows: bigint } };

/** A line of a bundle as JSON with its newline. Whole numbers are written bare, of any size.
 *  Throws RangeError for a tile of another level than 0 or of a width outside 1 … 256. */
export function writeBundleLine(line: BundleLine): string {
  if ("format" in line) {
    const { format, origin, keys, size, made } = line;
    const text = (value: unknown): string => JSON.stringify(value);
    return `{"format":${text(format)},"origin":${text(origin)},"keys":${text(keys)},"size":${size},"made":${text(made)}}\n`;
  }
  if ("tile" in line) {
    const { level, index, width, data } = line.tile;
    if (level !== 0 || width < 1 || width > TILE_WIDTH) throw new RangeError(`tile of level ${level}, width ${width}`);
    return `{"tile":{"l":0,"n":${index},"w":${width},"d":"${toBase64(data)}"}}\n`;
  }
  if ("end" in line) {
    const { entries, checkpoints, rows } = line.end;
    return `{"end":{"entries":${entries},"checkpoints":${checkpoints},"rows":${rows}}}\n`;
  }
  if ("row" in line) {
    const { table, id, ledger_id } = line.row;
    return `${JSON.stringify({ row: { table, id, ledger_id } })}\n`;
  }
  return `${JSON.stringify("checkpoint" in line ? { checkpoint: line.checkpoint } : { entry: line.entry })}\n`;
}
