#!/usr/bin/env node
// `npx qms …`: the command line under the pinned Node, whichever Node runs this. All the work of finding it is run.mjs's.
process.argv.splice(2, 0, "--import", "./platform/jsx.mjs", "cli/qms.ts");
await import("../run.mjs");
