import { makeRegistry } from "#platform/http/registry.ts";
import type { Command } from "../command.ts";
import { optionsOf } from "../options.ts";

export const routesCommand: Command = {
  name: "routes",
  usage: "routes [--json]",
  about: {
    uk: "Усі маршрути з правом і слідом у журналі.",
    en: "Every route with its right and its trace in the ledger.",
  },
  run: async (words, { terminal, product }) => {
    optionsOf(words, { plain: 0 });
    // routes are data: nothing of the platform is needed to list them
    const registry = makeRegistry(
      product.parts(() => {
        throw new Error("no product runs here");
      }),
    );
    const rows = [...registry.doors, ...registry.handlers].map(({ route }) => ({
      method: route.method,
      path: route.outside ? route.path : `/api/c/:slug${route.path}`,
      act: route.act,
      right: route.right,
      ledger: route.ledger.reads
        ? `reads ${route.ledger.reads}`
        : route.ledger.writes
          ? `writes ${route.ledger.writes}`
          : route.ledger.searches
            ? `searches ${route.ledger.searches}`
            : "none",
      session: route.session ?? "bound",
    }));
    if (terminal.json) {
      await terminal.out(`${JSON.stringify(rows, null, 2)}\n`);
      return 0;
    }
    const width = (name: "path" | "act" | "right") => Math.max(...rows.map((row) => row[name].length));
    const widths = { path: width("path"), act: width("act"), right: width("right") };
    for (const row of rows)
      await terminal.out(
        `${row.method.padEnd(6)} ${row.path.padEnd(widths.path)}  ${row.act.padEnd(widths.act)}  ${row.right.padEnd(widths.right)}  ${row.ledger}\n`,
      );
    return 0;
  },
};
