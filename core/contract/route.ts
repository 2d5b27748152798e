import type { z } from "zod";
import type { Right } from "#core/access/rights.ts";

/** What a route does to the access ledger; a route that touches no personal data says why. */
export type LedgerUse =
  | { reads: string; writes?: undefined; searches?: undefined; none?: undefined }
  | { writes: string; reads?: undefined; searches?: undefined; none?: undefined }
  | { searches: string; reads?: undefined; writes?: undefined; none?: undefined }
  | { none: string; reads?: undefined; writes?: undefined; searches?: undefined };

/** Requests a minute, per network address ("address") or per session. */
export type Limit = { per: "address" | "session"; perMinute: number };

type Shape = z.ZodType;
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A route, as a reviewer of security would ask about it. Nothing here runs: both sides import it. */
export type RouteContract<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Reply extends Shape = Shape,
> = {
  /** One name all the way: ledger act, operation id, test title: `incident.close`. */
  act: string;
  method: Method;
  /** Below `/api/c/<slug>`; with `outside` the whole path. */
  path: string;
  /** Not below a clinic: `/auth/…`, `/api/me…`. */
  outside?: true;
  /** "bound" (proof by the session's key) when left out; "fresh": proof by a new key over the challenge, as sign-in. */
  session?: "bound" | "fresh" | "public" | "machine";
  right: Right | "public" | "self";
  /** The thing that attribute rules need: its kind, by the path parameter `id` or `code`. */
  about?: string;
  ledger: LedgerUse;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Success status is 200; 201 on `created`, 204 on `reply: nothing`. */
  reply: Reply;
  created?: true;
  problems: readonly string[];
  limit?: Limit;
  stepUp?: true;
  /** Every POST that creates takes an `Idempotency-Key`. */
  idempotent?: true;
  /** "none": hashing, uploads, exports and streams must not hold a transaction. */
  transaction?: "none";
  /** One sentence for the API reference. */
  summary: string;
};

/** A contract with its name, as the registry keeps it. */
export type Route<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Reply extends Shape = Shape,
> = RouteContract<Params, Query, Body, Reply>;

/** Declares a route. Public ones must state a limit; the types refuse one that leaves right, ledger or reply out. */
export function route<
  Params extends Shape = z.ZodUndefined,
  Query extends Shape = z.ZodUndefined,
  Body extends Shape = z.ZodUndefined,
  Reply extends Shape = Shape,
>(
  contract: RouteContract<Params, Query, Body, Reply> &
    ({ session: "public" | "fresh"; limit: Limit } | { session?: "bound" | "machine" }),
): Route<Params, Query, Body, Reply> {
  return contract;
}

export type ParamsOf<R> = R extends { params?: infer S extends Shape } ? z.output<S> : undefined;
export type QueryOf<R> = R extends { query?: infer S extends Shape } ? z.output<S> : undefined;
export type BodyOf<R> = R extends { body?: infer S extends Shape } ? z.output<S> : undefined;
/** What a client sends: before defaults and transformations. */
export type BodySent<R> = R extends { body?: infer S extends Shape } ? z.input<S> : undefined;
export type QuerySent<R> = R extends { query?: infer S extends Shape } ? z.input<S> : undefined;
export type ParamsSent<R> = R extends { params?: infer S extends Shape } ? z.input<S> : undefined;
export type ReplyOf<R> = R extends { reply: infer S extends Shape } ? z.output<S> : never;
/** What a handler gives back, before the reply's own transformations. */
export type ReplyGiven<R> = R extends { reply: infer S extends Shape } ? z.input<S> : never;
