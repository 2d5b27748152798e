import { globSync } from "node:fs";
import { join } from "node:path";
import type { Machine } from "#core/contract/machine.ts";
import { makeRegistry, type Registry } from "#platform/http/registry.ts";
import { product } from "#product/product.ts";

/** Generated pages by their path from the repository's root. */
export type Pages = Map<string, string>;

export const folder = "docs/reference/generated";
export const madeBy = "<!-- Made by `npm run generate` from the code; a test fails when it differs. -->\n";

/** The doors as they are served. Nothing is called: a handler that asked for the running product would stop here. */
export const registry = (): Registry =>
  makeRegistry(
    product.parts(() => {
      throw new Error("documents are made without a running product");
    }),
  );

const isMachine = (value: unknown): value is Machine =>
  typeof value === "object" && value !== null && "name" in value && "states" in value && typeof value.name === "string";

/** All lifecycles: every machine that a `states.ts` of the product exports, with the capability it belongs to. */
export async function machines(): Promise<{ capability: string; machine: Machine }[]> {
  const root = join(import.meta.dirname, "..", "..");
  const found: { capability: string; machine: Machine }[] = [];
  for (const path of globSync("product/*/*/states.ts", { cwd: root }).toSorted()) {
    const module: unknown = await import(join(root, path));
    const values: unknown[] = typeof module === "object" && module !== null ? Object.values(module) : [];
    const capability = path.split(/[\\/]/).slice(1, 3).join("/");
    for (const machine of values.filter(isMachine)) found.push({ capability, machine });
  }
  return found;
}

/** A table row; bars inside cells would end them. */
export const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;

/** A whole table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => "---")), ...rows.map((cells) => row(...cells))].join("\n");
