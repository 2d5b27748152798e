import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { cpus, release } from "node:os";
import { readdirSync, readFileSync } from "node:fs";

/** Core of the subject, core of the client. One core for everything that serves, as on the smallest server. */
export const subjectCore = 0;
export const clientCore = 1;
const ticksPerSecond = 100;

/** Pins this process, the client, to its own core. */
export function pinClient(): void {
  spawnSync("taskset", ["-apc", String(clientCore), String(process.pid)], { stdio: "ignore" });
}

/** Starts a process on the subject's core; its children inherit the place. */
export const startPinned = (command: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn("taskset", ["-c", String(subjectCore), command, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });

const parentOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1] ?? "";
  } catch {
    return "";
  }
};

/** A process and all below it, and everything whose command line names one of the texts (PostgreSQL leaves its parent). */
export function familyOf(pid: number, texts: readonly string[] = []): string[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((one) => [one, parentOf(one)]));
  const named = all.filter((one) => {
    try {
      const line = readFileSync(`/proc/${one}/cmdline`, "utf8");
      return texts.some((text) => line.includes(text));
    } catch {
      return false;
    }
  });
  const family = new Set([String(pid), ...named]);
  for (let grew = true; grew;) {
    grew = false;
    for (const [one, parent] of parents) if (family.has(parent) && !family.has(one)) grew = !!family.add(one);
  }
  return [...family];
}

/** CPU seconds used so far by these processes, user and system. */
export function cpuSeconds(pids: readonly string[]): number {
  let ticks = 0;
  for (const pid of pids)
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    } catch {
      // it has ended
    }
  return ticks / ticksPerSecond;
}

/** Proportional set size of these processes, MB: shared pages are counted once over all. */
export function pssMegabytes(pids: readonly string[]): number {
  let kilobytes = 0;
  for (const pid of pids)
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // it has ended
    }
  return kilobytes / 1024;
}

/** Busy seconds of the whole machine so far. */
export function machineBusy(): number {
  const fields = (readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "").trim().split(/\s+/).slice(1).map(Number);
  return (fields.reduce((sum, value) => sum + value, 0) - (fields[3] ?? 0) - (fields[4] ?? 0)) / ticksPerSecond;
}

/** What every line carries: commit, Node, kernel, cores. */
export const machine = (): string => {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  return `commit=${commit} node=${process.version} kernel=${release()} cores=${cpus().length}`;
};
