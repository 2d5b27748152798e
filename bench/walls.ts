import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groundOf } from "./lib/baseline.ts";
import { clientCore, pinTo } from "./lib/box.ts";
import { quietSlice, slice, type Ask, type Slice } from "./lib/load.ts";
import { median, print } from "./lib/print.ts";
import { openSessionsOf } from "./lib/sessions.ts";
import { startSubject, type Subject } from "./lib/subject.ts";

const pairs = 3;
const sliceMs = 4000;
const warmMs = 3000;
const sessions = 200;
/** Throughput with the wall ÷ without it. */
const walls: { name: string; bar?: number }[] = [
  { name: "ledger", bar: 0.85 },
  { name: "proof", bar: 0.55 },
  { name: "sealing" },
];

/** What each wall of a read costs: the product beside itself without that wall, in turns A B A B A B. */
export async function wallsBench(): Promise<void> {
  pinTo(clientCore);
  const folder = mkdtempSync(join(tmpdir(), "qms-w-"));
  chmodSync(folder, 0o755);
  try {
    const data = join(folder, "data");
    await (await startSubject({ data, history: true })).stop();
    const copyOf = (name: string) => join(folder, name);
    for (const { name } of walls) execFileSync("cp", ["-a", data, copyOf(name)]);
    const whole = await startSubject({ data, history: false });
    const side = await sideOf(whole);
    for (const wall of walls) await compare(wall, side, copyOf(wall.name));
    await whole.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Side = (ms: number) => Promise<Slice & { contended: boolean }>;

async function sideOf(subject: Subject): Promise<Side> {
  const { codes } = await groundOf(subject);
  const clients = await openSessionsOf(subject, { type: "nurse", count: sessions });
  const ask: Ask = () => ({
    request: {
      method: "GET",
      path: `/api/c/${subject.slug}/visits/${codes[Math.floor(Math.random() * codes.length)] ?? ""}`,
    },
    signed: true,
  });
  return (ms) => quietSlice(() => slice({ origin: subject.origin, clients, pids: subject.pids, ask, ms }));
}

async function compare(wall: { name: string; bar?: number }, whole: Side, data: string): Promise<void> {
  const subject = await startSubject({
    data,
    history: false,
    main: "bench/baseline/without.ts",
    env: { BENCH_WITHOUT: wall.name },
  });
  try {
    const without = await sideOf(subject);
    await whole(warmMs);
    await without(warmMs);
    const found: { whole: Slice & { contended: boolean }; without: Slice & { contended: boolean } }[] = [];
    for (let at = 0; at < pairs; at++) found.push({ whole: await whole(sliceMs), without: await without(sliceMs) });
    const contended = found.some((pair) => pair.whole.contended || pair.without.contended);
    const ratio = median(found.map((pair) => pair.whole.perSecond / pair.without.perSecond));
    const micros = median(found.map((pair) => pair.whole.cpuMicros - pair.without.cpuMicros));
    print({
      bench: "walls",
      metric: `${wall.name}-on-to-off`,
      value: median(found.map((pair) => pair.whole.perSecond)),
      unit: "req/s",
      baseline: median(found.map((pair) => pair.without.perSecond)),
      ratio,
      foreign: Math.max(...found.flatMap((pair) => [pair.whole.foreign, pair.without.foreign])),
      ...(wall.bar === undefined ? {} : { bar: `>=${wall.bar}`, ok: contended ? "contended" : ratio >= wall.bar }),
    });
    print({ bench: "walls", metric: `${wall.name}-cpu`, value: micros, unit: "µs" });
  } finally {
    await subject.stop();
  }
}
