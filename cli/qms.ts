import { product } from "#product/product.ts";
import { schemaFolders } from "#product/contents.ts";
import { runCommand } from "./command-table.ts";
import { processTerminal } from "./terminal.ts";

// The command line's whole story: words → command → exit code (0 done · 1 failed · 2 wrong use · 3 needs attention).
process.exitCode = await runCommand(process.argv.slice(2), { terminal: processTerminal(), product, schemaFolders });
