import type { Fault, Source } from "./sources.ts";

const linesMax = 15;

/** Folders that must introduce themselves: every top folder and every capability that has files. */
export function foldersOf(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const [top, pillar, name, file] = path.split("/");
    if (top === undefined || pillar === undefined || top.startsWith(".")) continue;
    folders.add(top);
    if (top === "product" && pillar && name && file) folders.add(`${top}/${pillar}/${name}`);
  }
  return [...folders].toSorted();
}

/** What every introduction says, and what a capability's says beside it. */
const headings = ["Not here:"];
const capabilityHeadings = ["Others may call:"];

function faultsIn({ path, text }: Source, folder: string): Fault[] {
  const lines = text.trimEnd().split("\n");
  const capability = folder.startsWith("product/");
  const title = capability ? folder.slice("product/".length) : folder;
  const wanted = capability ? [...headings, ...capabilityHeadings] : headings;
  const faults = wanted
    .filter((heading) => !text.includes(heading))
    .map((heading) => `says nothing under "${heading}"`);
  if (lines.length > linesMax) faults.push(`${lines.length} lines; ${linesMax} are enough to introduce a folder`);
  if (!lines[0]?.startsWith(`# ${title}: `)) faults.push(`its first line is not "# ${title}: …"`);
  return faults.map((what) => ({ path, what }));
}

/** Checks that each folder has its README.md with the fixed headings. */
export function readmeFaults(folders: readonly string[], find: (path: string) => Source | undefined): Fault[] {
  return folders.flatMap((folder) => {
    const path = `${folder}/README.md`;
    const source = find(path);
    return source ? faultsIn(source, folder) : [{ path, what: "is missing" }];
  });
}
