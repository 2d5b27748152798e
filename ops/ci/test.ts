import { schemaFolders } from "#product/contents.ts";
import { startTemporary, type TemporaryServer } from "#testing/temporary.ts";
import { needChromium } from "./browser.ts";
import { check } from "./checks.ts";
import { stagesOf, type Stage } from "./stages.ts";
import { runStep, stopSteps } from "./step.ts";
import { addUp, tallyOf, type Tally } from "./tally.ts";

/** Files at once: as many as the smallest machine we serve has cores. */
const atOnce = 2;
/** A test that takes longer hangs; the slowest honest one walks the whole product in a browser. */
const testMsMax = 300_000;

const title = (text: string): void => void process.stdout.write(`\n━━ ${text}\n`);

let database: TemporaryServer | undefined;

async function serverText(): Promise<string> {
  database ??= await startTemporary(schemaFolders);
  const { host, port, passwords } = database.server;
  return JSON.stringify({ host, port, passwords });
}

const howArgs = (how: Stage["how"]): string[] =>
  how === "one process" ? ["--test-isolation=none"] : [`--test-concurrency=${how === "with browser" ? 1 : atOnce}`];

async function run(stage: Stage): Promise<Tally> {
  title(`${stage.name}: ${stage.files.length} files`);
  const env: NodeJS.ProcessEnv = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  if (stage.how === "with browser") env.CHROMIUM_PATH = needChromium();
  if (stage.how !== "one process") env.QMS_TEST_SERVER = await serverText();
  const flags = ["--test", "--test-reporter=spec", `--test-timeout=${testMsMax}`, ...howArgs(stage.how)];
  const hook = ["--disable-warning=ExperimentalWarning", "--import", "./platform/jsx.mjs"];
  const done = await runStep({
    name: stage.name,
    program: process.execPath,
    args: [...hook, ...flags, ...stage.files],
    env,
    show: true,
  });
  return tallyOf(done.output, done.ok);
}

/** A stage that cannot even begin is one failure, said in words; the others still run. */
async function runSafely(stage: Stage): Promise<Tally> {
  try {
    return await run(stage);
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1 };
  }
}

async function checked(): Promise<Tally> {
  title("check");
  const done = await check();
  const passed = done.filter(({ ok }) => ok).length;
  return { passed, failed: done.length - passed };
}

async function main(words: readonly string[]): Promise<void> {
  const stages = stagesOf(words);
  if (stages.length === 0) {
    process.stdout.write(`No test file has ${words.join(" or ")} in its path.\n`);
    process.exitCode = 1;
    return;
  }
  const tallies: Tally[] = words.length === 0 ? [await checked()] : [];
  for (const stage of stages) tallies.push(await runSafely(stage));
  const { passed, failed } = addUp(tallies);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function stop(): Promise<void> {
  const running = database;
  database = undefined;
  await running?.stop();
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.once(signal, () => {
    stopSteps();
    void stop().finally(() => process.exit(130));
  });

try {
  await main(process.argv.slice(2));
} finally {
  await stop();
}
