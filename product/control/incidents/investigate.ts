import { problem } from "#core/contract/problem.ts";
import { stopClock } from "#platform/jobs/clocks.ts";
import type { Context } from "#platform/http/context.ts";
import type { Incident } from "./contract.ts";
import { incidentChanged } from "./events.ts";
import {
  changeIncident,
  factorsOf,
  incidentByCode,
  insertFactor,
  insertLine,
  insertMove,
  lockIncident,
  removeFactorRow,
  type IncidentData,
} from "./queries.ts";
import { sealText, seerOf, showIncident } from "./show-incident.ts";

/** Causes are asked for while a case is looked into; a closed one keeps what it has. */
const workable = new Set(["reported", "triaged", "investigating", "actions"]);
const whysMax = 7;

async function opened(ctx: Context, code: string): Promise<IncidentData> {
  const row = await lockIncident(ctx.db, code, seerOf(ctx));
  if (!workable.has(row.state)) throw problem("incident.move-not-allowed");
  return row;
}

async function shown(ctx: Context, row: IncidentData): Promise<Incident> {
  ctx.events.add(incidentChanged, { id: row.id });
  return showIncident(ctx, await incidentByCode(ctx.db, row.code, seerOf(ctx)));
}

/** A cause under another one. Throws `incident.too-deep` past seven whys. */
export async function addFactor(
  ctx: Context,
  code: string,
  asked: { text: string; parentId?: string | undefined; factor?: string | undefined },
): Promise<Incident> {
  const row = await opened(ctx, code);
  const all = await factorsOf(ctx.db, row.id);
  let depth = 0;
  for (let at = asked.parentId; at !== undefined; depth++) {
    const parent = all.find((one) => one.id === at);
    if (!parent) throw problem("incident.unknown");
    at = parent.parent_id ?? undefined;
  }
  if (depth >= whysMax) throw problem("incident.too-deep");
  const id = ctx.db.newId();
  const text = await sealText(ctx, { id, field: "factor", text: asked.text });
  if (text)
    await insertFactor(ctx.db, {
      id,
      incidentId: row.id,
      parentId: asked.parentId ?? null,
      position: all.length + 1,
      text,
      factor: asked.factor ?? null,
      memberId: ctx.member.id,
    });
  return shown(ctx, row);
}

/** Takes a cause back; what stood under it goes with it. */
export async function removeFactor(ctx: Context, code: string, factorId: string): Promise<Incident> {
  const row = await opened(ctx, code);
  const all = await factorsOf(ctx.db, row.id);
  const gone = [factorId];
  for (const at of gone) gone.push(...all.filter((one) => one.parent_id === at).map((one) => one.id));
  for (const id of gone) await removeFactorRow(ctx.db, row.id, id, ctx.now.toString());
  return shown(ctx, row);
}

/** A moment of what happened. Throws `incident.in-future`. */
export async function addTimelineLine(
  ctx: Context,
  code: string,
  asked: { happenedAt: string; text: string },
): Promise<Incident> {
  if (Temporal.Instant.compare(Temporal.Instant.from(asked.happenedAt), ctx.now) > 0)
    throw problem("incident.in-future");
  const row = await opened(ctx, code);
  const id = ctx.db.newId();
  const text = await sealText(ctx, { id, field: "line", text: asked.text });
  if (text)
    await insertLine(ctx.db, { id, incidentId: row.id, happenedAt: asked.happenedAt, text, memberId: ctx.member.id });
  return shown(ctx, row);
}

/** The patient was told: stops that clock. */
export async function tellPatient(
  ctx: Context,
  code: string,
  asked: { version: number; note: string },
): Promise<Incident> {
  const row = await lockIncident(ctx.db, code, seerOf(ctx));
  if (row.version !== asked.version) throw problem("incident.changed-meanwhile");
  await changeIncident(ctx.db, row, { patient_told_at: ctx.now.toString() });
  const id = ctx.db.newId();
  await insertMove(ctx.db, {
    id,
    incidentId: row.id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name: "tell-patient",
    from: row.state,
    to: row.state,
    reason: await sealText(ctx, { id, field: "reason", text: asked.note }),
  });
  await stopClock(ctx, { kind: "incident.tell-patient", subject: "incident", id: row.id });
  return shown(ctx, row);
}
