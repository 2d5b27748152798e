import { anonymousId } from "../database/ids.ts";
import type { Context } from "../http/context.ts";
import type { LetterKind } from "./letters.ts";

/** Puts a letter into the clinic's queue, in the transaction of its fact. Address and facts are sealed; `sendAfter` is now when left
 *  out. Gives the message's id. */
export async function writeLetter(
  ctx: Context,
  o: {
    kind: LetterKind;
    to: string;
    facts: Record<string, string | number>;
    sendAfter?: Temporal.Instant;
    /** Kind of thing it is about, never an id. */
    about?: string;
  },
): Promise<string> {
  const id = anonymousId();
  const seal = (field: string, text: string) => ctx.keys.seal("clinic", { thing: "message", id, field }, text);
  await ctx.db.run(
    ctx.db.insert("platform.message").values({
      clinic_id: ctx.clinic.id,
      id,
      kind: o.kind,
      recipient: await seal("recipient", o.to),
      body: await seal("body", JSON.stringify(o.facts)),
      about: o.about ?? null,
      send_after: (o.sendAfter ?? ctx.now).toString(),
    }),
  );
  return id;
}
