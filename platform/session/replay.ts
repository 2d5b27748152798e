import { hash } from "node:crypto";

/** Seconds between two turns of the sets. A proof is acceptable for at most 120 s (iat ± 60), so an id is remembered for 150 to
 *  300 s: always longer than its proof lives. */
export const TURN_SECONDS = 150;
/** Ids one set takes: 18 times what 1,500 requests a second leave in 150 s. Beyond it the process answers busy instead of
 *  forgetting. */
const IDS_MAX = 1 << 22;
const START_SLOTS = 1 << 10;
const LANES = 4; // 128 bits of an id in four 32-bit lanes

/** Memory of proof ids in this process: session ‖ jti in two sets that turn. 16 bytes an id at a fill of at most one half, so
 *  450,000 ids take about 16 MB in one set. It lives as long as the process; a new process takes a new epoch first. */
export class ReplayMemory {
  #young = newSet(START_SLOTS);
  #old = newSet(START_SLOTS);
  #turnedAt: number;
  readonly #idsMax: number;

  /** `now`: seconds of a clock that never goes back. */
  constructor(now: number, idsMax = IDS_MAX) {
    this.#turnedAt = now;
    this.#idsMax = idsMax;
  }

  /** Remembers a proof id of a session (SHA-256 of its cookie). "new" the first time, "seen" for a replay, "full" when it cannot
   *  promise to remember. Call it only after the signature has been found good, or anybody could fill it. */
  remember(sidHash: Uint8Array, jti: string, now: number): "new" | "seen" | "full" {
    this.#turn(now);
    // A hash of both: ids are chosen by the client, and equal slots must not be choosable.
    const id = hash("sha256", Buffer.concat([sidHash, Buffer.from(jti)]), "buffer");
    const lanes = [id.readUInt32LE(0) || 1, id.readUInt32LE(4), id.readUInt32LE(8), id.readUInt32LE(12)]; // never 0: 0 is an empty slot
    if (has(this.#young, lanes) || has(this.#old, lanes)) return "seen";
    if (this.#young.count >= this.#idsMax) return "full";
    if (this.#young.count * 2 >= this.#young.slots) this.#young = grown(this.#young);
    put(this.#young, lanes);
    return "new";
  }

  /** Ids remembered now. */
  get size(): number {
    return this.#young.count + this.#old.count;
  }

  #turn(now: number): void {
    const passed = now - this.#turnedAt;
    if (passed < TURN_SECONDS) return;
    this.#old = passed < 2 * TURN_SECONDS ? this.#young : newSet(START_SLOTS);
    this.#young = newSet(START_SLOTS);
    this.#turnedAt = now;
  }
}

/** Open addressing over one typed array: no object an id, nothing for the collector to walk. */
type IdSet = { readonly slots: number; readonly lanes: Uint32Array; count: number };

const newSet = (slots: number): IdSet => ({ slots, lanes: new Uint32Array(slots * LANES), count: 0 });

/** The slot that holds these lanes, or the empty one where they would go. */
function slotOf(set: IdSet, lanes: ArrayLike<number>): number {
  for (let slot = (lanes[1] ?? 0) % set.slots; ; slot = (slot + 1) % set.slots) {
    const at = slot * LANES;
    if (set.lanes[at] === 0) return slot;
    if (
      set.lanes[at] === lanes[0] &&
      set.lanes[at + 1] === lanes[1] &&
      set.lanes[at + 2] === lanes[2] &&
      set.lanes[at + 3] === lanes[3]
    )
      return slot;
  }
}

const has = (set: IdSet, lanes: ArrayLike<number>): boolean => set.lanes[slotOf(set, lanes) * LANES] !== 0;

function put(set: IdSet, lanes: ArrayLike<number>): void {
  set.lanes.set(lanes, slotOf(set, lanes) * LANES);
  set.count += 1;
}

function grown(set: IdSet): IdSet {
  const wider = newSet(set.slots * 2);
  for (let at = 0; at < set.lanes.length; at += LANES)
    if (set.lanes[at] !== 0) put(wider, set.lanes.subarray(at, at + LANES));
  return wider;
}
