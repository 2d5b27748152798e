import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { familyOf, openBox, pinTo, clientCore, startPinned } from "./lib/box.ts";
import { median, print } from "./lib/print.ts";
import { freePort } from "#testing/port.ts";
import { said } from "./lib/subject.ts";

const rounds = 3;
const firstMax = 60;
const secondMax = 3;
const stopMax = 5;

/** `npm start` on one core: first run to the demo's core, second start, and Ctrl-C until no process is left. */
export async function start(): Promise<void> {
  pinTo(clientCore);
  const first: number[] = [];
  const second: number[] = [];
  const stopped: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const folder = mkdtempSync(join(tmpdir(), "qms-n-"));
    chmodSync(folder, 0o755);
    try {
      const data = join(folder, "data");
      const fresh = await runOf(data);
      first.push(fresh.ready);
      stopped.push(fresh.stopped);
      const again = await runOf(data);
      second.push(again.ready);
      stopped.push(again.stopped);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const tell = (metric: string, values: readonly number[], max: number) => {
    const value = median(values);
    print({ bench: "start", metric, value, unit: "s", bar: `<=${max}`, ok: value <= max });
  };
  tell("first", first, firstMax);
  tell("second", second, secondMax);
  tell("stop-slowest", [Math.max(...stopped)], stopMax);
}

/** Seconds to readiness and from Ctrl-C to the last process's end. */
async function runOf(data: string): Promise<{ ready: number; stopped: number }> {
  const box = openBox();
  const env = { ...process.env, QMS_DATA: data, QMS_PORT: String(await freePort()) };
  const began = performance.now();
  const child = startPinned("npm", ["start"], { env, box, own: true });
  await said(child, /QMS is ready at/);
  const ready = (performance.now() - began) / 1000;
  const pids = familyOf(child.pid, [`${data}/postgres`]);
  const asked = performance.now();
  // Ctrl-C goes to the whole group of the terminal
  process.kill(-(child.pid ?? 0), "SIGINT");
  while (familyOf(child.pid, [`${data}/postgres`]).some((pid) => pids.includes(pid) && isAlive(Number(pid))))
    await new Promise((done) => setTimeout(done, 20));
  const stopped = (performance.now() - asked) / 1000;
  box.remove();
  return { ready, stopped };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
