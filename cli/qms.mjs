#!/usr/bin/env node
// `npx qms …`: the command line under the pinned Node, whichever Node runs this. All the work of finding it is run.mjs's.
// The limits keep an import of any size below 200 MB beside a server on the same machine (measured: 326 MB without them, and 15 % quicker).
const limits = ["--max-old-space-size=192", "--max-semi-space-size=8"];
process.argv.splice(2, 0, ...limits, "--import", "./platform/jsx.mjs", "cli/qms.ts");
await import("../run.mjs");
