import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What may be set from outside. Environment beats the file; the file beats the default. */
export type Settings = {
  data: string;
  /** Said in the first line when the default folder could not be used. */
  dataMoved: boolean;
  address: string;
  port: number;
  origin: string;
  mode?: "demo" | "live";
  keys?: string;
  mail: { way: "outbox" | "smtp"; url?: string };
  logLevel: string;
};

/** A sentence for the person who starts QMS: what is wrong and what to do. Ends the start with exit code 1. */
export class StartProblem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "StartProblem";
  }
}

type Raw = Record<string, string | undefined>;

/** The small part of TOML that `qms.toml` uses: `[table]`, `key = "text"`, `key = 12`, `key = true`, comments. */
export function parseToml(text: string): Raw {
  const found: Raw = {};
  let table = "";
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const bare = line.replace(/^\s+|\s+$/g, "");
    if (bare === "" || bare.startsWith("#")) continue;
    const head = /^\[([\w.]+)\]$/.exec(bare);
    if (head?.[1]) {
      table = `${head[1]}.`;
      continue;
    }
    const pair = /^([\w.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([\w.-]+))\s*(?:#.*)?$/.exec(bare);
    if (!pair?.[1]) throw new StartProblem(`qms.toml line ${at + 1} does not parse. Write it as key = "value".`);
    found[table + pair[1]] = pair[2] === undefined ? pair[3] : pair[2].replace(/\\(["\\])/g, "$1");
  }
  return found;
}

const known = new Set(["data", "address", "port", "origin", "mode", "keys", "mail.way", "mail.url"]);

function fromFile(env: NodeJS.ProcessEnv): Raw {
  const path = env.QMS_CONFIG ?? "qms.toml";
  if (!existsSync(path)) {
    if (env.QMS_CONFIG) throw new StartProblem(`QMS_CONFIG names ${path}, but there is no such file.`);
    return {};
  }
  const file = parseToml(readFileSync(path, "utf8"));
  for (const key of Object.keys(file))
    if (!known.has(key)) throw new StartProblem(`qms.toml: unknown setting "${key}". Known: ${[...known].join(", ")}.`);
  return file;
}

/** Whether every user may pass through to a path: PostgreSQL runs as `nobody` where QMS runs as root. */
export function everybodyMayEnter(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    try {
      if ((statSync(at).mode & 0o001) === 0) return false;
    } catch {
      // not made yet: it will be made so that everybody may pass
    }
    if (at === dirname(at)) return true;
  }
}

/** As root below a folder that `nobody` may not enter, PostgreSQL could not reach its data: use a place it can. */
function defaultData(): { path: string; moved: boolean } {
  const path = resolve("data");
  if (process.getuid?.() !== 0 || everybodyMayEnter(path)) return { path, moved: false };
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 8);
  return { path: join("/var/tmp", `qms-${hash}`), moved: true };
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 4400);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new StartProblem(`QMS_PORT is "${text}". It must be a whole number from 0 to 65535.`);
  return port;
}

const oneOf = <T extends string>(what: string, text: string | undefined, allowed: readonly T[]): T | undefined => {
  if (text === undefined) return undefined;
  const found = allowed.find((word) => word === text);
  if (!found) throw new StartProblem(`${what} is "${text}". It must be one of: ${allowed.join(", ")}.`);
  return found;
};

/** Reads settings from the environment and `qms.toml`. Throws {@link StartProblem} with one clear sentence. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const file = fromFile(env);
  const fallback = defaultData();
  const named = env.QMS_DATA ?? file["data"];
  const port = portOf(env.QMS_PORT ?? file["port"]);
  const address = env.QMS_ADDRESS ?? file["address"] ?? "127.0.0.1";
  const mailUrl = env.QMS_MAIL_URL ?? file["mail.url"];
  const mode = oneOf("mode", env.QMS_MODE ?? file["mode"], ["demo", "live"]);
  const keys = env.QMS_KEYS ?? file["keys"];
  return {
    data: named ? resolve(named) : fallback.path,
    dataMoved: !named && fallback.moved,
    address,
    port,
    origin: env.QMS_ORIGIN ?? file["origin"] ?? `http://127.0.0.1:${port}`,
    ...(mode ? { mode } : {}),
    ...(keys ? { keys } : {}),
    mail: {
      way: oneOf("mail.way", file["mail.way"], ["outbox", "smtp"]) ?? (mailUrl ? "smtp" : "outbox"),
      ...(mailUrl ? { url: mailUrl } : {}),
    },
    logLevel: env.QMS_LOG_LEVEL ?? "info",
  };
}

/** Whether this user can make and write the folder. */
export function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
