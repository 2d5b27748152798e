import { sql } from "kysely";
import { anonymousId } from "#platform/database/ids.ts";
import { makeDefaultSurvey, themesOf } from "#product/feedback/surveys/index.ts";
import { act, type Stage } from "./act.ts";
import { departments, type Ground } from "./ground.ts";
import { dice, type Dice } from "./random.ts";

/** How many answers the clinic has had, over so many weeks. */
export const answersTotal = 5100;
const weeks = 61;
/** Weeks ago the ultrasound visits were made longer: the action of the story. */
export const fixedWeeksAgo = 12;

/** Chance of a positive answer: ultrasound was poor until its visits were made longer. */
function positiveShare(key: string, weeksAgo: number): number {
  if (key === "us") return weeksAgo > fixedWeeksAgo ? 0.66 : 0.94;
  if (key === "surg") return 0.85;
  return weeksAgo > fixedWeeksAgo ? 0.9 : 0.945;
}

function scoreOf(throws: Dice, share: number): number {
  if (throws.chance(share)) return throws.chance(0.68) ? 1 : 2;
  const other = throws.next();
  return other < 0.4 ? 3 : other < 0.7 ? 4 : other < 0.88 ? 5 : 6;
}

const praise = [
  "Усе вчасно, дякую",
  "Медсестра заспокоїла дитину",
  "Лікар усе пояснив простими словами",
  "Чисто і привітно",
  "Зручно записатися телефоном",
  "Дякую за терпіння",
];
const wish = [
  "Довго чекали під кабінетом",
  "Не пояснили, навіщо другий аналіз",
  "Хотілося б знати про затримку наперед",
  "Дорого, але фахово",
  "Було холодно в коридорі",
];

type Row = { on: string; score: number; key: string; comment: string | null };

/** Every answer of the history, oldest first: a weekly rhythm, fewer in August and on the New Year's week. */
export function tellAnswers(stage: Stage): Row[] {
  const throws = dice(5100);
  const rows: Row[] = [];
  for (let at = 0; at < answersTotal; at++) {
    // even spread over weeks, the days of a week by their usual load; nothing of tomorrow
    const days = Math.floor(((answersTotal - at) / answersTotal) * weeks * 7);
    const ago = Math.max(1, days - (throws.chance(0.15) ? 1 : 0));
    let left = throws.next();
    const department = departments.find(({ share }) => (left -= share) < 0) ?? departments[0];
    const score = scoreOf(throws, positiveShare(department.key, Math.floor(ago / 7)));
    const speaks = throws.chance(score >= 3 && score <= 5 ? 0.6 : 0.25);
    const comment = speaks ? throws.pick(score <= 2 ? praise : wish) : null;
    rows.push({ on: stage.today.subtract({ days: ago }).toString(), score, key: department.key, comment });
  }
  // what waits on the quality manager's home in the morning
  const newest = rows.pop();
  if (newest) rows.push({ ...newest, score: 5, key: "therapy", comment: "Не пояснили, навіщо другий аналіз" });
  return rows;
}

const chunk = 500;

/** Stores the answers as links would have left them: a random id, a day, a department. Old comments are handled already. */
export async function storeAnswers(stage: Stage, ground: Ground): Promise<string> {
  const surveyId = await act(stage, { by: "job", at: stage.app.clock.now(), work: (ctx) => makeDefaultSurvey(ctx) });
  const rows = tellAnswers(stage);
  const fresh = stage.today.subtract({ days: 4 }).toString();
  for (let at = 0; at < rows.length; at += chunk)
    await act(stage, {
      by: "job",
      at: stage.app.clock.now(),
      work: async (ctx) => {
        const part = rows
          .slice(at, at + chunk)
          .map((row) => ({ ...row, id: anonymousId(), place: ground.departments.get(row.key) }));
        const comments = await Promise.all(
          part.map((row) =>
            row.comment === null
              ? Promise.resolve(null)
              : ctx.keys.seal("clinic", { thing: "response", id: row.id, field: "comment" }, row.comment),
          ),
        );
        await ctx.db
          .run(sql`insert into feedback.response (clinic_id, survey_id, id, on_date, score, comment, site_id, department_id, service_id, state, themes)
          select ${stage.clinicId}::uuid, ${surveyId}::uuid, r.id, r.day, r.score, r.comment, r.site, r.department, r.service, r.state, string_to_array(r.themes, ',') from unnest(${part.map(({ id }) => id)}::uuid[], ${part.map(({ on }) => on)}::date[], ${part.map(({ score }) => score)}::int[], ${comments}::bytea[],
            ${part.map(({ place }) => place?.siteId ?? null)}::uuid[], ${part.map(({ place }) => place?.id ?? null)}::uuid[], ${part.map(({ place }) => place?.serviceIds[0] ?? null)}::uuid[],
            ${part.map(({ on }) => (on >= fresh ? "new" : "thanked"))}::text[], ${part.map(({ comment }) => themesOf(comment).join(","))}::text[]) as r(id, day, score, comment, site, department, service, state, themes)`);
      },
    });
  return surveyId;
}
