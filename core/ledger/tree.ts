import { joinBytes, sameBytes, type Bytes } from "#core/proof/bytes.ts";

/** SHA-256, given in from outside since core has no cryptography: 32 bytes. Source: FIPS 180-4. */
export type Sha256 = (bytes: Uint8Array) => Bytes;

/** A hash of 32 bytes. */
export type Hash = Bytes;

/** The hash of a perfect subtree: the leaves index·2^level … (index+1)·2^level − 1. Level 0 is the leaf hash itself. */
export type HashAt = (level: number, index: bigint) => Hash;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Leaf hash: SHA-256(0x00 ‖ entry). Source: RFC 6962 §2.1. */
export const leafHash = (sha256: Sha256, entry: Uint8Array): Hash => sha256(joinBytes(LEAF, entry));

/** Node hash: SHA-256(0x01 ‖ left ‖ right). Source: RFC 6962 §2.1. */
export const nodeHash = (sha256: Sha256, left: Hash, right: Hash): Hash => sha256(joinBytes(NODE, left, right));

/** Root of the tree without leaves: SHA-256 of nothing. Source: RFC 6962 §2.1. */
export const emptyRoot = (sha256: Sha256): Hash => sha256(new Uint8Array(0));

/** A stretch of leaves, `from` inclusive, `to` exclusive. */
export type Span = { readonly from: bigint; readonly to: bigint };

/** A perfect subtree by its place. */
export type Place = { readonly level: number; readonly index: bigint };

/** The largest power of two below n, n ≥ 2: where RFC 6962 §2.1 splits n leaves. */
function splitOf(n: bigint): bigint {
  let k = 1n;
  while (k * 2n < n) k *= 2n;
  return k;
}

/** The perfect subtrees that make up a span, left to right. The span must begin at a multiple of its largest part, as every
 *  span of a proof does. */
export function placesOf({ from, to }: Span): Place[] {
  const places: Place[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    while (1n << BigInt(level + 1) <= to - at) level += 1;
    places.push({ level, index: at >> BigInt(level) });
    at += 1n << BigInt(level);
  }
  return places;
}

/** Hashes of neighbouring perfect subtrees, large to small, folded into the hash of all: the right edge of RFC 6962's tree.
 *  Throws RangeError when there is none. */
export function foldPeaks(sha256: Sha256, peaks: readonly Hash[]): Hash {
  const last = peaks.at(-1);
  if (last === undefined) throw new RangeError("no subtree to fold");
  return peaks.slice(0, -1).reduceRight((right, left) => nodeHash(sha256, left, right), last);
}

const spanHash = (sha256: Sha256, hashAt: HashAt, span: Span): Hash =>
  foldPeaks(
    sha256,
    placesOf(span).map(({ level, index }) => hashAt(level, index)),
  );

/** Root of the first `size` leaves, size ≥ 0. Source: RFC 6962 §2.1 (Merkle Tree Hash). */
export const rootOf = (sha256: Sha256, hashAt: HashAt, size: bigint): Hash =>
  size === 0n ? emptyRoot(sha256) : spanHash(sha256, hashAt, { from: 0n, to: size });

/** Subtrees of an inclusion proof of leaf `index` among `size`, lowest first. Throws RangeError unless 0 ≤ index < size.
 *  Source: RFC 6962 §2.1.1 (Merkle audit path). */
export function inclusionSpans(index: bigint, size: bigint): Span[] {
  if (index < 0n || index >= size) throw new RangeError(`leaf ${index} of ${size}`);
  const spans: Span[] = [];
  let from = 0n;
  for (let to = size; to - from > 1n;) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      spans.unshift({ from: middle, to });
      to = middle;
    } else {
      spans.unshift({ from, to: middle });
      from = middle;
    }
  }
  return spans;
}

/** Subtrees of a consistency proof between the first `size1` leaves and the first `size2`, lowest first; none for size1 = 0
 *  and size1 = size2. Throws RangeError unless 0 ≤ size1 ≤ size2. Source: RFC 6962 §2.1.2 (SUBPROOF). */
export function consistencySpans(size1: bigint, size2: bigint): Span[] {
  if (size1 < 0n || size1 > size2) throw new RangeError(`sizes ${size1} and ${size2}`);
  if (size1 === 0n || size1 === size2) return [];
  const spans: Span[] = [];
  let from = 0n;
  let to = size2;
  while (size1 !== to) {
    const middle = from + splitOf(to - from);
    if (size1 <= middle) {
      spans.unshift({ from: middle, to });
      to = middle;
    } else {
      spans.unshift({ from, to: middle });
      from = middle;
    }
  }
  // The old tree's own last part is left out when it is the whole old tree: the verifier has its root already.
  if (from > 0n) spans.unshift({ from, to });
  return spans;
}

/** Hashes that prove that leaf `index` is in the tree of `size`. Throws RangeError unless 0 ≤ index < size.
 *  Source: RFC 6962 §2.1.1. */
export const inclusionProof = (sha256: Sha256, hashAt: HashAt, leaf: { index: bigint; size: bigint }): Hash[] =>
  inclusionSpans(leaf.index, leaf.size).map((span) => spanHash(sha256, hashAt, span));

/** Hashes that prove that the tree of `size2` begins with the whole tree of `size1`. Throws RangeError unless
 *  0 ≤ size1 ≤ size2. Source: RFC 6962 §2.1.2. */
export const consistencyProof = (sha256: Sha256, hashAt: HashAt, sizes: { size1: bigint; size2: bigint }): Hash[] =>
  consistencySpans(sizes.size1, sizes.size2).map((span) => spanHash(sha256, hashAt, span));

/** Whether `proof` shows that `leaf` (a leaf hash) stands at `index` of the tree with `size` leaves and `root`.
 *  Source: RFC 9162 §2.1.3.2. */
export function verifyInclusion(
  sha256: Sha256,
  claim: { leaf: Hash; index: bigint; size: bigint; root: Hash; proof: readonly Hash[] },
): boolean {
  if (claim.index < 0n || claim.index >= claim.size) return false;
  let fn = claim.index;
  let sn = claim.size - 1n;
  let r = claim.leaf;
  for (const p of claim.proof) {
    if (sn === 0n || p.length !== 32) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      r = nodeHash(sha256, p, r);
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      r = nodeHash(sha256, r, p);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && sameBytes(r, claim.root);
}

/** Whether `proof` shows that the tree (size2, root2) begins with the tree (size1, root1). size1 = 0 is decided so: every tree
 *  begins with the empty one, the proof must be empty and root1 the empty root (RFC 9162 leaves it open; a C2SP witness takes
 *  its first checkpoint so). Source: RFC 9162 §2.1.4.2. */
export function verifyConsistency(
  sha256: Sha256,
  claim: { size1: bigint; root1: Hash; size2: bigint; root2: Hash; proof: readonly Hash[] },
): boolean {
  const { size1, size2, root1, root2, proof } = claim;
  if (size1 < 0n || size1 > size2) return false;
  if (size1 === 0n) return proof.length === 0 && sameBytes(root1, emptyRoot(sha256));
  if (size1 === size2) return proof.length === 0 && sameBytes(root1, root2);
  // When size1 is a power of two its root is a node of the new tree and starts the path itself.
  const path = (size1 & (size1 - 1n)) === 0n ? [root1, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let fn = size1 - 1n;
  let sn = size2 - 1n;
  while ((fn & 1n) === 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  let fr = start;
  let sr = start;
  for (const c of rest) {
    if (sn === 0n || c.length !== 32) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      fr = nodeHash(sha256, c, fr);
      sr = nodeHash(sha256, c, sr);
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      sr = nodeHash(sha256, sr, c);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && sameBytes(fr, root1) && sameBytes(sr, root2);
}
