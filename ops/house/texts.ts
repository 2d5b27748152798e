import { posix } from "node:path";
import type { Fault, Source } from "./sources.ts";

const linesMax = 400;
const vague = /^(?:utils?|helpers?|managers?|handlers?|misc|common|shared|stuff|data|info|process(?:or)?)$/;

/** A file's name comes from the field. Looks at each word of it: `user-utils.ts` is as vague as `utils.ts`. */
export function nameFaults(paths: readonly string[]): Fault[] {
  return paths
    .filter((path) => /\.(?:tsx?|mjs|css|sql)$/.test(path))
    .flatMap((path) => {
      const words = posix.basename(path).replace(/\..*$/, "").split(/[-_]/);
      const word =
        words.find((one) => /^(?:utils?|helpers?|managers?)$/.test(one)) ?? (words.length === 1 ? words[0] : "");
      return word && vague.test(word) ? [{ path, what: `"${word}" says nothing: name it for what it holds` }] : [];
    });
}

/** Lines that say something: neither blank nor comment, as the linter counts. */
const isSaid = (line: string): boolean => !/^\s*(?:$|\/\/|\/?\*)/.test(line);

export function lengthFaults(files: readonly Source[]): Fault[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.split("\n").filter(isSaid).length;
    return lines > linesMax ? [{ path, what: `${lines} lines, ${linesMax} at most` }] : [];
  });
}

const mark = ["TO", "DO"].join("");
const marks = [mark, ["FIX", "ME"].join(""), "X".repeat(3)].join("|");

/** An open problem carries the number under which it is kept. */
export function openProblemFaults(files: readonly Source[]): Fault[] {
  const open = new RegExp(`\\b(?:${marks})\\b(?!\\(#\\d+\\):)`);
  return files.flatMap(({ path, text }) => {
    const line = text.split("\n").findIndex((one) => open.test(one));
    return line >= 0 ? [{ path, what: `line ${line + 1}: an open problem without its number, ${mark}(#n):` }] : [];
  });
}

// The names are put together here so that this very file passes the check.
const folders = ["work", "root", "tmp", "home", "Users", "mnt"].join("|");
const machinePath = new RegExp(`(?:^|[\\s"'\`=(:,])/(?:${folders})/[\\w.-]`);
/** Paths that mean the same on every machine of their kind. */
const everywhere = /\/(?:home)\/(?:linuxbrew)\b/;
const ownHost = /\b[\w-]+\.(?:internal|intranet|corp|lan|svc|cluster\.local)(?::\d+)?(?:\/|\b)/;
const privateAddress = /\bhttps?:\/\/(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;
/** A folder beside the repository; the pipeline's own file alone may look there. */
const beside = /(?:^|[\s"'`=(])(?:\.\.\/)+shared\b/;
const resolved = /"resolved":\s*"https?:/;
const registryLine = /^\s*(?:@[\w-]+:)?registry\s*=/m;

/** What belongs to one machine: its paths, hosts of its network, the registry it installs from. `hosts`: names to look for beside these. */
export function machineFaults(files: readonly Source[], hosts: readonly string[] = []): Fault[] {
  return files.flatMap(({ path, text }) => {
    const found: string[] = [];
    for (const [at, line] of text.split("\n").entries()) {
      if (machinePath.test(line) && !everywhere.test(line)) found.push(`line ${at + 1}: a path of one machine`);
      if (beside.test(line) && path !== ".ci/run") found.push(`line ${at + 1}: a folder outside the repository`);
      if (ownHost.test(line) || privateAddress.test(line)) found.push(`line ${at + 1}: a host of one network`);
      if (hosts.some((host) => line.includes(host))) found.push(`line ${at + 1}: the registry of one machine`);
    }
    if (resolved.test(text) && path.endsWith("package-lock.json")) found.push("addresses of a registry");
    if (registryLine.test(text) && path.endsWith(".npmrc")) found.push("a registry of one machine");
    return found.slice(0, 3).map((what) => ({ path, what }));
  });
}
