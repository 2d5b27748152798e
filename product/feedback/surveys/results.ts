import { wilson } from "#core/intervals/wilson.ts";
import type { ReplyGiven } from "#core/contract/route.ts";
import type { Context } from "#platform/http/context.ts";
import type * as contract from "./contract.ts";
import { counted } from "./fft.ts";
import {
  distributionThreshold,
  joinWeeks,
  nodesOf,
  placesShown,
  scoreThreshold,
  totalsShown,
  wholeClinic,
  type Node,
} from "./hide-results.ts";
import { daysOf, inPeriod, isMonth, periodsOf, quarterOf, yearOf } from "./periods.ts";
import { surveyRow } from "./queries.ts";
import { deliveredBetween, monthsWithAnswers, placeNames, weekCells, yearCells, type Cell } from "./result-queries.ts";
import { showSurvey } from "./set-survey.ts";

type Results = ReplyGiven<typeof contract.readResults>;
/** Weeks the chart looks back. */
const chartWeeks = 26;

/** A share with its interval; nothing at all where the group is hidden. */
function shareOf({ n, positive }: { n: number; positive: number }, hidden: boolean): Results["total"] {
  if (hidden) return { positive: null, n: null, share: null, interval: null, hidden };
  if (n === 0) return { positive: 0, n: 0, share: null, interval: null, hidden };
  const { estimate, lower, upper } = wilson(positive, n);
  return { positive, n, share: estimate, interval: { low: lower, high: upper }, hidden };
}

/** The newest quarter that has answers, else today's. */
const periodAsked = (asked: string | undefined, months: readonly string[], today: string): string =>
  asked ?? quarterOf(months[0] ?? today.slice(0, 7));

/** Results of a survey in a calendar period, hidden as the README says. Throws `survey.unknown`. */
export async function readResults(ctx: Context, id: string, asked: string | undefined): Promise<Results> {
  const survey = await surveyRow(ctx.db, id);
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate();
  const months = (await monthsWithAnswers(ctx.db, id, today.toString())).map(({ month }) => month);
  const period = periodAsked(asked, months, today.toString());
  const year = yearOf(period);
  const cells = await yearCells(ctx.db, { surveyId: id, ...daysOf(year), linkUntil: today.toString() });
  const places = await placeNames(ctx.db);
  const nodes = nodesOf(cells, places, period);
  const shown = placesShown(cells, places, period);
  const totalShown = totalsShown(cells, year, scoreThreshold).has(period);
  const whole = nodes.find((node) => node.id === wholeClinic) ?? { n: 0, positive: 0 };
  const total = shareOf(whole, whole.n > 0 && !totalShown);
  const rows = total.hidden || isMonth(period) ? [] : rowsOf(nodes, shown);
  const inside = cells.filter((cell) => inPeriod(cell.month, period));
  const days = daysOf(period);
  const from = today.subtract({ weeks: chartWeeks, days: today.dayOfWeek - 1 }).toString();
  return {
    survey: showSurvey(survey),
    period,
    periods: periodsOf(months),
    through: today.subtract({ days: 1 }).toString(),
    groups: isMonth(period) ? "whole-clinic-only" : "shown",
    total,
    withText: total.hidden ? null : enough(sum(inside, "with_text")),
    delivered: await deliveredBetween(ctx.db, { surveyId: id, ...days }),
    answered: total.hidden ? null : enough(sum(inside, "by_link")),
    answers: answersOf(inside, totalsShown(cells, year, distributionThreshold).has(period)),
    rows,
    hiddenTogether: rows.filter(({ hidden }) => hidden).length,
    threshold: scoreThreshold,
    weeks: joinWeeks(await weekCells(ctx.db, { surveyId: id, from, linkUntil: today.toString() })),
    compute: total.n ? JSON.stringify({ op: "wilson", hits: total.positive, n: total.n, confidence: 0.95 }) : "",
  };
}

/** Null for a number of people that is small: from 1 to 4. */
const enough = (n: number): number | null => (n > 0 && n < scoreThreshold ? null : n);
const sum = (cells: readonly Cell[], what: "with_text" | "by_link"): number =>
  cells.reduce((total, cell) => total + cell[what], 0);

function answersOf(cells: readonly Cell[], shown: boolean): Results["answers"] {
  return Array.from({ length: counted }, (_, at) => ({
    score: at + 1,
    n: shown ? cells.filter((cell) => cell.score === at + 1).reduce((total, cell) => total + cell.n, 0) : null,
  }));
}

/** Rows of the tree, parents before children; what lies below a hidden place is left out, not even counted. */
function rowsOf(nodes: readonly Node[], shown: ReadonlySet<string>): Results["rows"] {
  const below = (parent: string): Results["rows"] =>
    nodes
      .filter((node) => node.parent === parent)
      .toSorted((a, b) => a.name.localeCompare(b.name, "uk") || a.id.localeCompare(b.id))
      .flatMap((node) => {
        const hidden = !shown.has(node.id);
        if (!hidden && node.n === 0) return [];
        const row = {
          id: node.id,
          name: node.name,
          parent: parent === wholeClinic ? null : parent,
          ...shareOf(node, hidden),
        };
        return hidden ? [row] : [row, ...below(node.id)];
      });
  return below(wholeClinic);
}
