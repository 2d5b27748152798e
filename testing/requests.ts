import { z } from "zod";
import { addressOf } from "#core/contract/address.ts";
import type { Route } from "#core/contract/route.ts";

/** Values that fit the shapes of path parameters and name nothing that exists. */
const samples: readonly unknown[] = [
  "00000000-0000-4000-8000-000000000000",
  "INC-999999",
  "VIS-999999",
  "F01",
  "A".repeat(43),
  "nothing",
  1,
];

/** A parameter that the route's own shape takes. Throws when none of the samples fits: then a sample is missing here. */
function paramsOf(route: Route): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  if (!(route.params instanceof z.ZodObject)) return filled;
  for (const [name, shape] of Object.entries(route.params.shape)) {
    const fits = samples.find((sample) => z.safeParse(shape as z.ZodType, sample).success); // a ZodObject's shape holds types
    if (fits === undefined) throw new Error(`${route.act}: no sample for :${name}`);
    filled[name] = fits;
  }
  return filled;
}

/** A well-formed request to any route that asks for things which do not exist: it passes every wall and changes nothing. */
export function emptyRequest(
  route: Route,
  slug: string,
): { method: string; path: string; body?: unknown; headers: Record<string, string> } {
  const path = addressOf(route, { slug, params: paramsOf(route) });
  const writes = route.method !== "GET" && route.method !== "DELETE";
  return {
    method: route.method,
    path,
    ...(writes ? { body: { nothing: true } } : {}),
    headers: route.idempotent ? { "idempotency-key": "00000000-0000-4000-8000-0000000000aa" } : {},
  };
}
