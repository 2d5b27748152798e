import { spawn } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** A program to run from the repository's root. `show`: its output goes to the screen as it comes. */
export type Step = { name: string; program: string; args: readonly string[]; show?: boolean; env?: NodeJS.ProcessEnv };

export type Done = { name: string; ok: boolean; seconds: number; output: string };

/** Programs that run now; a runner that is told to stop ends them first. */
const running = new Set<() => void>();

/** Ends every program that {@link runStep} started and that still runs. */
export const stopSteps = (): void => {
  for (const end of running) end();
};

/** Runs a program without input. Never throws: a program that cannot start is a failed step that says so. */
export function runStep(step: Step): Promise<Done> {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(step.program, step.args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...step.env },
    });
    const end = () => child.kill("SIGTERM");
    running.add(end);
    let output = "";
    const take = (to: NodeJS.WriteStream) => (chunk: string) => {
      output += chunk;
      if (step.show) to.write(chunk);
    };
    child.stdout.setEncoding("utf8").on("data", take(process.stdout));
    child.stderr.setEncoding("utf8").on("data", take(process.stderr));
    const finish = (ok: boolean, words = "") => {
      running.delete(end);
      resolve({ name: step.name, ok, seconds: (performance.now() - began) / 1000, output: output + words });
    };
    child.on("error", (error) => finish(false, error.message));
    child.on("close", (code) => finish(code === 0));
  });
}

/** Runs steps, at most `atOnce` at a time, and tells of each as it ends. Results stand in the given order. */
export async function runSteps(steps: readonly Step[], atOnce: number, tell: (done: Done) => void): Promise<Done[]> {
  const results = new Map<Step, Done>();
  const waiting = [...steps];
  async function worker(): Promise<void> {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const done = await runStep(step);
      results.set(step, done);
      tell(done);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker));
  return steps.flatMap((step) => results.get(step) ?? []);
}
