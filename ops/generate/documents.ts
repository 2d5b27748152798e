import pg from "pg";
import { connection } from "#platform/database/bootstrap.ts";
import type { Server } from "#platform/database/embedded.ts";
import { product } from "#product/product.ts";
import { apiPages } from "./pages/api.ts";
import { eventsPage } from "./pages/events.ts";
import { problemsPage } from "./pages/problems.ts";
import { rightsPage } from "./pages/rights.ts";
import { schemaPage } from "./pages/schema.ts";
import { statesPages } from "./pages/states.ts";
import { machines, registry, type Pages } from "./product.ts";
import { databaseTypes } from "./types.ts";

/** Everything that is made from the code: reference pages and the database's types. `server.database` holds the schema. */
export async function makeDocuments(server: Server): Promise<Pages> {
  const served = registry();
  const routes = [...served.doors, ...served.handlers].map(({ route }) => route);
  const client = new pg.Client(connection(server, "postgres", "qms documents"));
  await client.connect();
  try {
    return new Map([
      ...rightsPage(routes),
      ...statesPages(await machines()),
      ...eventsPage(product.loop),
      ...problemsPage(served.problems, routes),
      ...apiPages(served),
      ...(await schemaPage(client)),
      ["platform/database/types.ts", await databaseTypes(server, server.database)],
    ]);
  } finally {
    await client.end();
  }
}
