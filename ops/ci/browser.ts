import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** Path of a Chromium: CHROMIUM_PATH, the usual places, the search path. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const onPath = (env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const wanted = env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : [...places, ...onPath];
  return wanted.find((path) => existsSync(path));
}

const inApt = (args: readonly string[]): boolean =>
  spawnSync("apt-get", args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }).status === 0;

/** Finds Chromium, or installs it where we may. Throws an Error that names the one command when neither works. */
export function needChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (process.env.CHROMIUM_PATH)
    throw new Error(`There is no browser at CHROMIUM_PATH (${process.env.CHROMIUM_PATH}).`);
  const apt = spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
  if (apt && process.getuid?.() === 0) {
    process.stdout.write("Installing Chromium for the browser tests …\n");
    // an update that fails (one of several sources away) may still leave lists that are good enough
    inApt(["update", "-qq"]);
    if (!inApt(["install", "-y", "-qq", "--no-install-recommends", "chromium"]))
      throw new Error("Chromium could not be installed. See apt-get's words above.");
    const installed = findChromium();
    if (installed) return installed;
  }
  const command = apt
    ? "sudo apt-get install -y --no-install-recommends chromium"
    : "CHROMIUM_PATH=<path of a Chromium or Chrome> npm test";
  throw new Error(`The browser tests need Chromium. Run: ${command}`);
}
