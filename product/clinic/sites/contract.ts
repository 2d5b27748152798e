import { z } from "zod";
import { route } from "#core/contract/route.ts";
import { id } from "#core/contract/shapes.ts";

/** Sites one list shows. A clinic of this product's size has a handful. */
export const sitesMax = 200;

export const site = z.object({ id, name: z.string(), address: z.string() });

export const listSites = route({
  act: "site.list",
  summary: `Sites the clinic works at, by name; ${sitesMax} at most, and whether there are more.`,
  method: "GET",
  path: "/sites",
  right: "site:read",
  ledger: { none: "places of the clinic, known to everybody who comes there" },
  reply: z.object({ items: z.array(site), more: z.boolean() }),
  problems: [],
});
