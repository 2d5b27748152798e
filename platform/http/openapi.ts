import { z } from "zod";
import { createDocument } from "zod-openapi";
import type { Problems } from "#core/contract/problem.ts";
import type { Route } from "#core/contract/route.ts";

/** What a description needs of the registry: every route, whatever carries it out. */
type Described = {
  handlers: readonly { route: Route }[];
  doors: readonly { route: Route }[];
  problems: Problems;
};

const templated = (path: string): string => path.replace(/:(\w+)/g, "{$1}");
const operationId = (act: string): string => act.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());
const inClinic = z.object({ slug: z.string().meta({ description: "the clinic's short name" }) });

/** Body of every refusal (RFC 9457); facts of the code stand beside these. */
const problemShape = z
  .looseObject({
    type: z.string(),
    code: z.string(),
    status: z.int(),
    title: z.string(),
    uk: z.string(),
    en: z.string(),
    request: z.string().optional(),
    leadsTo: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), uk: z.string(), en: z.string() })).optional(),
  })
  .meta({ id: "Problem" });

const problemContent = { "application/problem+json": { schema: problemShape } };

/** Refusals of a route by status, each naming its codes; whatever the platform may refuse besides is the default. */
function refusals(route: Route, problems: Problems): Record<string, unknown> {
  const byStatus = new Map<number, string[]>();
  for (const code of route.problems) {
    const status = problems[code]?.status ?? 500;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const listed = [...byStatus].toSorted(([a], [b]) => a - b);
  return {
    ...Object.fromEntries(
      listed.map(([status, codes]) => [status, { description: codes.join(", "), content: problemContent }]),
    ),
    default: { description: "a refusal of the platform", content: problemContent },
  };
}

function parametersOf(route: Route): Record<string, unknown> {
  const own = route.params instanceof z.ZodObject ? route.params : undefined;
  const path = route.outside ? own : own ? inClinic.extend(own.shape) : inClinic;
  const header = route.idempotent ? z.object({ "Idempotency-Key": z.uuid() }) : undefined;
  return { ...(path ? { path } : {}), ...(route.query ? { query: route.query } : {}), ...(header ? { header } : {}) };
}

function operation(route: Route, problems: Problems): Record<string, unknown> {
  const empty = route.reply.type === "null";
  const status = route.created ? "201" : empty ? "204" : "200";
  return {
    operationId: operationId(route.act),
    summary: route.summary,
    tags: [route.act.split(".")[0]],
    security: route.session === "public" ? [] : [{ session: [], proof: [] }],
    requestParams: parametersOf(route),
    ...(route.body ? { requestBody: { required: true, content: { "application/json": { schema: route.body } } } } : {}),
    responses: {
      [status]: { description: "done", ...(empty ? {} : { content: { "application/json": { schema: route.reply } } }) },
      ...refusals(route, problems),
    },
    "x-right": route.right,
    "x-session": route.session ?? "bound",
    "x-ledger": route.ledger,
  };
}

/** OpenAPI 3.1 of every declared route: input and output shapes, right, ledger use, refusals by status. */
export function openApiOf({ handlers, doors, problems }: Described): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { route } of [...handlers, ...doors]) {
    const url = templated(route.outside ? route.path : `/api/c/:slug${route.path}`);
    paths[url] = { ...paths[url], [route.method.toLowerCase()]: operation(route, problems) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: { title: "QMS", version: "1" },
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-sid" },
        proof: { type: "apiKey", in: "header", name: "DPoP" },
      },
    },
    paths,
  });
}
