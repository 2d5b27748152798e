import type { Route } from "./route.ts";

/** Parameters are texts, numbers and yes or no; anything else has no form in an address. */
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

type Filled = { slug?: string | undefined; params?: unknown; query?: unknown };
const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === "object" && value !== null ? Object.entries(value) : [];

/** Address of a route with its clinic, parameters and query filled in: for browser, scripts and tests alike. */
export function addressOf(route: Route, { slug, params, query }: Filled): string {
  const values = new Map(entriesOf(params));
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(textOf(values.get(name))));
  const asked = entriesOf(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`)
    .join("&");
  return `${route.outside ? "" : `/api/c/${slug ?? ""}`}${path}${asked === "" ? "" : `?${asked}`}`;
}
