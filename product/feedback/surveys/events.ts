import { z } from "zod";
import { event } from "#core/contract/event.ts";
import { id } from "#core/contract/shapes.ts";

/** An anonymous answer says its own id and no more; the event row goes once handled. */
export const responseReceived = event("response.received", z.object({ id }), { quiet: true });
export const responseHandled = event("response.handled", z.object({ id }));
