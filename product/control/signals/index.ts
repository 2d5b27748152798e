import type { Context } from "#platform/http/context.ts";
import { signalRaised } from "./events.ts";
import { insertSignal, setCase, signalRow } from "./queries.ts";

/** Raises a signal of a rule, once a key. Gives its id, or undefined when one stands already: the open case then goes on. */
export async function raiseSignal(
  ctx: Context,
  o: { rule: string; severity: "green" | "amber" | "red"; key: string; subjectType: string; subjectId: string | null },
): Promise<string | undefined> {
  const made = await insertSignal(ctx.db, o);
  if (!made) return undefined;
  ctx.events.add(signalRaised, { id: made.id });
  ctx.ledger.about("signal", made.id);
  return made.id;
}

export const tieSignal = (
  ctx: Context,
  id: string,
  o: { type: "incident" | "action"; caseId: string },
): Promise<number> => setCase(ctx.db, id, o.type, o.caseId);

export const readSignal = (ctx: Context, id: string) => signalRow(ctx.db, id);
