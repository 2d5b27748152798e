import type { ReplyGiven } from "#core/contract/route.ts";
import type { Context } from "#platform/http/context.ts";
import { sitesMax, type listSites as contract } from "./contract.ts";
import { activeSites } from "./queries.ts";

/** Sites the clinic works at, by name. */
export async function listSites({ db }: Context): Promise<ReplyGiven<typeof contract>> {
  const rows = await activeSites(db, sitesMax + 1);
  return { items: rows.slice(0, sitesMax), more: rows.length > sitesMax };
}
