import type { ReplyOf, Route } from "#core/contract/route.ts";
import {
  QueryClient,
  useMutation,
  usePrefetchQuery,
  useQuery,
  useQueryClient,
  useSuspenseQuery,
} from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { ApiProblem, call, type Input } from "./api.ts";

const Slug = createContext<string>("");
/** The clinic of everything inside, from the address. */
export const ClinicProvider = Slug;
export const useSlug = (): string => useContext(Slug);

/** One memory of server state for the whole app. A refused request is not tried again; a lost connection is, twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => !(error instanceof ApiProblem) && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

/** A body, too: words of a search that must not stand in an address travel in one. */
type Loadable<R> = Pick<Input<R>, "params" | "query" | "body">;
/** Where a route's answers are kept: under the clinic, or under nothing. */
const placeOf = (route: Route, slug: string): string => (route.outside ? "" : slug);
const keyOf = <R extends Route>(route: R, slug: string, input: Loadable<R>) => [
  placeOf(route, slug),
  route.act.split(".")[0],
  route.act,
  input.params ?? null,
  input.query ?? null,
  input.body ?? null,
];

/** Server state of a GET route, never undefined: loading and failing are the boundary's around it. */
export function useLoaded<R extends Route>(route: R, input: Loadable<R> = {}): ReplyOf<R> {
  const slug = useSlug();
  const { data } = useSuspenseQuery({
    queryKey: keyOf(route, slug, input),
    queryFn: ({ signal }) => call(route, { ...input, slug, signal }),
  });
  return data;
}

/** Asks for what {@link useLoaded} will need further down, so that one wait does not follow another. */
export function useAhead<R extends Route>(route: R, input: Loadable<R> = {}): void {
  const slug = useSlug();
  usePrefetchQuery({
    queryKey: keyOf(route, slug, input),
    queryFn: ({ signal }) => call(route, { ...input, slug, signal }),
  });
}

/** {@link useLoaded} without a boundary, for what may come later (counts, lists in menus). */
export function useMaybe<R extends Route>(route: R, input: Loadable<R> = {}, enabled = true): ReplyOf<R> | undefined {
  const slug = useSlug();
  return useQuery({
    queryKey: keyOf(route, slug, input),
    queryFn: ({ signal }) => call(route, { ...input, slug, signal }),
    enabled,
  }).data;
}

/** Puts a reply in the place of what a GET route loaded: shown now, and still checked against the server as any other. */
export function useRemember<R extends Route>(route: R, input: Loadable<R> = {}): (reply: ReplyOf<R>) => void {
  const slug = useSlug();
  const client = useQueryClient();
  return (reply) => void client.setQueryData(keyOf(route, slug, input), reply);
}

/** Things whose pages show something of another: a change of the first refreshes the others too. */
const touches: Record<string, readonly string[]> = {
  incident: ["incident", "path", "task", "home", "action", "signal"],
  action: ["action", "incident", "path", "task", "home", "indicator"],
  response: ["response", "survey", "indicator", "task", "home"],
  signal: ["signal", "incident", "task", "home"],
  indicator: ["indicator", "home", "path"],
  visit: ["visit"],
  import: ["import", "visit"],
  survey: ["survey"],
  member: ["member"],
};

/** Marks as stale whatever shows a thing that changed. Called by live changes and after own writes. */
export function refresh(client: QueryClient, slug: string, thing: string): void {
  for (const touched of touches[thing] ?? [thing]) void client.invalidateQueries({ queryKey: [slug, touched] });
}

export type Sending<R> = {
  /** Resolves with the reply, or undefined when it was refused; then `problem` says why and the person's text is untouched. */
  send: (input: Omit<Input<R>, "slug">) => Promise<ReplyOf<R> | undefined>;
  busy: boolean;
  problem: ApiProblem | Error | null;
  clear: () => void;
};

/** Sends to a writing route and refreshes what it touches. */
export function useSend<R extends Route>(route: R): Sending<R> {
  const slug = useSlug();
  const client = useQueryClient();
  // a person's own things lie outside clinics
  const again = () => refresh(client, placeOf(route, slug), route.act.split(".")[0] ?? "");
  const mutation = useMutation<ReplyOf<R>, Error, Omit<Input<R>, "slug">>({
    mutationFn: (input) => call(route, { ...input, slug }),
    onSuccess: again,
    // somebody was faster: what they wrote is loaded, so that both can be compared
    onError: (error) => {
      if (error instanceof ApiProblem && error.body.code.endsWith("-meanwhile")) again();
    },
  });
  return {
    send: async (input) => {
      try {
        return await mutation.mutateAsync(input);
      } catch {
        return undefined;
      }
    },
    busy: mutation.isPending,
    problem: mutation.error,
    clear: mutation.reset,
  };
}
