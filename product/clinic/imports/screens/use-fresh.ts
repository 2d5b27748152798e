import { refresh, useSlug } from "#web/client/hooks.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";

/** How often the counts of a run that goes on are read anew, ms. */
const everyMs = 2000;
/** What answers that came in or went away change besides the runs themselves. */
const touched = ["import", "response", "visit"];

/** Marks runs, and what they change, as stale. */
export function useRefreshRuns(): () => void {
  const client = useQueryClient();
  const slug = useSlug();
  return useCallback(() => touched.forEach((thing) => refresh(client, slug, thing)), [client, slug]);
}

/** Keeps the counts moving while a run goes on: each chunk of lines is a change too small to be told to everybody. */
export function useProgress(goesOn: boolean): void {
  const client = useQueryClient();
  const slug = useSlug();
  useEffect(() => {
    if (!goesOn) return undefined;
    const timer = setInterval(() => refresh(client, slug, "import"), everyMs);
    return () => clearInterval(timer);
  }, [goesOn, client, slug]);
}
