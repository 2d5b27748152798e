// Node runs .ts but not .tsx: this hook turns the server-rendered pages' JSX into calls of Preact.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";

registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".tsx")) return next(url, context);
    const path = fileURLToPath(url);
    const out = transformSync(path, readFileSync(path, "utf8"), {
      jsx: { runtime: "automatic", importSource: "preact" },
    });
    if (out.errors.length > 0) throw new SyntaxError(`${path}: ${out.errors[0].message}`);
    return { format: "module", shortCircuit: true, source: out.code };
  },
});
