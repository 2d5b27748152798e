import { z } from "zod";
import type { Route } from "#core/contract/route.ts";
import { openApiOf } from "#platform/http/openapi.ts";
import type { Registry } from "#platform/http/registry.ts";
import { folder, madeBy, table, type Pages } from "../product.ts";

const ledgerOf = ({ ledger }: Route): string =>
  ledger.reads
    ? `reads ${ledger.reads}`
    : ledger.writes
      ? `writes ${ledger.writes}`
      : ledger.searches
        ? `searches ${ledger.searches}`
        : "none";

/** Field names of an object's shape; `?` may be left out. */
function fieldsOf(shape: z.ZodType | undefined): string {
  if (!(shape instanceof z.ZodObject)) return "";
  const fields: [string, unknown][] = Object.entries(shape.shape);
  return fields
    .map(([name, of]) => (of instanceof z.ZodType && of.safeParse(undefined).success ? `${name}?` : name))
    .join(", ");
}

const limitOf = ({ limit }: Route): string => (limit ? `${limit.perMinute} a minute, ${limit.per}` : "");

const asked = (route: Route): string =>
  [
    route.query ? `query: ${fieldsOf(route.query)}` : "",
    route.body ? `body: ${fieldsOf(route.body) || "see openapi.json"}` : "",
    route.idempotent ? "header: Idempotency-Key" : "",
    route.stepUp ? "a fresh proof of identity (step-up)" : "",
  ]
    .filter(Boolean)
    .join("; ");

/** The API as a page to read and as OpenAPI for programs. */
export function apiPages(registry: Registry): Pages {
  const routes = [...registry.doors, ...registry.handlers].map(({ route }) => route);
  const things = [...new Set(routes.map(({ act }) => act.split(".")[0] ?? ""))].toSorted();
  const parts = things.map((thing) => {
    const rows = routes
      .filter(({ act }) => act.startsWith(`${thing}.`))
      .map((route) => [
        `\`${route.method} ${route.outside ? "" : "/api/c/:slug"}${route.path}\``,
        `\`${route.act}\``,
        route.summary,
        asked(route),
        `\`${route.right}\``,
        ledgerOf(route),
        limitOf(route),
      ]);
    return `## ${thing}\n\n${table(["route", "act", "what", "asks", "right", "ledger", "limit"], rows)}\n`;
  });
  return new Map([
    [
      `${folder}/api.md`,
      `${madeBy}\n# API\n\nRoutes of a clinic stand below \`/api/c/<slug>\`. Every request of a session is signed (\`DPoP\`); shapes in full stand in [openapi.json](openapi.json), which a running server also gives at \`GET /openapi.json\`. Refusals: [problems](problems.md).\n\n${parts.join("\n")}`,
    ],
    [`${folder}/openapi.json`, `${JSON.stringify(openApiOf(registry), null, 2)}\n`],
  ]);
}
