import { isRight } from "#core/access/rights.ts";
import type { Problems } from "#core/contract/problem.ts";
import type { BodyOf, ParamsOf, QueryOf, ReplyGiven, Route } from "#core/contract/route.ts";
import { platformProblems } from "./problems.ts";
import type { Context } from "./context.ts";

export type Input = { params: unknown; query: unknown; body: unknown };
/** What HTTP alone knows, for the few routes that need it (sign-in, streams). */
export type Outside = { agent: string; network: string; header: (name: string) => string | undefined };

/** A route with what carries it out. `run` gets parsed input. */
export type Handler = { route: Route; run: (ctx: Context, input: Input) => Promise<unknown> };

type Parsed<R> = { params: ParamsOf<R>; query: QueryOf<R>; body: BodyOf<R> };

/** Connects a contract to its use case. */
export function handle<R extends Route>(
  route: R,
  run: (ctx: Context, input: Parsed<R>) => Promise<ReplyGiven<R>>,
): Handler {
  return {
    route,
    // the pipeline parses by this very contract before it calls
    run: (ctx, input) => run(ctx, input as Parsed<R>),
  };
}

/** Every door of the product: what is served, described, tested and drawn. */
export type Registry = { handlers: readonly Handler[]; problems: Problems };

const params = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((found) => found[1] ?? "");

function faultOf({ route }: Handler, problems: Problems): string | undefined {
  if (!/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/.test(route.act)) return "its act is not thing.verb";
  if (route.right !== "public" && route.right !== "self" && !isRight(route.right))
    return `right ${route.right} is not in the matrix`;
  if (route.right === "public" && route.session !== "public") return "right public needs session public";
  if (route.session === "public" && !route.limit) return "a public route needs a limit";
  const use = [route.ledger.reads, route.ledger.writes, route.ledger.searches, route.ledger.none].filter(Boolean);
  if (use.length !== 1) return "it must say what it does to the ledger";
  if (params(route.path).length > 0 && !route.params) return "its path has parameters and no shape for them";
  if (route.method === "GET" && (route.body || route.ledger.writes)) return "GET changes nothing and has no body";
  if (route.created && !route.idempotent) return "a route that creates takes an Idempotency-Key";
  const unknown = route.problems.find((code) => !(code in problems) && !(code in platformProblems));
  return unknown ? `problem ${unknown} is not listed anywhere` : undefined;
}

/** Puts all capabilities' routes together. Throws on a route without right, ledger use or with an unknown problem. */
export function makeRegistry(parts: readonly { routes: readonly Handler[]; problems?: Problems }[]): Registry {
  const problems: Problems = Object.assign({}, platformProblems, ...parts.map((part) => part.problems ?? {}));
  const handlers = parts.flatMap((part) => part.routes);
  const seen = new Set<string>();
  const acts = new Set<string>();
  for (const handler of handlers) {
    const { method, path, act, outside } = handler.route;
    const door = `${method} ${outside ? "" : "/api/c/:slug"}${path}`;
    const fault = seen.has(door)
      ? "it is declared twice"
      : acts.has(act)
        ? `the act ${act} is used twice`
        : faultOf(handler, problems);
    if (fault) throw new Error(`${door}: ${fault}`);
    seen.add(door);
    acts.add(act);
  }
  return { handlers, problems };
}
