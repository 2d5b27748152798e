import { createWriteStream, renameSync, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { writeBundleLine, BUNDLE_FORMAT } from "#core/ledger/bundle.ts";
import { fromBase64 } from "#core/proof/bytes.ts";
import { beginExport, entriesPage, exportCheckpoints, exportEntries } from "#product/clinic/ledger/contract.ts";
import type { Act } from "./act.ts";

export type Exported = { file: string; size: number; keys: string[] };

/** Writes a clinic's whole access ledger to a bundle, page by page. The file appears under its name only when it is whole. */
export async function exportLedger(o: {
  act: Act;
  slug: string;
  to?: string | undefined;
  progress?: (done: number, total: number) => void;
}): Promise<Exported> {
  const head = await o.act(beginExport, { body: {} });
  const file = o.to ?? `ledger-${o.slug}-${head.size}.ndjson.gz`;
  const part = `${file}.part`;
  try {
    await pipeline(lines(o.act, head, o.progress), createGzip(), createWriteStream(part, { mode: 0o600 }));
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  return { file, size: head.size, keys: head.keys };
}

type Head = { origin: string; keys: string[]; size: number; made: string };

async function* lines(act: Act, head: Head, progress?: (done: number, total: number) => void): AsyncGenerator<string> {
  const { size } = head;
  yield writeBundleLine({ format: BUNDLE_FORMAT, ...head, size: BigInt(size) });
  let checkpoints = 0;
  for (let after = 0; after < size;) {
    const page = await act(exportCheckpoints, { query: { after, size } });
    for (const { note } of page) yield writeBundleLine({ checkpoint: note });
    checkpoints += page.length;
    after = page.at(-1)?.size ?? size;
  }
  let entries = 0;
  for (let from = 0; from < size; from += entriesPage) {
    const page = await act(exportEntries, { query: { from, size } });
    const tiles = new Map(page.tiles.map((tile) => [tile.index, tile]));
    for (const [at, entry] of page.bodies.entries()) {
      const seq = from + at;
      const tile = seq % tileWidth === 0 ? tiles.get(seq / tileWidth) : undefined;
      if (tile)
        yield writeBundleLine({
          tile: {
            level: 0,
            index: BigInt(tile.index),
            width: tile.width,
            data: fromBase64(tile.data) ?? new Uint8Array(),
          },
        });
      yield writeBundleLine({ entry });
      entries++;
    }
    progress?.(Math.min(size, from + entriesPage), size);
  }
  yield writeBundleLine({ end: { entries: BigInt(entries), checkpoints: BigInt(checkpoints), rows: 0n } });
}
const tileWidth = 256;
