import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import * as fc from "fast-check";
import { fromHex, toHex, type Bytes } from "#core/proof/bytes.ts";
import {
  append,
  edgeFrom,
  edgeRoot,
  edgeTiles,
  emptyEdge,
  entriesPath,
  hashAtTiles,
  tilePath,
  tilesForConsistency,
  tilesForInclusion,
  tilesForRoot,
  type Tile,
} from "./tiles.ts";
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type HashAt,
} from "./tree.ts";

const sha256 = (bytes: Uint8Array): Bytes => Uint8Array.from(createHash("sha256").update(bytes).digest());
const bytesOf = (hex: string): Bytes => fromHex(hex) ?? assert.fail(hex);

// The eight leaves and their roots that every Certificate Transparency implementation is tested with.
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/** The tree as RFC 6962 §2.1 writes it, by recursion over the leaves: what the quick form is compared with. */
function mth(leaves: readonly Hash[]): Hash {
  const [only] = leaves;
  if (only === undefined) return emptyRoot(sha256);
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(sha256, mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}
const memory =
  (leaves: readonly Hash[]): HashAt =>
  (level, index) =>
    mth(leaves.slice(Number(index) << level, (Number(index) + 1) << level));
const numbered = (count: number): Hash[] =>
  Array.from({ length: count }, (_, at) => leafHash(sha256, new TextEncoder().encode(`entry ${at}`)));

function grown(leaves: readonly Hash[], pieces: readonly number[]): { tiles: Tile[]; root: Hash } {
  const store = new Map<string, Tile>();
  let edge = emptyEdge;
  let at = 0;
  for (const piece of [...pieces, leaves.length]) {
    const done = append(sha256, edge, leaves.slice(at, at + piece));
    at = Math.min(at + piece, leaves.length);
    edge = edgeFrom(done.edge.size, done.edge.size === 0n ? [] : stored(store, done.tiles));
    assert.deepEqual(edge, { size: done.edge.size, levels: done.edge.levels });
  }
  return { tiles: [...store.values()], root: edgeRoot(sha256, edge) };
}
function stored(store: Map<string, Tile>, tiles: readonly Tile[]): Tile[] {
  for (const tile of tiles) store.set(`${tile.level}/${tile.index}`, tile);
  return [...store.values()];
}

test("roots of the eight well-known leaves are the published ones", () => {
  const leaves = LEAVES.map((leaf) => leafHash(sha256, bytesOf(leaf)));
  ROOTS.forEach((root, size) => {
    assert.equal(toHex(rootOf(sha256, memory(leaves), BigInt(size))), root);
    assert.equal(toHex(edgeRoot(sha256, append(sha256, emptyEdge, leaves.slice(0, size)).edge)), root);
  });
});

test("published audit paths and consistency proofs of the eight leaves come out word for word", () => {
  const hashAt = memory(LEAVES.map((leaf) => leafHash(sha256, bytesOf(leaf))));
  const path = (index: bigint, size: bigint): string[] => inclusionProof(sha256, hashAt, { index, size }).map(toHex);
  const link = (size1: bigint, size2: bigint): string[] =>
    consistencyProof(sha256, hashAt, { size1, size2 }).map(toHex);
  assert.deepEqual(path(0n, 1n), []);
  assert.deepEqual(path(0n, 8n), [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
  ]);
  assert.deepEqual(path(5n, 8n), [
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  ]);
  assert.deepEqual(path(2n, 3n), ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]);
  assert.deepEqual(link(1n, 1n), []);
  assert.deepEqual(link(1n, 8n), path(0n, 8n));
  assert.deepEqual(link(2n, 5n), [
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
  ]);
});

test("every leaf of every tree up to 64 is proven, and no other leaf, place, size or root by the same proof", () => {
  const leaves = numbered(64);
  const hashAt = memory(leaves);
  for (let size = 1n; size <= 64n; size += 1n) {
    const root = rootOf(sha256, hashAt, size);
    assert.deepEqual(root, mth(leaves.slice(0, Number(size))));
    for (let index = 0n; index < size; index += 1n) {
      const proof = inclusionProof(sha256, hashAt, { index, size });
      const leaf = leaves[Number(index)] ?? assert.fail();
      const claim = { leaf, index, size, root, proof };
      assert.equal(verifyInclusion(sha256, claim), true, `${index} of ${size}`);
      assert.equal(verifyInclusion(sha256, { ...claim, index: index ^ 1n }), false);
      assert.equal(verifyInclusion(sha256, { ...claim, index: size }), false);
      assert.equal(verifyInclusion(sha256, { ...claim, leaf: root, proof: [...proof, leaf] }), false);
      if (proof.length > 0) assert.equal(verifyInclusion(sha256, { ...claim, proof: proof.slice(1) }), false);
    }
  }
});

test("every pair of sizes up to 64 is proven consistent, and a forked one never is", () => {
  const leaves = numbered(64);
  const hashAt = memory(leaves);
  const forked = rootOf(sha256, memory(numbered(65).slice(1)), 5n);
  const roots = Array.from({ length: 65 }, (_, size) => rootOf(sha256, hashAt, BigInt(size)));
  const rootAt = (size: bigint): Hash => roots[Number(size)] ?? assert.fail();
  for (let size2 = 0n; size2 <= 64n; size2 += 1n) {
    for (let size1 = 0n; size1 <= size2; size1 += 1n) {
      const proof = consistencyProof(sha256, hashAt, { size1, size2 });
      const claim = { size1, root1: rootAt(size1), size2, root2: rootAt(size2), proof };
      assert.equal(verifyConsistency(sha256, claim), true, `${size1} to ${size2}`);
      assert.equal(verifyConsistency(sha256, { ...claim, root1: forked }), false);
      // From the empty tree anything may follow: it promises nothing.
      assert.equal(verifyConsistency(sha256, { ...claim, root2: forked }), size1 === 0n);
      assert.equal(verifyConsistency(sha256, { ...claim, proof: [...proof, forked] }), false);
      if (proof.length > 0) assert.equal(verifyConsistency(sha256, { ...claim, proof: proof.slice(0, -1) }), false);
    }
  }
});

test("the empty tree is the beginning of every tree, by an empty proof alone", () => {
  const root2 = rootOf(sha256, memory(numbered(3)), 3n);
  const claim = { size1: 0n, root1: emptyRoot(sha256), size2: 3n, root2, proof: [] };
  assert.equal(verifyConsistency(sha256, claim), true);
  assert.equal(verifyConsistency(sha256, { ...claim, proof: [root2] }), false);
  assert.equal(verifyConsistency(sha256, { ...claim, root1: root2 }), false);
  assert.equal(verifyConsistency(sha256, { ...claim, size1: 4n }), false);
});

test("however a log grows, its tiles give the same root and the same proofs as all its leaves", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1200 }),
      fc.array(fc.nat(400), { maxLength: 6 }),
      fc.nat(),
      (count, pieces, pick) => {
        const leaves = numbered(count);
        const { tiles, root } = grown(leaves, pieces);
        const size = BigInt(count);
        assert.deepEqual(root, mth(leaves));
        const only = (paths: readonly { level: number; index: bigint }[]): Tile[] =>
          tiles.filter((tile) => paths.some((one) => one.level === tile.level && one.index === tile.index));
        assert.deepEqual(rootOf(sha256, hashAtTiles(sha256, only(tilesForRoot(size))), size), root);
        const index = BigInt(pick % count);
        const proof = inclusionProof(sha256, hashAtTiles(sha256, only(tilesForInclusion(index, size))), {
          index,
          size,
        });
        const leaf = leaves[Number(index)] ?? assert.fail();
        assert.equal(verifyInclusion(sha256, { leaf, index, size, root, proof }), true);
        const size1 = BigInt(pick % (count + 1));
        const link = consistencyProof(sha256, hashAtTiles(sha256, only(tilesForConsistency(size1, size))), {
          size1,
          size2: size,
        });
        const root1 = mth(leaves.slice(0, Number(size1)));
        assert.equal(verifyConsistency(sha256, { size1, root1, size2: size, root2: root, proof: link }), true);
      },
    ),
    { numRuns: 25 },
  );
});

test("a log grown over 65,536 entries fills a tile of the second level", () => {
  const leaf = leafHash(sha256, new Uint8Array(1));
  const { edge, tiles } = append(
    sha256,
    emptyEdge,
    Array.from({ length: 65_537 }, () => leaf),
  );
  assert.deepEqual(tiles.slice(-4).map(tilePath), ["tile/0/255", "tile/1/000", "tile/0/256.p/1", "tile/2/000.p/1"]);
  assert.deepEqual(edgeTiles(edge.size).map(tilePath), ["tile/0/256.p/1", "tile/2/000.p/1"]);
  assert.equal(tiles.length, 259);
});

test("sizes above 2^53 keep every digit", () => {
  const size = 2n ** 60n + 3n;
  const hash = leafHash(sha256, new Uint8Array(0));
  const perfect: Hash[] = [hash];
  for (let level = 1; level < 64; level += 1) {
    const below = perfect[level - 1] ?? assert.fail();
    perfect.push(nodeHash(sha256, below, below));
  }
  const hashAt: HashAt = (level) => perfect[level] ?? assert.fail();
  const root = rootOf(sha256, hashAt, size);
  for (const index of [0n, 2n ** 53n + 1n, 2n ** 60n, size - 1n]) {
    const proof = inclusionProof(sha256, hashAt, { index, size });
    assert.equal(verifyInclusion(sha256, { leaf: hash, index, size, root, proof }), true, `${index}`);
    assert.equal(verifyInclusion(sha256, { leaf: root, index, size, root, proof }), false);
  }
  const size1 = 2n ** 54n + 1n;
  const root1 = rootOf(sha256, hashAt, size1);
  const proof = consistencyProof(sha256, hashAt, { size1, size2: size });
  assert.equal(verifyConsistency(sha256, { size1, root1, size2: size, root2: root, proof }), true);
});

test("tile paths are those of C2SP", () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067n, width: 256 }), "tile/0/x001/x234/067");
  assert.equal(tilePath({ level: 1, index: 0n, width: 7 }), "tile/1/000.p/7");
  assert.equal(entriesPath({ index: 999n, width: 256 }), "tile/entries/999");
  assert.equal(entriesPath({ index: 1000n, width: 1 }), "tile/entries/x001/000.p/1");
});

test("proofs outside the tree and missing tiles are refused", () => {
  const hashAt = memory(numbered(4));
  assert.throws(() => inclusionProof(sha256, hashAt, { index: 4n, size: 4n }), RangeError);
  assert.throws(() => consistencyProof(sha256, hashAt, { size1: 5n, size2: 4n }), RangeError);
  assert.throws(() => edgeFrom(4n, []), RangeError);
  assert.throws(() => hashAtTiles(sha256, [])(0, 0n), RangeError);
});
