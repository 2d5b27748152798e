import { controlChart } from "#core/spc/chart.ts";
import { readSignals, type Assurance, type Signal, type Variation } from "#core/spc/signals.ts";
import type { Context } from "#platform/http/context.ts";
import { lowScoreDays, weeksOfAnswers, type Setting } from "./queries.ts";
import type { Definition } from "./library.ts";

/** How far back a series goes: two years tell a season from a shift. */
const monthsBack = 24;
/** Fewer answers in a week than this are hidden, so that nobody can be told from the chart. */
export const hiddenBelow = 5;
/** Fewer points than this make no limits: a run chart and a note. */
export const pointsMin = { p: 12, t: 8 };

export type Raw = { labels: string[]; values: (number | null)[]; x: (number | null)[]; n: (number | null)[] };
export type Judged = Raw & {
  center: readonly (number | null)[];
  lower: readonly (number | null)[];
  upper: readonly (number | null)[];
  signals: readonly Signal[];
  variation: Variation | "too-few";
  assurance: Assurance;
  /** What makes these limits: first points frozen, or last point (1-based) of each earlier part. */
  freeze: number | null;
  parts: number[];
};

const monday = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** Weeks without a gap between the first answer and the last whole week. */
async function weekly(ctx: Context): Promise<Raw> {
  const today = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate();
  const rows = await weeksOfAnswers(ctx.db, monday(today.subtract({ months: monthsBack })).toString());
  const byWeek = new Map(rows.map((row) => [row.week, row]));
  const raw: Raw = { labels: [], values: [], x: [], n: [] };
  const [first] = rows;
  if (!first) return raw;
  const end = monday(today);
  for (
    let week = Temporal.PlainDate.from(first.week);
    Temporal.PlainDate.compare(week, end) <= 0;
    week = week.add({ weeks: 1 })
  ) {
    const row = byWeek.get(week.toString());
    const isLast = Temporal.PlainDate.compare(week, end) === 0;
    const shown = row !== undefined && row.n >= hiddenBelow;
    if (isLast && !shown) break; // the running week joins once it can be shown
    raw.labels.push(week.toString());
    raw.values.push(shown ? row.x / row.n : null);
    raw.x.push(shown ? row.x : null);
    raw.n.push(shown ? row.n : null);
  }
  return raw;
}

/** Days between low scores. Only the day of an answer is kept: k scores of a day stand at (i + ½)/k of it, so no gap is zero. */
export function gapsOf(days: readonly { day: string; count: number }[]): { labels: string[]; values: number[] } {
  const labels: string[] = [];
  const values: number[] = [];
  let before: number | undefined;
  for (const { day, count } of days) {
    const start = Temporal.PlainDate.from(day).since(Temporal.PlainDate.from("2000-01-01")).days;
    for (let i = 0; i < count; i++) {
      const at = start + (i + 0.5) / count;
      if (before !== undefined) {
        labels.push(day);
        values.push(at - before);
      }
      before = at;
    }
  }
  return { labels, values };
}

async function between(ctx: Context): Promise<Raw> {
  const from = ctx.now.toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().subtract({ months: monthsBack }).toString();
  const { labels, values } = gapsOf(await lowScoreDays(ctx.db, from));
  return { labels, values, x: values.map(() => null), n: values.map(() => null) };
}

/** How many of the points lie up to a day, counted from the first. */
const countTo = (labels: readonly string[], day: string): number => labels.filter((label) => label <= day).length;

/** Series with limits, special causes and judgement. `rebases` are the first days of new parts, ascending. */
export async function judgeIndicator(
  ctx: Context,
  definition: Definition,
  o: { setting: Setting | null; rebases: readonly string[] },
): Promise<Judged> {
  const raw = definition.chart === "p" ? await weekly(ctx) : await between(ctx);
  return judge(definition, raw, o);
}

/** The pure half: limits and marks of a series. */
export function judge(
  definition: Definition,
  raw: Raw,
  o: { setting: Pick<Setting, "base_to" | "target"> | null; rebases: readonly string[] },
): Judged {
  const none = raw.values.map(() => null);
  const target = o.setting?.target === null || o.setting?.target === undefined ? null : Number(o.setting.target);
  if (raw.values.filter((value) => value !== null).length < pointsMin[definition.chart])
    return {
      ...raw,
      center: none,
      lower: none,
      upper: none,
      signals: [],
      variation: "too-few",
      assurance: "none",
      freeze: null,
      parts: [],
    };
  const parts = o.rebases.map((day) => raw.labels.findIndex((label) => label >= day)).filter((at) => at > 0);
  const freeze = parts.length === 0 && o.setting?.base_to ? countTo(raw.labels, o.setting.base_to) : null;
  const chart = controlChart({
    kind: definition.chart,
    // a p chart takes counts and denominators; a hidden week is missing in both
    values: definition.chart === "p" ? raw.x : raw.values,
    ...(definition.chart === "p" ? { denominators: raw.n } : {}),
    ...(freeze !== null && freeze >= 2 ? { freeze } : {}),
    ...(parts.length > 0 ? { parts } : {}),
  });
  const { signals, variation, assurance } = readSignals({
    y: raw.values,
    center: chart.center,
    lower: chart.lower,
    upper: chart.upper,
    direction: definition.direction,
    target,
  });
  return {
    ...raw,
    center: chart.center,
    lower: chart.lower,
    upper: chart.upper,
    signals,
    variation,
    assurance,
    freeze,
    parts,
  };
}

/** The line that gives the same limits by `qms compute`. */
export function computeLine(definition: Definition, judged: Judged): string {
  const y = definition.chart === "p" ? judged.x : judged.values;
  return JSON.stringify({
    op: "chart",
    chart: definition.chart,
    y,
    ...(definition.chart === "p" ? { n: judged.n } : {}),
    ...(judged.freeze !== null ? { freeze: judged.freeze } : {}),
    ...(judged.parts.length > 0 ? { part: judged.parts } : {}),
  });
}
