import { createHash, randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { createConnection, createServer, type Server as NetServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { endOrphan } from "../database/embedded.ts";
import { canWrite, everybodyMayEnter, StartProblem } from "../config/settings.ts";

/** What makes a folder ours. */
export type Installation = { id: string; version: number; mode: "demo" | "live" };

/** A data folder held by this process: nobody else may start on it. Freed by any death, SIGKILL included. */
export type Held = {
  data: string;
  run: string;
  installation: Installation;
  fresh: boolean;
  /** An earlier start began this folder and was killed before it was ready: nothing in it was ever shown to anybody. */
  unfinished: boolean;
  save: (installation: Installation) => void;
  release: () => void;
};

/** What our own start needs on a fresh disk: a first database is 60 MB, its log may grow to a few segments more. */
const freeMin = 200 * 1024 * 1024;

/** Stands in a folder from its making until it is ready for the first time. */
const begunName = "unfinished";
const ownNames = ["native", "keys", "postgres", "files", "spool", "postgres.pw", begunName];

/** Makes a folder and what is missing above it, one by one: Node's own recursive way never returns on some file systems. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o755 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST") return;
    if (code === "ENOSPC") throw new StartProblem("The disk is full. Free some space and start again.");
    throw new StartProblem(`The data folder cannot be made (${path}: ${code}). Choose another with QMS_DATA.`);
  }
}

/** Sockets lie in a short folder of our own: socket paths end at 107 bytes. */
function runFolder(data: string): string {
  const uid = process.getuid?.() ?? 0;
  const path = join(tmpdir(), `qms-${uid}-${createHash("sha256").update(data).digest("hex").slice(0, 8)}`);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const about = lstatSync(path);
  const nobody = process.getuid?.() === 0;
  if (!about.isDirectory() || (!nobody && about.uid !== uid))
    throw new StartProblem(`${path} belongs to somebody else. Remove it, or set TMPDIR to a folder of your own.`);
  chmodSync(path, 0o700);
  return path;
}

const answers = (socket: string): Promise<boolean> =>
  new Promise((done) => {
    const probe = createConnection(socket);
    probe.once("connect", () => {
      probe.destroy();
      done(true);
    });
    probe.once("error", () => done(false));
  });

/** The socket folder of the QMS that runs on this data folder now, or undefined when none does. */
export async function runningOn(data: string): Promise<string | undefined> {
  if (!existsSync(join(data, "installation.json"))) return undefined;
  const run = runFolder(data);
  return existsSync(join(run, "owner.sock")) && (await answers(join(run, "owner.sock"))) ? run : undefined;
}

async function holdSocket(path: string, data: string): Promise<NetServer> {
  if (existsSync(path)) {
    if (await answers(path))
      throw new StartProblem(
        `Another QMS runs on the data folder ${data}. Stop it first, or choose another folder with QMS_DATA and another port with QMS_PORT.`,
      );
    rmSync(path, { force: true });
  }
  return new Promise((done, failed) => {
    const server = createServer((socket) => socket.end());
    server.once("error", failed);
    server.listen(path, () => done(server));
    server.unref();
  });
}

function readInstallation(file: string, version: number): Installation {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new StartProblem(`${file} cannot be read. Restore it from a backup; nothing was changed.`);
  }
  if (typeof found !== "object" || found === null || !("id" in found) || !("version" in found) || !("mode" in found))
    throw new StartProblem(`${file} is not a QMS installation. Choose another folder with QMS_DATA.`);
  const held = {
    id: String(found.id),
    version: Number(found.version),
    mode: found.mode === "live" ? ("live" as const) : ("demo" as const),
  };
  if (held.version > version)
    throw new StartProblem(
      `This data folder comes from a newer QMS (data version ${held.version}, this one knows ${version}). Start that version. Nothing was changed.`,
    );
  return held;
}

/** Takes a data folder for this process, making it when new. Throws {@link StartProblem} and leaves a foreign folder untouched. */
export async function holdFolder(data: string, o: { version: number; mode?: "demo" | "live" }): Promise<Held> {
  const file = join(data, "installation.json");
  const existed = existsSync(data);
  if (existed && !lstatSync(data).isDirectory())
    throw new StartProblem(`${data} is not a folder. Choose another with QMS_DATA.`);
  if (existed && !canWrite(data))
    throw new StartProblem(
      `The data folder ${data} is not writable for this user. Make it writable, or choose another with QMS_DATA.`,
    );
  const strangers = existed && !existsSync(file) ? readdirSync(data).filter((name) => !ownNames.includes(name)) : [];
  if (strangers.length > 0)
    throw new StartProblem(
      `The folder ${data} holds other files (${strangers.slice(0, 3).join(", ")}) and no QMS installation. Choose an empty folder with QMS_DATA.`,
    );
  if (process.getuid?.() === 0 && !everybodyMayEnter(data))
    throw new StartProblem(
      `QMS runs as root, PostgreSQL then runs as the user nobody, and nobody may not enter ${data}. Choose another folder with QMS_DATA (such as one below /var/lib), or start QMS as an ordinary user.`,
    );
  makeFolder(data);
  const disk = statfsSync(data);
  if (disk.bavail * disk.bsize < (existed ? 1024 * 1024 : freeMin))
    throw new StartProblem(
      `The disk that holds ${data} is full. Free some space (a new installation needs 200 MB) and start again; nothing was changed.`,
    );
  const run = runFolder(data);
  const owner = await holdSocket(join(run, "owner.sock"), data);
  const fresh = !existsSync(file);
  const installation = fresh
    ? { id: randomUUID(), version: o.version, mode: o.mode ?? "demo" }
    : readInstallation(file, o.version);
  if (o.mode && o.mode !== installation.mode) {
    owner.close();
    throw new StartProblem(
      `${data} is a ${installation.mode} installation, and QMS_MODE asks for ${o.mode}. A folder stays what it is: choose another with QMS_DATA, or leave QMS_MODE out.`,
    );
  }
  const begun = join(data, begunName);
  const unfinished = fresh && existsSync(begun);
  if (fresh && !existsSync(join(data, "postgres"))) writeFileSync(begun, "");
  for (const name of ["keys", "files", "spool"]) mkdirSync(join(data, name), { recursive: true, mode: 0o700 });
  const save = (to: Installation) => {
    writeFileSync(file, `${JSON.stringify(to, null, 2)}\n`);
    rmSync(begun, { force: true });
  };
  return { data, run, installation, fresh, unfinished, save, release: () => void owner.close() };
}

/** Empties a folder whose first start was killed, so that the next begins as if it were the first. Whoever calls it holds the folder. */
export async function clearUnfinished(data: string): Promise<void> {
  await endOrphan(join(data, "postgres"));
  for (const name of ["postgres", "postgres.pw", "keys", "files", "spool"])
    rmSync(join(data, name), { recursive: true, force: true });
  for (const name of ["keys", "files", "spool"]) mkdirSync(join(data, name), { mode: 0o700 });
}
