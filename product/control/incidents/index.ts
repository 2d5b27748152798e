import type { Right } from "#core/access/rights.ts";
import type { Db } from "#platform/database/db.ts";
import type { Context } from "#platform/http/context.ts";
import type { Incident } from "./contract.ts";
import { incidentByCode, namedIn } from "./queries.ts";
import { seerOf, showIncident } from "./show-incident.ts";

export { openFromSignal } from "./open-from-signal.ts";
export { listIncidents } from "./list-incidents.ts";
export { reportIncident } from "./report-incident.ts";

/** One incident as this person may see it. Throws `incident.unknown`. */
export const readIncident = async (ctx: Context, code: string): Promise<Incident> =>
  showIncident(ctx, await incidentByCode(ctx.db, code, seerOf(ctx)));

/** Who is told that an incident changed, where that is not everybody who reads incidents. */
export async function seersOfIncidents(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { right: Right; members: string[] }>> {
  const named = await namedIn(db, ids);
  return new Map(named.map(({ id, members }) => [id, { right: "incident:read-restricted", members }]));
}
