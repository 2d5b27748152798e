import { problem } from "#core/contract/problem.ts";
import type { BodyOf } from "#core/contract/route.ts";
import type { Context } from "#platform/http/context.ts";
import type * as contract from "./contract.ts";
import type { Survey } from "./contract.ts";
import { insertSurvey, surveyRow, surveyRows, updateSurvey } from "./queries.ts";

type Row = Awaited<ReturnType<typeof surveyRow>>;
const states = ["draft", "live", "paused", "closed"] as const;
const modes = ["anonymous", "confidential", "named"] as const;

export const showSurvey = (row: Row): Survey => ({
  id: row.id,
  instrument: "FFT",
  title: { uk: row.title_uk, en: row.title_en },
  state: states.find((state) => state === row.state) ?? "closed",
  mode: modes.find((mode) => mode === row.mode) ?? "anonymous",
  delayMinutes: row.delay_minutes,
  capDays: row.cap_days,
  quietFromHour: row.quiet_from_hour,
  quietUntilHour: row.quiet_until_hour,
  expiresDays: row.expires_days,
  version: row.version,
});

/** The survey every clinic starts with: the Friends and Family Test, anonymous, live. Gives its id; the one that stands when there is one. */
export async function makeDefaultSurvey({ db }: Pick<Context, "db">): Promise<string> {
  const [standing] = await surveyRows(db);
  if (standing) return standing.id;
  const id = db.newId();
  await insertSurvey(db, {
    id,
    titleUk: "Загалом, яким був ваш досвід у нас?",
    titleEn: "Overall, how was your experience of our service?",
    createdBy: null,
  });
  return id;
}

export const listSurveys = async (ctx: Context): Promise<Survey[]> => (await surveyRows(ctx.db)).map(showSurvey);

/** Changes the send rule, or pauses and resumes. Throws `survey.unknown`, `survey.changed-meanwhile`, `survey.closed`. */
export async function setSurvey(ctx: Context, id: string, asked: BodyOf<typeof contract.setSurvey>): Promise<Survey> {
  const before = await surveyRow(ctx.db, id);
  if (before.state === "closed") throw problem("survey.closed");
  if ((await updateSurvey(ctx.db, id, asked)) === 0) throw problem("survey.changed-meanwhile");
  return showSurvey(await surveyRow(ctx.db, id));
}
