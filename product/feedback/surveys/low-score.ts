import type { Context } from "#platform/http/context.ts";
import { raiseSignal } from "#product/control/signals/index.ts";
import { isLow } from "./fft.ts";
import { lockResponse } from "./queries.ts";
import { hasStem } from "./stems.ts";

/** Beginnings of words that say somebody may be in danger, whatever the score: harm, self-harm, violence, a mix-up, fire. */
const dangerWords: readonly string[] = [
  "помер",
  "загину",
  "вбит",
  "вбив",
  "самогуб",
  "суїцид",
  "насил",
  "побил",
  "домага",
  "знепритом",
  "непритом",
  "кровотеч",
  "анафілак",
  "задих",
  "переплута",
  "не тому пацієнт",
  "не ті лік",
  "упав",
  "упала",
  "впала",
  "пожеж",
  "зґвалт",
  "погрож",
  "died",
  "death",
  "suicid",
  "kill myself",
  "violen",
  "assault",
  "abus",
  "unconscious",
  "fainted",
  "bleeding",
  "anaphyla",
  "wrong patient",
  "wrong drug",
  "wrong medic",
  "wrong dose",
  "fell down",
  "on fire",
  "threaten",
  "harass",
];

/** Whether words tell of danger. */
export const tellsDanger = (text: string): boolean => hasStem(text, dangerWords);

/** Rule D17: a score of 4 or 5 is amber; words of danger are red with any score. One signal an answer. */
export async function raiseLowScore(ctx: Context, { id }: { id: string }): Promise<void> {
  const row = await lockResponse(ctx.db, id);
  const text = row.comment
    ? await ctx.keys.open("clinic", { thing: "response", id, field: "comment" }, row.comment)
    : "";
  const danger = tellsDanger(text);
  if (!danger && !isLow(row.score)) return;
  await raiseSignal(ctx, {
    rule: "D17",
    severity: danger ? "red" : "amber",
    key: id,
    subjectType: "response",
    subjectId: id,
  });
}
