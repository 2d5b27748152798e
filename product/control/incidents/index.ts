import type { Context } from "#platform/http/context.ts";
import type { Incident } from "./contract.ts";
import { incidentByCode } from "./queries.ts";
import { seerOf, showIncident } from "./show-incident.ts";

export { openFromSignal } from "./open-from-signal.ts";
export { listIncidents } from "./list-incidents.ts";
export { reportIncident } from "./report-incident.ts";

/** One incident as this person may see it. Throws `incident.unknown`. */
export const readIncident = async (ctx: Context, code: string): Promise<Incident> =>
  showIncident(ctx, await incidentByCode(ctx.db, code, seerOf(ctx)));
