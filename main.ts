import { StartProblem } from "#platform/config/settings.ts";
import { runQms } from "#platform/start/run.ts";
import { schemaFolders } from "#product/contents.ts";
import { fillDemo } from "#product/demo/fill-demo.ts";
import { product } from "#product/product.ts";
import { servePortal } from "#portal/serve.ts";

// The whole story: settings → held folder → database → platform → product → pages → listen. Ctrl-C undoes it in reverse.
try {
  await runQms({ product, schemaFolders, servePortal, fillDemo: async (app) => (await fillDemo(app)).hint });
} catch (error) {
  if (!(error instanceof StartProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
