import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { freePort } from "./port.ts";

const root = join(import.meta.dirname, "..");
const folders: string[] = [];
const started: ChildProcess[] = [];
after(() => {
  for (const child of started) if (child.exitCode === null) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Removes a folder when the test file ends. */
export const removeAtEnd = (path: string): void => void folders.push(path);

/** A data folder that is not there yet, removed when the test file ends. */
export const dataFolder = (name = "qms-a-"): string => {
  const path = mkdtempSync(join(tmpdir(), name));
  chmodSync(path, 0o755); // PostgreSQL may run as another user, who must pass through
  removeAtEnd(path);
  return join(path, "data");
};

/** The product as a process of its own. `ready` waits for its ready line, `ended` for its exit code. */
export type Started = {
  child: ChildProcess;
  words: () => string;
  ended: Promise<number | null>;
  port: number;
  ready: () => Promise<void>;
};

/** Starts the product as `npm start` does, but by Node itself: a signal to npm would end npm alone. */
export async function startProduct(data: string, more: Record<string, string> = {}): Promise<Started> {
  const port = Number(more["QMS_PORT"] ?? (await freePort()));
  const { QMS_ORIGIN: _, ...env } = process.env;
  const child = spawn(process.execPath, ["run.mjs", "--import", "./platform/jsx.mjs", "main.ts"], {
    cwd: root,
    env: { ...env, QMS_DATA: data, QMS_PORT: String(port), QMS_TEST_SERVER: "", ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
  const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  const ready = async () => {
    while (!/QMS is ready at/.test(text)) {
      assert(child.exitCode === null, text);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  return { child, words: () => text, ended, port, ready };
}
