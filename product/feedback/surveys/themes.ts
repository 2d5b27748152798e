import type { QueryOf, ReplyGiven } from "#core/contract/route.ts";
import type { Context } from "#platform/http/context.ts";
import { themes, type readThemes as contract, type Theme } from "./contract.ts";
import { scoreThreshold } from "./hide-results.ts";
import { daysOf } from "./periods.ts";
import { surveyRow } from "./queries.ts";
import { textsBetween, themeCounts } from "./result-queries.ts";
import { hasStem } from "./stems.ts";

/** Beginnings of words by which a text is known to speak of a theme, in both languages. */
const stems: Record<Theme, readonly string[]> = {
  explanation: [
    "поясн",
    "роз'ясн",
    "розказа",
    "розпові",
    "розповів",
    "зрозуміл",
    "незрозум",
    "інформ",
    "explain",
    "understand",
    "clear",
    "inform",
  ],
  waiting: [
    "чека",
    "очік",
    "черг",
    "затрим",
    "запізн",
    "спізн",
    "вчасн",
    "довго",
    "швидк",
    "wait",
    "queue",
    "delay",
    "late ",
    "on time",
    "quick",
  ],
  courtesy: [
    "ввічлив",
    "привіт",
    "груб",
    "хам",
    "терпін",
    "уважн",
    "неуважн",
    "заспоко",
    "чемн",
    "людян",
    "турбот",
    "polite",
    "rude",
    "kind",
    "friendl",
    "caring",
    "attentive",
    "patience",
  ],
  price: [
    "ціна",
    "ціни",
    "ціною",
    "дорого",
    "дорожч",
    "задорог",
    "дешев",
    "вартіст",
    "варто грош",
    "кошту",
    "оплат",
    "price",
    "expensive",
    "cost",
    "cheap",
    "overpriced",
  ],
  comfort: [
    "чист",
    "бруд",
    "прибир",
    "туалет",
    "холодно",
    "душно",
    "спекотно",
    "тісно",
    "clean",
    "dirt",
    "toilet",
    "cold ",
    "stuffy",
    "comfortab",
  ],
  booking: ["запис", "реєстратур", "телефон", "додзвон", "передзвон", "book", "appointment", "phone", "reception"],
  treatment: [
    "лікув",
    "вилік",
    "діагн",
    "допом",
    "болить",
    "боляч",
    "біль",
    "болю",
    "фахов",
    "професій",
    "treat",
    "diagnos",
    "pain",
    "profession",
    "helped",
  ],
};

/** What a text speaks of: none, one or more of the fixed list. Its words stay sealed, these stand plain beside them. */
export const themesOf = (text: string | null | undefined): Theme[] =>
  text ? themes.filter((theme) => hasStem(text, stems[theme])) : [];

const none = { texts: null, items: [] };

/** What people write about in a calendar period, praising (very good, good) or asking (so-so to very poor), for the whole clinic.
 *  Nothing where so few wrote; answers by link count from the next day, as in all results. Throws `survey.unknown`. */
export async function readThemes(
  ctx: Context,
  id: string,
  { period }: QueryOf<typeof contract>,
): Promise<ReplyGiven<typeof contract>> {
  const { id: surveyId } = await surveyRow(ctx.db, id);
  const linkUntil = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().toString();
  const asked = { surveyId, ...daysOf(period), linkUntil };
  const texts = await textsBetween(ctx.db, asked);
  if (texts < scoreThreshold) return none;
  const counts = new Map((await themeCounts(ctx.db, asked)).map((row) => [row.theme, row]));
  const items = themes
    .map((theme) => ({ theme, praise: counts.get(theme)?.praise ?? 0, asks: counts.get(theme)?.asks ?? 0 }))
    .filter(({ praise, asks }) => praise + asks > 0)
    .toSorted((a, b) => b.praise + b.asks - a.praise - a.asks);
  return { texts, items };
}
