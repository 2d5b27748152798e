import { z } from "zod";
import { event } from "#core/contract/event.ts";
import { id } from "#core/contract/shapes.ts";

const about = z.object({ id });
export const actionProposed = event("action.proposed", about);
export const actionPlanned = event("action.planned", about);
export const actionDeclined = event("action.declined", about);
export const actionWithdrawn = event("action.withdrawn", about);
export const actionStarted = event("action.started", about);
export const actionPostponed = event("action.postponed", about);
export const actionDone = event("action.done", about);
export const actionEffective = event("action.effective", about);
export const actionIneffective = event("action.ineffective", about);
export const actionChanged = event("action.changed", about);
