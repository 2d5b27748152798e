import { problem } from "#core/contract/problem.ts";
import type { BodyOf, QueryOf, ReplyGiven } from "#core/contract/route.ts";
import { pageOfRows } from "#platform/database/keyset.ts";
import type { Context } from "#platform/http/context.ts";
import * as contract from "./contract.ts";
import { responseHandled } from "./events.ts";
import { placesShown, type Places } from "./hide-results.ts";
import { daysOf, quarterOf } from "./periods.ts";
import {
  actionsOfResponses,
  commentsByDay,
  incidentsOfResponses,
  lockResponse,
  newComments,
  setResponse,
} from "./queries.ts";
import { placeNames, yearCells, type Cell } from "./result-queries.ts";

type Comment = ReplyGiven<typeof contract.handleComment>;
type Row = Awaited<ReturnType<typeof commentsByDay>>[number];
/** As many as one look at home may open. */
const sinceMax = 30;
const states = ["new", "thanked", "action", "complaint", "hidden"] as const;

/** Whose place may be named: the same mask as the results of the quarter the answer belongs to. */
async function placesOfRows(ctx: Context, rows: readonly Row[]): Promise<(row: Row) => string | null> {
  const places: Places = await placeNames(ctx.db);
  const names = new Map([...places.sites, ...places.departments].map(({ id, name }) => [id, name]));
  const cells = new Map<string, Cell[]>();
  const shown = new Map<string, Set<string>>();
  const tomorrow = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().add({ days: 1 }).toString();
  for (const row of rows) {
    const quarter = quarterOf(row.on_date.slice(0, 7));
    const key = `${row.survey_id} ${quarter}`;
    if (shown.has(key)) continue;
    const found = await yearCells(ctx.db, { surveyId: row.survey_id, ...daysOf(quarter), linkUntil: tomorrow });
    cells.set(key, found);
    shown.set(key, placesShown(found, places, quarter));
  }
  return (row) => {
    const mask = shown.get(`${row.survey_id} ${quarterOf(row.on_date.slice(0, 7))}`);
    const id = [row.department_id, row.site_id].find((place) => place !== null && mask?.has(place) === true);
    return id ? (names.get(id) ?? null) : null;
  };
}

async function shownComments(ctx: Context, rows: readonly Row[]): Promise<Comment[]> {
  if (rows.length === 0) return [];
  const where = await placesOfRows(ctx, rows);
  const ids = rows.map(({ id }) => id);
  const incidents = new Map((await incidentsOfResponses(ctx.db, ids)).map(({ id, code }) => [id, code]));
  const actions = new Map((await actionsOfResponses(ctx.db, ids)).map(({ id, code }) => [id, code]));
  const comments: Comment[] = [];
  for (const row of rows)
    comments.push({
      id: row.id,
      text: row.comment
        ? await ctx.keys.open("clinic", { thing: "response", id: row.id, field: "comment" }, row.comment)
        : "",
      score: Math.min(row.score, 6),
      on: row.on_date,
      where: where(row),
      state: states.find((state) => state === row.state) ?? "new",
      wantsAnswer: row.wanted_answer,
      themes: contract.themes.filter((theme) => row.themes.includes(theme)),
      incident: incidents.get(row.id) ?? null,
      action: actions.get(row.id) ?? null,
    });
  return comments;
}

/** Comments, newest day first; the text of one page is opened, never of a whole list. */
export async function listComments(
  ctx: Context,
  query: QueryOf<typeof contract.listComments>,
): Promise<ReplyGiven<typeof contract.listComments>> {
  const rows = await commentsByDay(ctx.db, query);
  const { items, next } = pageOfRows(rows, query.limit, (row) => [row.on_date, row.id]);
  return { items: await shownComments(ctx, items), ...(next ? { next } : {}), newCount: await newComments(ctx.db) };
}

/** Unsettled comments of this day and later, the newest day first; their words are opened, so few at a time. */
export async function commentsSince(ctx: Context, day: string): Promise<Comment[]> {
  const rows = await commentsByDay(ctx.db, { state: "new", limit: sinceMax });
  const found = rows.filter(({ on_date }) => on_date >= day);
  for (const { id } of found) ctx.ledger.about("response", id);
  return shownComments(ctx, found);
}

/** Settles a comment: thanked, turned into an action, or hidden for a reason (its score still counts). `new` takes that back.
 *  Throws `response.unknown`, `response.reason-needed`. */
export async function handleComment(
  ctx: Context,
  id: string,
  asked: BodyOf<typeof contract.handleComment>,
): Promise<Comment> {
  const row = await lockResponse(ctx.db, id);
  const why = asked.why ?? "";
  if (asked.as === "hidden" && why === "") throw problem("response.reason-needed");
  await setResponse(ctx.db, id, { state: asked.as, why: asked.as === "hidden" ? why : null });
  ctx.ledger.note({ from: row.state, to: asked.as, why });
  ctx.events.add(responseHandled, { id });
  const [shown] = await shownComments(ctx, [{ ...row, state: asked.as }]);
  if (!shown) throw problem("response.unknown");
  return shown;
}
