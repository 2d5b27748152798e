import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

// Builds the staff app into the folder named on the command line, with brotli and gzip beside each asset.
const [out] = process.argv.slice(2);
if (!out) throw new Error("usage: node web/build.ts FOLDER");
process.env["QMS_DIST"] = out;
await build({ configFile: join(import.meta.dirname, "vite.config.ts"), logLevel: "error" });
for (const name of readdirSync(join(out, "assets"))) {
  if (!/\.(?:js|css|svg)$/.test(name)) continue;
  const path = join(out, "assets", name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
