import { z } from "zod";
import { route } from "#core/contract/route.ts";
import { id } from "#core/contract/shapes.ts";

/** Services one list shows. A clinic has tens, at most some hundreds. */
export const servicesMax = 1000;

export const service = z.object({
  id,
  code: z.string(),
  nameUk: z.string(),
  nameEn: z.string().nullable(),
  minutes: z.number().int(),
  department: z.string().nullable(),
  /** Where its department stands; null when it has none or the department is everywhere. */
  siteId: id.nullable(),
});
export type Service = z.output<typeof service>;

export const listServices = route({
  act: "service.list",
  summary: `Services the clinic offers, by code; ${servicesMax} at most, and whether there are more.`,
  method: "GET",
  path: "/services",
  right: "service:read",
  ledger: { none: "what the clinic offers, known to everybody who comes there" },
  reply: z.object({ items: z.array(service), more: z.boolean() }),
  problems: [],
});
