import pg from "pg";
import { connection } from "#platform/database/bootstrap.ts";
import type { Server } from "#platform/database/embedded.ts";
import { product } from "#product/product.ts";
import { apiPages } from "./pages/api.ts";
import { eventsPage } from "./pages/events.ts";
import { problemsPage } from "./pages/problems.ts";
import { queriesPage, queryCatalogue, type QueryPlan } from "./pages/queries.ts";
import { rightsPage } from "./pages/rights.ts";
import { schemaPage } from "./pages/schema.ts";
import { statesPages } from "./pages/states.ts";
import { machines, registry, type Pages } from "./product.ts";
import { tour } from "./tour.ts";
import { databaseTypes } from "./types.ts";

/** The page of queries, by touring the product on a database of its own. */
export async function makeQueries(empty: Server): Promise<{ plans: QueryPlan[]; pages: Pages }> {
  const statements = await tour(empty);
  const client = new pg.Client(connection(empty, "postgres", "qms documents"));
  await client.connect();
  try {
    await client.query("analyze");
    const plans = await queryCatalogue(statements, client);
    return { plans, pages: queriesPage(plans) };
  } finally {
    await client.end();
  }
}

/** Everything else that is made from the code: reference pages and the database's types. `server.database` holds the schema. */
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
