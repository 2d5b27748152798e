import { request } from "./request.ts";

/** The benches by name. `npm run bench -- NAME` runs one, without a name all of them. */
const benches: Record<string, () => Promise<void>> = { request };

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in benches));
if (unknown) {
  process.stderr.write(`There is no bench "${unknown}". There are: ${Object.keys(benches).join(", ")}.\n`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(benches)) await benches[name]?.();
