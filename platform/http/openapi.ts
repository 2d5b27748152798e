import { createDocument, type ZodOpenApiObject } from "zod-openapi";
import type { Registry } from "./registry.ts";

type Paths = NonNullable<ZodOpenApiObject["paths"]>;

const templated = (path: string): string => path.replace(/:(\w+)/g, "{$1}");
const operationId = (act: string): string => act.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());

/** OpenAPI 3.1 of every declared route: input and output shapes, right, ledger use, problems. */
export function openApiOf(registry: Registry): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { route } of [...registry.handlers, ...registry.doors]) {
    const url = templated(route.outside ? route.path : `/api/c/:slug${route.path}`);
    const status = route.created ? "201" : route.reply.type === "null" ? "204" : "200";
    paths[url] = {
      ...paths[url],
      [route.method.toLowerCase()]: {
        operationId: operationId(route.act),
        summary: route.summary,
        ...(route.params || route.query
          ? {
              requestParams: {
                ...(route.params ? { path: route.params } : {}),
                ...(route.query ? { query: route.query } : {}),
              },
            }
          : {}),
        ...(route.body ? { requestBody: { content: { "application/json": { schema: route.body } } } } : {}),
        responses: {
          [status]:
            status === "204"
              ? { description: "done" }
              : { description: "done", content: { "application/json": { schema: route.reply } } },
          default: { description: `problem+json: ${route.problems.join(", ") || "those of the platform"}` },
        },
        "x-right": route.right,
        "x-session": route.session ?? "bound",
        "x-ledger": route.ledger,
        "x-problems": route.problems,
      },
    };
  }
  // zod-openapi's own type is wider than what we fill in
  return createDocument({ openapi: "3.1.0", info: { title: "QMS", version: "1" }, paths: paths as Paths });
}
