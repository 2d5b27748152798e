import { z } from "zod";
import { event } from "#core/contract/event.ts";
import { id } from "#core/contract/shapes.ts";

const about = z.object({ id });
export const incidentReported = event("incident.reported", about);
export const incidentTriaged = event("incident.triaged", about);
export const analysisStarted = event("incident.analysis-started", about);
export const incidentAnalysed = event("incident.analysed", about);
export const incidentAnswered = event("incident.answered", about);
export const incidentClosed = event("incident.closed", about);
export const incidentReopened = event("incident.reopened", about);
export const incidentMerged = event("incident.merged", about);
export const incidentRejected = event("incident.rejected", about);
/** Something in it changed that open pages show: a cause, a line, an undone move. */
export const incidentChanged = event("incident.changed", about);
