import { crash } from "./crash.ts";
import { importBench } from "./import.ts";
import { ledger } from "./ledger.ts";
import { verdicts } from "./lib/print.ts";
import { memory } from "./memory.ts";
import { request } from "./request.ts";
import { signals } from "./signals.ts";
import { start } from "./start.ts";
import { wallsBench } from "./walls.ts";

/** The benches by name. `npm run bench -- NAME` runs one, without a name all of them. */
const benches: Record<string, () => Promise<void>> = {
  request,
  walls: wallsBench,
  ledger,
  signals,
  memory,
  start,
  import: importBench,
  crash,
};

/** What a run ends with when neighbours kept the machine too busy to tell (sysexits: a temporary failure). */
const contendedCode = 75;

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in benches));
if (unknown) {
  process.stderr.write(`There is no bench "${unknown}". There are: ${Object.keys(benches).join(", ")}.\n`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(benches)) await benches[name]?.();
process.exit(verdicts.failed > 0 ? 1 : verdicts.contended > 0 ? contendedCode : 0);
