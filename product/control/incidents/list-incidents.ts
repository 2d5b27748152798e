import { pageOfRows } from "#platform/database/keyset.ts";
import type { Context } from "#platform/http/context.ts";
import { incidentsByTime, registerCounts, type ListAsked } from "./queries.ts";
import { incidentRows, seerOf } from "./show-incident.ts";

/** Start of a day in the clinic's zone, `add` days later. */
const startOf = (ctx: Context, day: string | undefined, add = 0): string | null =>
  day === undefined
    ? null
    : Temporal.PlainDate.from(day).add({ days: add }).toZonedDateTime(ctx.clinic.zone).toInstant().toString();

/** How many rows a search by text opens at the most: titles are sealed, so they are compared here. */
const textScanMax = 1000;

/** The register. Text is looked for in the code, the opened title and the place. */
export async function listIncidents(ctx: Context, asked: ListAsked & { text?: string | undefined }) {
  const seer = seerOf(ctx);
  const found = await registerCounts(ctx.db, seer, ctx.now.toString());
  const limit = asked.text ? textScanMax : asked.limit;
  const rows = await incidentsByTime(
    ctx.db,
    { ...asked, limit },
    { seer, now: ctx.now.toString(), from: startOf(ctx, asked.from), to: startOf(ctx, asked.to, 1) },
  );
  const counts = {
    all: found.all,
    open: found.open,
    mine: found.mine,
    overdue: found.overdue,
    unanswered: found.unanswered,
    restrictedHidden: found.hidden,
  };
  if (asked.text) {
    ctx.ledger.note({ text: asked.text });
    const wanted = asked.text.toLocaleLowerCase("uk");
    const all = await incidentRows(ctx, rows);
    return {
      items: all
        .filter((row) => `${row.code} ${row.what} ${row.place ?? ""}`.toLocaleLowerCase("uk").includes(wanted))
        .slice(0, asked.limit),
      counts,
    };
  }
  const { items, next } = pageOfRows(rows, asked.limit, (row) => [row.reported_at, row.id]);
  return { items: await incidentRows(ctx, items), ...(next ? { next } : {}), counts };
}
