import { z } from "zod";
import { event } from "#core/contract/event.ts";
import { id } from "#core/contract/shapes.ts";

export const visitOpened = event("visit.opened", z.object({ id }));
export const visitReopened = event("visit.reopened", z.object({ id }));
export const visitVoided = event("visit.voided", z.object({ id }));
export const visitFinished = event("visit.finished", z.object({ id }));
