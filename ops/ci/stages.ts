import { globSync } from "node:fs";
import { root } from "./step.ts";

/** A group of test files that run the same way, in this order. */
export type Stage = { name: string; files: string[]; how: "one process" | "with database" | "with browser" };

/** All test files by stage, narrowed to those whose path contains one of the words. `check` runs the house test by itself. */
export function stagesOf(words: readonly string[]): Stage[] {
  const all = globSync("{bench,cli,core,e2e,fhir,ops,platform,portal,product,testing,web}/**/*.test.ts", { cwd: root })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted();
  const asked =
    words.length === 0
      ? all.filter((path) => path !== "ops/house/house.test.ts")
      : all.filter((path) => words.some((word) => path.includes(word)));
  const inCore = (path: string) => path.startsWith("core/");
  const inBrowser = (path: string) => path.startsWith("e2e/");
  const stages: Stage[] = [
    { name: "pure functions", how: "one process", files: asked.filter(inCore) },
    {
      name: "through the door",
      how: "with database",
      files: asked.filter((path) => !inCore(path) && !inBrowser(path)),
    },
    { name: "in the browser", how: "with browser", files: asked.filter(inBrowser) },
  ];
  return stages.filter(({ files }) => files.length > 0);
}
