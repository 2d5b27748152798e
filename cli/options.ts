import { parseArgs } from "node:util";
import { UsageProblem } from "./usage.ts";

/** Reads a command's words: plain ones, `--name VALUE` for `texts`, `--name` for `flags`. Throws {@link UsageProblem}. */
export function optionsOf<T extends string, F extends string>(
  words: readonly string[],
  o: { plain: number; texts?: readonly T[]; flags?: readonly F[] },
): { plain: string[]; texts: Partial<Record<T, string>>; flags: Record<F, boolean> } {
  const options: Record<string, { type: "string" | "boolean" }> = {};
  for (const name of o.texts ?? []) options[name] = { type: "string" };
  for (const name of o.flags ?? []) options[name] = { type: "boolean" };
  let read: ReturnType<typeof parseArgs>;
  try {
    read = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : String(error));
  }
  if (read.positionals.length !== o.plain) throw new UsageProblem("");
  const texts: Partial<Record<T, string>> = {};
  for (const name of o.texts ?? []) {
    const value = read.values[name];
    if (typeof value === "string") texts[name] = value;
  }
  // every flag is filled in here
  const flags = Object.fromEntries((o.flags ?? []).map((name) => [name, read.values[name] === true])) as Record<
    F,
    boolean
  >;
  return { plain: read.positionals, texts, flags };
}
