import { isRight } from "#core/access/rights.ts";
import type { Problems } from "#core/contract/problem.ts";
import type { BodyOf, ParamsOf, QueryOf, ReplyGiven, Route } from "#core/contract/route.ts";
import { platformProblems } from "./problems.ts";
import type { Context } from "./context.ts";
import type { Door } from "./door.ts";

export type Input = { params: unknown; query: unknown; body: unknown };

/** A route with what carries it out. `run` gets parsed input. */
export type Handler = { route: Route; run: (ctx: Context, input: Input) => Promise<unknown> };

/** A route that stands before or beside any clinic: sign-in, own sessions. */
export type DoorHandler = { route: Route; serve: (door: Door, input: Input) => Promise<unknown> };

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

/** Connects a contract outside clinics to its use case. */
export function handleDoor<R extends Route>(
  route: R,
  serve: (door: Door, input: Parsed<R>) => Promise<ReplyGiven<R>>,
): DoorHandler {
  // the pipeline parses by this very contract before it calls
  return { route, serve: (door, input) => serve(door, input as Parsed<R>) };
}

/** What a capability brings: its routes, in or outside clinics, and its problems. */
export type Part = { routes: readonly (Handler | DoorHandler)[]; problems?: Problems };

/** Every door of the product: what is served, described, tested and drawn. */
export type Registry = { handlers: readonly Handler[]; doors: readonly DoorHandler[]; problems: Problems };

const params = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((found) => found[1] ?? "");

function faultOf({ route }: Handler | DoorHandler, problems: Problems): string | undefined {
  if (!/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/.test(route.act)) return "its act is not thing.verb";
  if (route.right !== "public" && route.right !== "self" && !isRight(route.right))
    return `its right is not in the matrix: ${String(route.right)}`;
  if (route.right === "public" && route.session !== "public" && route.session !== "fresh")
    return "right public needs session public";
  if ((route.session === "public" || route.session === "fresh") && !route.limit) return "a public route needs a limit";
  const use = [route.ledger.reads, route.ledger.writes, route.ledger.searches, route.ledger.none].filter(Boolean);
  if (use.length !== 1) return "it must say what it does to the ledger";
  if (params(route.path).length > 0 && !route.params) return "its path has parameters and no shape for them";
  if (route.method === "GET" && (route.body || route.ledger.writes)) return "GET changes nothing and has no body";
  if (route.created && !route.idempotent) return "a route that creates takes an Idempotency-Key";
  const unknown = route.problems.find((code) => !(code in problems) && !(code in platformProblems));
  return unknown ? `problem ${unknown} is not listed anywhere` : undefined;
}

/** Puts all capabilities' routes together. Throws on a route without right, ledger use or with an unknown problem. */
export function makeRegistry(parts: readonly Part[]): Registry {
  const problems: Problems = Object.assign({}, platformProblems, ...parts.map((part) => part.problems ?? {}));
  const all = parts.flatMap((part) => part.routes);
  const seen = new Set<string>();
  const acts = new Set<string>();
  for (const handler of all) {
    const { method, path, act, outside } = handler.route;
    const door = `${method} ${outside ? "" : "/api/c/:slug"}${path}`;
    const fault = seen.has(door)
      ? "it is declared twice"
      : acts.has(act)
        ? `the act ${act} is used twice`
        : faultOf(handler, problems);
    if (fault) throw new Error(`${door}: ${fault}`);
    if ("serve" in handler !== (outside === true))
      throw new Error(`${door}: outside routes are served at the door, others in a clinic`);
    seen.add(door);
    acts.add(act);
  }
  return {
    handlers: all.filter((handler) => "run" in handler),
    doors: all.filter((handler) => "serve" in handler),
    problems,
  };
}
