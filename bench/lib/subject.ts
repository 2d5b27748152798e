import { mkdtempSync, readFileSync, rmSync, chmodSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { openClient, type Client } from "#cli/client.ts";
import type { Server } from "#platform/database/embedded.ts";
import { demoPassword, demoSlug } from "#product/demo/make-demo.ts";
import { freePort } from "#testing/port.ts";
import { demoRoster } from "#product/demo/words.ts";
import { familyOf, openBox, startPinned, type Box } from "./box.ts";

const root = join(import.meta.dirname, "..", "..");

/** A running product with its demo clinic, pinned to the subject's core. */
export type Subject = {
  origin: string;
  slug: string;
  data: string;
  server: Server;
  pids: () => string[];
  signIn: (as: string) => Promise<Client>;
  stop: () => Promise<void>;
  child: ChildProcess;
  readyMs: number;
  box: Box;
};

/** Waits for a line of a child's words. */
export function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((done, failed) => {
    let text = "";
    const hear = (chunk: Buffer) => {
      text += chunk.toString("utf8");
      if (pattern.test(text)) done(text);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => failed(new Error(`ended with ${code}: ${text.slice(-800)}`)));
  });
}

/** Starts the product on a new or kept data folder and waits until its history is told. */
export async function startSubject(
  o: { data?: string; env?: Record<string, string>; history?: boolean; main?: string } = {},
): Promise<Subject> {
  const data = o.data ?? join(mkdtempSync(join(tmpdir(), "qms-b-")), "data");
  if (!o.data) chmodSync(join(data, ".."), 0o755);
  const port = await freePort();
  const began = performance.now();
  const box = openBox();
  const child = startPinned(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      "--import",
      join(root, "platform/jsx.mjs"),
      join(root, o.main ?? "main.ts"),
    ],
    { env: { ...process.env, QMS_DATA: data, QMS_PORT: String(port), QMS_LOG_LEVEL: "error", ...o.env }, box },
  );
  const history = o.history === false ? Promise.resolve("") : said(child, /demo history complete|ready at .*\n/);
  const complete = o.history === true ? said(child, /demo history complete/) : Promise.resolve("");
  await said(child, /QMS is ready at/);
  const readyMs = performance.now() - began;
  await history;
  await complete;
  const origin = `http://127.0.0.1:${port}`;
  const run = join(
    tmpdir(),
    `qms-${process.getuid?.() ?? 0}-${createHash("sha256").update(data).digest("hex").slice(0, 8)}`,
  );
  const server: Server = {
    host: run,
    port: 5432,
    database: "qms",
    passwords: JSON.parse(readFileSync(join(data, "keys", "database.json"), "utf8")),
  };
  return {
    origin,
    slug: demoSlug,
    data,
    server,
    child,
    readyMs,
    box,
    pids: () => familyOf(child.pid, [`${data}/postgres`]),
    signIn: async (as) => {
      const client = openClient(origin);
      const login = demoRoster.find((one) => one.as === as)?.login ?? "";
      const answer = await client.signIn(login, demoPassword);
      if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.body)}`);
      return client;
    },
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.kill("SIGINT");
      await ended;
      box.remove();
      if (!o.data) rmSync(join(data, ".."), { recursive: true, force: true });
    },
  };
}
