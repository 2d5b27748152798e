import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startTemporary } from "#testing/temporary.ts";
import { schemaFolders } from "#product/contents.ts";
import { makeDocuments, makeQueries } from "./documents.ts";
import { folder } from "./product.ts";

const root = join(import.meta.dirname, "..", "..");
const { server, stop } = await startTemporary(schemaFolders);
try {
  const documents = await makeDocuments(server);
  const pages = new Map([...documents, ...(await makeQueries(server)).pages]);
  for (const path of globSync(`${folder}/**/*.{md,svg,json}`, { cwd: root }))
    if (!pages.has(path.replaceAll("\\", "/"))) rmSync(join(root, path));
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  process.stdout.write(`${pages.size} files written\n`);
} finally {
  await stop();
}
