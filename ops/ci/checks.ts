import { join } from "node:path";
import { runSteps, root, type Done, type Step } from "./step.ts";

const tool = (name: string): string => join(root, "node_modules", ".bin", name);

/** npm as the person runs it; `npm run` says where its own file is. */
function npm(args: readonly string[]): Pick<Step, "program" | "args"> {
  const file = process.env.npm_execpath;
  return file ? { program: process.execPath, args: [file, ...args] } : { program: "npm", args };
}

const types = (project: string): Step => ({
  name: `types: ${project}`,
  program: tool("tsc"),
  args: ["-p", `tsconfig.${project}.json`],
});

/** What every commit must pass, longest first: two run at a time. */
export const checks: readonly Step[] = [
  { name: "lint", program: tool("oxlint"), args: ["--type-aware", "--format=unix"] },
  { name: "unused code and packages", program: tool("knip"), args: ["--no-progress"] },
  {
    name: "rules of the house",
    program: process.execPath,
    args: ["--test", "--test-reporter=spec", "ops/house/house.test.ts"],
  },
  types("server"),
  types("web"),
  types("shared"),
  types("portal"),
  // a pin whose platform siblings the registry lacks stops `npm ci` on other machines, and here only by its exit code
  { name: "lock file", ...npm(["ci", "--dry-run", "--loglevel=error"]) },
  { name: "format", program: tool("oxfmt"), args: ["--check"] },
];

const line = ({ name, ok, seconds }: Done): string =>
  `${ok ? "✔" : "✘"} ${name.padEnd(26)} ${seconds.toFixed(1).padStart(5)} s\n`;

/** Runs all checks, one line each; then the words of those that failed. */
export async function check(): Promise<Done[]> {
  const done = await runSteps(checks, 2, (step) => process.stdout.write(line(step)));
  for (const { name, ok, output } of done) if (!ok) process.stdout.write(`\n── ${name}\n${output.trim()}\n`);
  return done;
}
