import { parseSync, Visitor } from "oxc-parser";
import type { Fault, Source } from "./sources.ts";

/** What a file asks for. `types`: nothing of it remains when the program runs. */
export type Import = { name: string; types: boolean };

/** A parsed file: its imports, the parts that break a rule of style, and its texts (strings and templates). */
export type Parsed = Source & { imports: Import[]; faults: Fault[]; texts: string[] };

const literal = /^["'`]([^"'`$]*)["'`]$/;

/** Parses one file. Throws on a syntax error, and on an import whose name is computed from a relative path. */
export function parse({ path, text }: Source): Parsed {
  const { module, program, errors } = parseSync(path, text);
  const broken = errors.find(({ severity }) => /^Error$/.test(severity));
  if (broken) throw new Error(`${path}: ${broken.message}`);
  const imports: Import[] = module.staticImports.map(({ moduleRequest, entries }) => ({
    name: moduleRequest.value,
    types: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest) imports.push({ name: moduleRequest.value, types: isType });
  for (const { moduleRequest } of module.dynamicImports) {
    const name = literal.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1];
    if (name) imports.push({ name, types: false });
  }
  const faults: Fault[] = [];
  const texts: string[] = [];
  const fault = (what: string) => () => faults.push({ path, what });
  new Visitor({
    ExportDefaultDeclaration: fault("a default export: give it the name it has everywhere"),
    TSEnumDeclaration: fault("an enum: write a union of its words"),
    TSAnyKeyword: fault("the type any: parse, or say unknown"),
    TSImportType: (node) => imports.push({ name: node.source.value, types: true }),
    Literal: (node) => {
      if (typeof node.value === "string") texts.push(node.value);
    },
    TemplateElement: (node) => texts.push(node.value.cooked ?? node.value.raw),
  }).visit(program);
  if (path.endsWith(".config.ts")) return { path, text, imports, texts, faults: [] }; // tools want a default export
  return { path, text, imports, texts, faults };
}
