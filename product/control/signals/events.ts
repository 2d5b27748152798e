import { z } from "zod";
import { event } from "#core/contract/event.ts";
import { id } from "#core/contract/shapes.ts";

export const signalRaised = event("signal.raised", z.object({ id }));
export const signalSettled = event("signal.settled", z.object({ id }));
