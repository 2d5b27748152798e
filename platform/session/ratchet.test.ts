import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptRequest, decideRefresh, type RatchetRow } from "./ratchet.ts";

const row: RatchetRow = { gen: 5, issuedAt: 1000, confirmed: false, rid: "r5" };
const refresh = { gen: 5, rid: "r6", iat: 1100, now: 1100 };

test("a token older than a minute turns, a younger one is given again", () => {
  assert.deepEqual(decideRefresh(row, refresh), {
    action: "rotate",
    row: { gen: 6, issuedAt: 1100, confirmed: false, rid: "r6" },
  });
  assert.deepEqual(decideRefresh(row, { ...refresh, iat: 1060, now: 1060 }), { action: "same" });
  assert.equal(decideRefresh(row, { ...refresh, iat: 9000, now: 9000 }).action, "rotate");
});

test("the previous generation is forgiven to its own refresh alone, until the new one has been used for 30 seconds", () => {
  const previous = { ...refresh, gen: 4, rid: "r5" };
  assert.equal(decideRefresh(row, previous).action, "same");
  assert.equal(decideRefresh(row, { ...previous, rid: "other" }).action, "clone");
  const used = acceptRequest(row, 5, 1095);
  const confirmed = "row" in used && used.row !== undefined ? used.row : assert.fail();
  assert.deepEqual(confirmed, { ...row, confirmed: true, graceUntil: 1125 });
  assert.equal(decideRefresh(confirmed, { ...previous, iat: 1124, now: 1124 }).action, "same");
  assert.equal(decideRefresh(confirmed, { ...previous, iat: 1125, now: 1125 }).action, "clone");
  assert.equal(decideRefresh(row, { ...previous, gen: 3 }).action, "clone");
});

test("late duplicates change nothing, and a generation not yet reached is no clone", () => {
  assert.equal(decideRefresh(row, { ...refresh, gen: 0, iat: 1089 }).action, "late");
  assert.equal(decideRefresh(row, { ...refresh, gen: 6 }).action, "ahead");
});

test("ordinary requests confirm their generation once and never end a session", () => {
  assert.deepEqual(acceptRequest(row, 4, 1095), { accepted: false });
  assert.deepEqual(acceptRequest(row, 6, 1095), { accepted: false });
  assert.deepEqual(acceptRequest({ ...row, confirmed: true }, 5, 1095), { accepted: true });
});

// Method: eight hours of one session as discrete events, drawn by a seeded generator. Tabs share one storage (token and pending
// rid); refreshes are due at 90 to 270 s of a token's age; answers take heavy-tailed times and some are lost on either way; some
// storage writes are lost, the tab then works on from memory and tells the others by broadcast. A thief copies the storage at a
// random moment and then behaves as a browser of its own, or asks every few seconds.
const HOURS = 8 * 3600;

/** mulberry32: 32 bits of state, the same numbers each run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Browser = {
  gen: number;
  issuedAt: number;
  stored: { gen: number; rid?: string };
  refreshing: boolean;
  dueAge: number;
};
type World = { tabs: number; lost: number; lostWrites: number; lock: boolean; theft?: { at: number; every?: number } };

function eightHours(world: World, seed: number): { ended?: { by: string; at: number } } {
  const random = generator(seed);
  const queue: { at: number; run: (now: number) => void }[] = [];
  const later = (at: number, run: (now: number) => void): void => {
    queue.push({ at, run });
  };
  const delay = (): number => Math.min(40, 0.02 / random() ** 1.2); // median 50 ms, one in a thousand above 40 s is cut
  let session: RatchetRow = { gen: 0, issuedAt: 0, confirmed: false };
  let ended: { by: string; at: number } | undefined;

  const newBrowser = (from?: Browser): Browser => ({
    gen: from?.stored.gen ?? 0,
    issuedAt: from?.issuedAt ?? 0,
    stored: { ...(from?.stored ?? { gen: 0 }) },
    refreshing: false,
    dueAge: 90 + 180 * random(),
  });
  const use = (browser: Browser, now: number): boolean => {
    const answer = acceptRequest(session, browser.gen, now);
    if (answer.accepted && answer.row !== undefined) session = answer.row;
    return answer.accepted;
  };
  const ask = (browser: Browser, started: number): void => {
    if (world.lock && browser.refreshing) return;
    browser.refreshing = true;
    const rid = browser.stored.rid ?? `rid-${random()}`;
    browser.stored.rid = rid;
    const { gen } = browser;
    later(started + delay(), (now) => {
      const lost = random() < world.lost;
      if (lost && random() < 0.5) return later(started + 8, () => again());
      const answer = decideRefresh(session, { gen, rid, iat: started, now });
      if (answer.action === "clone" || answer.action === "ahead") ended ??= { by: answer.action, at: now };
      if (answer.action === "rotate") session = answer.row;
      if (answer.action === "late" || lost) return later(Math.max(now, started + 8), () => again());
      const given = { gen: session.gen, issuedAt: session.issuedAt };
      later(now + delay(), () => {
        browser.refreshing = false;
        if (given.gen < browser.gen) return;
        Object.assign(browser, given, { dueAge: 90 + 180 * random() });
        if (random() >= world.lostWrites) browser.stored = { gen: given.gen };
      });
    });
    const again = (): void => {
      browser.refreshing = false;
      ask(browser, Math.max(started + 8, clock));
    };
  };
  const live = (browser: Browser, from: number, every?: number): void => {
    const tick = (now: number): void => {
      const stale = !use(browser, now);
      if (every !== undefined || stale || now - browser.issuedAt > browser.dueAge) ask(browser, now);
      later(now + (every ?? 5 + 40 * random()), tick);
    };
    later(from, tick);
  };

  let clock = 0;
  const owner = newBrowser();
  for (let tab = 0; tab < world.tabs; tab += 1) live(owner, random() * 60);
  const { theft } = world;
  if (theft !== undefined) later(theft.at, (now) => live(newBrowser(owner), now, theft.every));
  for (;;) {
    if (ended !== undefined || clock >= HOURS) break;
    queue.sort((one, other) => other.at - one.at);
    const next = queue.pop();
    if (next === undefined) break;
    clock = next.at;
    next.run(clock);
  }
  return ended === undefined ? {} : { ended };
}

test("honest sessions of one to five tabs are never ended, with a tenth of all answers lost", () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const world = { tabs: 1 + (seed % 5), lost: seed % 2 === 0 ? 0.1 : 0.01, lostWrites: 0.01, lock: seed % 3 !== 0 };
    assert.deepEqual(eightHours(world, seed), {}, `seed ${seed}`);
  }
});

test("a copied profile is found within minutes, whether the thief behaves like a browser or asks all the time", () => {
  const waits: number[] = [];
  for (let seed = 0; seed < 120; seed += 1) {
    const at = 600 + 60 * seed;
    const every = [undefined, 5, 20][seed % 3];
    const theft = every === undefined ? { at } : { at, every };
    const { ended } = eightHours({ tabs: 1 + (seed % 3), lost: 0.02, lostWrites: 0.01, lock: true, theft }, seed);
    assert.equal(ended?.by, "clone", `seed ${seed}`);
    waits.push((ended?.at ?? HOURS) - at);
  }
  waits.sort((one, other) => one - other);
  assert.ok((waits[60] ?? HOURS) <= 90, `median ${waits[60]} s`);
  assert.ok((waits.at(-1) ?? HOURS) <= 400, `worst ${waits.at(-1)} s`);
});
