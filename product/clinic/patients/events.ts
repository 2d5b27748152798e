import { z } from "zod";
import { event } from "#core/contract/event.ts";
import { id } from "#core/contract/shapes.ts";

export const patientRegistered = event("patient.registered", z.object({ id }));
