import type { ReplyGiven } from "#core/contract/route.ts";
import type { Context } from "#platform/http/context.ts";
import { servicesMax, type listServices as contract } from "./contract.ts";
import { offeredServices } from "./queries.ts";

/** Services the clinic offers, by code; retired ones are not offered. */
export async function listServices({ db }: Context): Promise<ReplyGiven<typeof contract>> {
  const rows = await offeredServices(db, servicesMax + 1);
  return { items: rows.slice(0, servicesMax), more: rows.length > servicesMax };
}
