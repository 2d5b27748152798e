import { joinBytes, type Bytes } from "#core/proof/bytes.ts";
import {
  consistencySpans,
  foldPeaks,
  inclusionSpans,
  nodeHash,
  placesOf,
  rootOf,
  type Hash,
  type HashAt,
  type Place,
  type Sha256,
  type Span,
} from "./tree.ts";

/** Hashes in a full tile; a tile covers 8 levels of the tree. Source: C2SP tlog-tiles. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;
const HASH_BYTES = 32;

/** Where a tile stands: level 0 holds leaf hashes, level l the roots of perfect subtrees of 256^l leaves; `index` counts
 *  tiles from the left; `width` is 1 to 256, below 256 only at the right edge. */
export type TileAt = { readonly level: number; readonly index: bigint; readonly width: number };

/** A tile with its hashes, 32 bytes each, left to right. */
export type Tile = TileAt & { readonly data: Bytes };

/** The growing right edge of a tree: its size and, level by level, the hashes of the last tile that is not full. From it alone
 *  the tree can be continued and its root told. */
export type Edge = { readonly size: bigint; readonly levels: readonly (readonly Hash[])[] };

export const emptyEdge: Edge = { size: 0n, levels: [] };

/** Appends leaf hashes. Returns the new edge and every tile that this filled or changed, full ones as they fill, then the
 *  partial ones, lowest level first. Cost: two hashes a leaf, whatever the tree's size. Source: C2SP tlog-tiles. */
export function append(sha256: Sha256, edge: Edge, leaves: readonly Hash[]): { edge: Edge; tiles: Tile[] } {
  const levels = edge.levels.map((hashes) => [...hashes]);
  const touched = new Set<number>();
  const tiles: Tile[] = [];
  let size = edge.size;
  for (const leaf of leaves) {
    size += 1n;
    let hash = leaf;
    for (let level = 0; ; level += 1) {
      const hashes = levels[level] ?? [];
      levels[level] = hashes;
      hashes.push(hash);
      touched.add(level);
      if (hashes.length < TILE_WIDTH) break;
      tiles.push({ level, index: indexOf(size, level) - 1n, width: TILE_WIDTH, data: joinBytes(...hashes) });
      hash = perfectRoot(sha256, hashes);
      levels[level] = [];
    }
  }
  levels.forEach((hashes, level) => {
    if (hashes.length > 0 && touched.has(level))
      tiles.push({ level, index: indexOf(size, level), width: hashes.length, data: joinBytes(...hashes) });
  });
  return { edge: { size, levels }, tiles };
}

/** How many tiles of a level are full at a size: the index of the one after them. */
const indexOf = (size: bigint, level: number): bigint => size >> BigInt(TILE_HEIGHT * (level + 1));

function perfectRoot(sha256: Sha256, hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const upper: Hash[] = [];
    for (let at = 0; at + 1 < row.length; at += 2) {
      const left = row[at];
      const right = row[at + 1];
      if (left !== undefined && right !== undefined) upper.push(nodeHash(sha256, left, right));
    }
    row = upper;
  }
  const [root] = row;
  if (root === undefined) throw new RangeError("no hashes");
  return root;
}

/** Root of the tree that ends in this edge. Source: RFC 6962 §2.1. */
export function edgeRoot(sha256: Sha256, edge: Edge): Hash {
  const hashAt: HashAt = (level, index) => hashOf(sha256, edgeTile(edge, level), { level, index });
  if (edge.size === 0n) return rootOf(sha256, hashAt, 0n);
  return foldPeaks(
    sha256,
    placesOf({ from: 0n, to: edge.size }).map((place) => hashAt(place.level, place.index)),
  );
}

function edgeTile(edge: Edge, level: number): Tile {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const hashes = edge.levels[tileLevel] ?? [];
  return { level: tileLevel, index: indexOf(edge.size, tileLevel), width: hashes.length, data: joinBytes(...hashes) };
}

/** The edge of a tree of `size` out of its stored tiles: those of `edgeTiles(size)`. Throws RangeError when one is missing. */
export function edgeFrom(size: bigint, tiles: readonly Tile[]): Edge {
  const needed = edgeTiles(size);
  const levels: Hash[][] = [];
  for (let level = 0; size >> BigInt(TILE_HEIGHT * level) > 0n; level += 1) {
    const at = needed.find((tile) => tile.level === level);
    const tile = tiles.find(
      (one) => at !== undefined && one.level === level && one.index === at.index && one.width >= at.width,
    );
    if (at !== undefined && tile === undefined) throw new RangeError(`tile ${tilePath(at)} is missing`);
    levels.push(at === undefined || tile === undefined ? [] : hashesOf(tile).slice(0, at.width));
  }
  return { size, levels };
}

/** The partial tiles at the right edge of a tree, lowest level first. */
export function edgeTiles(size: bigint): TileAt[] {
  const tiles: TileAt[] = [];
  for (let level = 0; size >> BigInt(TILE_HEIGHT * level) > 0n; level += 1) {
    const width = Number((size >> BigInt(TILE_HEIGHT * level)) % BigInt(TILE_WIDTH));
    if (width > 0) tiles.push({ level, index: indexOf(size, level), width });
  }
  return tiles;
}

/** The hashes of a tile, left to right. */
export const hashesOf = (tile: Tile): Hash[] =>
  Array.from({ length: tile.width }, (_, at) => tile.data.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES));

/** Hash of a perfect subtree out of the tile it lies in. Throws RangeError when it does not lie in this tile. */
export function hashOf(sha256: Sha256, tile: Tile, { level, index }: Place): Hash {
  const within = level - tile.level * TILE_HEIGHT;
  const count = 1 << within;
  const from = Number(index * BigInt(count) - tile.index * BigInt(TILE_WIDTH));
  if (within < 0 || within >= TILE_HEIGHT || from < 0 || from + count > tile.width)
    throw new RangeError(`subtree ${level}/${index} is not in tile ${tilePath(tile)}`);
  return perfectRoot(sha256, hashesOf(tile).slice(from, from + count));
}

/** The tile that holds a perfect subtree of a tree of `size`, as wide as that size makes it. */
export function tileOf({ level, index }: Place, size: bigint): TileAt {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const tileIndex = index >> BigInt(TILE_HEIGHT - (level % TILE_HEIGHT));
  const full = size >> BigInt(TILE_HEIGHT * tileLevel);
  const left = full - tileIndex * BigInt(TILE_WIDTH);
  return { level: tileLevel, index: tileIndex, width: left >= BigInt(TILE_WIDTH) ? TILE_WIDTH : Number(left) };
}

/** Tiles that an inclusion proof needs, each once: fetch them in one query, then hand them to `hashAtTiles`. */
export const tilesForInclusion = (index: bigint, size: bigint): TileAt[] => tilesFor(inclusionSpans(index, size), size);
/** Tiles that a consistency proof needs. */
export const tilesForConsistency = (size1: bigint, size2: bigint): TileAt[] =>
  tilesFor(consistencySpans(size1, size2), size2);
/** Tiles that the root of the first `size` leaves needs. */
export const tilesForRoot = (size: bigint): TileAt[] => tilesFor([{ from: 0n, to: size }], size);

function tilesFor(spans: readonly Span[], size: bigint): TileAt[] {
  const found = new Map<string, TileAt>();
  for (const place of spans.flatMap(placesOf)) {
    const tile = tileOf(place, size);
    found.set(tilePath(tile), tile);
  }
  return [...found.values()];
}

/** Reads subtree hashes out of fetched tiles; a wider tile serves for a narrower one. Throws RangeError for a missing tile. */
export function hashAtTiles(sha256: Sha256, tiles: readonly Tile[]): HashAt {
  const known = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile]));
  return (level, index) => {
    const at = tileOf({ level, index }, 1n << 64n);
    const tile = known.get(`${at.level}/${at.index}`);
    if (tile === undefined) throw new RangeError(`tile ${at.level}/${at.index} was not fetched`);
    return hashOf(sha256, tile, { level, index });
  };
}

/** Path of a tile, partial ones with their width: `tile/0/x001/x234/067`, `tile/1/000.p/7`. Source: C2SP tlog-tiles. */
export const tilePath = ({ level, index, width }: TileAt): string =>
  `tile/${level}/${numberPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ""}`;

/** Path of a bundle of 256 entries. Source: C2SP tlog-tiles. */
export const entriesPath = ({ index, width }: Omit<TileAt, "level">): string =>
  `tile/entries/${numberPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ""}`;

function numberPath(index: bigint): string {
  const text = index.toString();
  const groups = text.padStart(Math.ceil(text.length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
}
