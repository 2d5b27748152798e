import { z } from "zod";
import { event } from "#core/contract/event.ts";
import { id } from "#core/contract/shapes.ts";

export const importFinished = event("import.finished", z.object({ id }));
export const importUndone = event("import.undone", z.object({ id }));
