import { sql } from "kysely";
import type { Context } from "#platform/http/context.ts";
import { readSignal, tieSignal } from "#product/control/signals/index.ts";
import { openIncident } from "./report-incident.ts";

/** Groups an anonymous answer may be named by: at least so many were invited there in the last 14 days. */
type ResponseFact = {
  on_date: string;
  score: number;
  department_id: string | null;
  site_id: string | null;
  department: string | null;
};

const scoreWords = {
  uk: ["", "дуже добре", "добре", "так собі", "погано", "дуже погано", "не знаю"],
  en: ["", "very good", "good", "neither good nor poor", "poor", "very poor", "don't know"],
};

/** Opens the case of a signal, once. An anonymous answer gives its day and its narrowest large enough group, never its visit. */
export async function openFromSignal(ctx: Context, signalId: string): Promise<void> {
  const signal = await readSignal(ctx, signalId);
  if (signal.rule !== "D17" || !signal.subject_id || signal.case_id) return;
  const response = await ctx.db.maybe(
    sql<ResponseFact>`select r.on_date, r.score, r.department_id, r.site_id, d.name as department from feedback.fact_response r
      left join clinic.fact_department d on d.clinic_id = r.clinic_id and d.id = r.department_id where r.clinic_id = ${ctx.clinic.id} and r.id = ${signal.subject_id}`,
  );
  if (!response) return;
  const words =
    ctx.clinic.language === "en"
      ? `Low score: ${scoreWords.en[response.score]}`
      : `Низька оцінка: ${scoreWords.uk[response.score]}`;
  const noon = Temporal.PlainDate.from(response.on_date)
    .toZonedDateTime({ timeZone: ctx.clinic.zone, plainTime: "12:00" })
    .toInstant()
    .toString();
  const made = await openIncident(ctx, {
    title: words,
    nearMiss: false,
    harm: "none",
    type: "COM",
    ...(response.department ? { place: response.department } : {}),
    departmentId: response.department_id,
    siteId: response.site_id,
    occurredAt: noon,
    dayOnly: true,
    mode: "anonymous",
    reporterId: null,
    source: { type: "response", id: signal.subject_id, signalId },
  });
  if (made) await tieSignal(ctx, signalId, { type: "incident", caseId: made.id });
}
