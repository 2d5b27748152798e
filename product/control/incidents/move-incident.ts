import { problem } from "#core/contract/problem.ts";
import type { Event } from "#core/contract/event.ts";
import { startClock, stopClock, undoClocks, workingDaysAfter } from "#platform/jobs/clocks.ts";
import type { Context } from "#platform/http/context.ts";
import { demandMove } from "#platform/http/moves.ts";
import { demandMembers } from "#product/clinic/members/index.ts";
import { actionsOf, countOpenActions } from "#product/control/actions/index.ts";
import type { Incident } from "./contract.ts";
import {
  analysisStarted,
  incidentAnalysed,
  incidentAnswered,
  incidentChanged,
  incidentClosed,
  incidentMerged,
  incidentRejected,
  incidentReopened,
  incidentTriaged,
} from "./events.ts";
import {
  answersOf,
  changeIncident,
  factorsOf,
  incidentByCode,
  insertAnswer,
  insertMove,
  linesOf,
  lockIncident,
  movesOfIncident,
  peopleOf,
  setTeam,
  type Change,
  type IncidentData,
} from "./queries.ts";
import { clocks } from "./report-incident.ts";
import { sealText, seerOf, showIncident } from "./show-incident.ts";
import { levelOf, restrictedTypes, states, type Harm, type IncidentType, type Likelihood } from "./states.ts";

type Step = { name: string; change: Change; event: Event; reason?: string | undefined };

/** Locks, checks version and right, moves, leaves the move's row and its event. Every move of an incident goes through here. */
export async function step(
  ctx: Context,
  code: string,
  version: number,
  prepare: (row: IncidentData) => Promise<Step>,
): Promise<Incident> {
  const row = await lockIncident(ctx.db, code, seerOf(ctx));
  if (row.version !== version) throw problem("incident.changed-meanwhile");
  const { name, change, event, reason } = await prepare(row);
  const rule = demandMove(ctx, states, { row: { state: row.state, ownerId: row.lead_id }, name });
  await changeIncident(ctx.db, row, { ...change, state: rule.to });
  const id = ctx.db.newId();
  await insertMove(ctx.db, {
    id,
    incidentId: row.id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name,
    from: row.state,
    to: rule.to,
    reason: await sealText(ctx, { id, field: "reason", text: reason }),
  });
  ctx.events.add(event, { id: row.id });
  ctx.ledger.about("incident", row.id);
  return showIncident(ctx, await incidentByCode(ctx.db, code, seerOf(ctx)));
}

const later = (ctx: Context, days: number) => workingDaysAfter(ctx.now, days, ctx.clinic.zone);

export type Triage = {
  version: number;
  type: IncidentType;
  subtype?: string | undefined;
  nearMiss: boolean;
  actualHarm: Harm;
  potentialHarm: Harm;
  likelihood: Likelihood;
  restricted: boolean;
  tellPatient: "yes" | "no" | "n/a";
  tellPatientWhy?: string | undefined;
  leadId: string;
};
const tellFrom = new Set<Harm>(["moderate", "severe", "death"]);

/** Kind, harm, likelihood (which give the level), who leads, whether the patient is told. */
export const triageIncident = (ctx: Context, code: string, asked: Triage): Promise<Incident> =>
  step(ctx, code, asked.version, async (row) => {
    await demandMembers(ctx.db, [asked.leadId]);
    // told from moderate harm up, unless somebody says why not
    if (asked.tellPatient === "no" && tellFrom.has(asked.actualHarm) && !asked.tellPatientWhy)
      throw problem("incident.reason-needed");
    const level = levelOf({
      actual: asked.actualHarm,
      potential: asked.potentialHarm,
      nearMiss: asked.nearMiss,
      likelihood: asked.likelihood,
    });
    await stopClock(ctx, { kind: "incident.triage", subject: "incident", id: row.id });
    const analysis =
      level === "red" ? ctx.now.add({ hours: clocks.redStartHours }) : later(ctx, clocks.analysisDays[level]);
    await startClock(ctx, {
      kind: level === "red" ? "incident.analysis-start" : "incident.analysis",
      subject: "incident",
      id: row.id,
      dueAt: analysis,
    });
    if (asked.tellPatient === "yes")
      await startClock(ctx, {
        kind: "incident.tell-patient",
        subject: "incident",
        id: row.id,
        dueAt: later(ctx, clocks.tellDays),
      });
    const restricted = asked.restricted || restrictedTypes.includes(asked.type);
    return {
      name: "triage",
      event: incidentTriaged,
      change: {
        type: asked.type,
        subtype: asked.subtype ?? null,
        near_miss: asked.nearMiss,
        actual_harm: asked.actualHarm,
        potential_harm: asked.potentialHarm,
        likelihood: asked.likelihood,
        level,
        class: restricted ? "restricted" : "normal",
        tell_patient: asked.tellPatient,
        tell_patient_why: await sealText(ctx, { id: row.id, field: "tell", text: asked.tellPatientWhy }),
        lead_id: asked.leadId,
        triaged_at: ctx.now.toString(),
      },
    };
  });

/** Starts the analysis. Red: two people at least; nobody involved leads. */
export const investigateIncident = (
  ctx: Context,
  code: string,
  asked: { version: number; team: readonly string[] },
): Promise<Incident> =>
  step(ctx, code, asked.version, async (row) => {
    await demandMembers(ctx.db, asked.team);
    if ((await peopleOf(ctx.db, row.id)).some((one) => one.role === "involved" && one.member_id === row.lead_id))
      throw problem("incident.lead-involved");
    const others = new Set(asked.team.filter((id) => id !== row.lead_id));
    if (row.level === "red" && others.size < 1) throw problem("incident.team-needed");
    await setTeam(ctx.db, row.id, asked.team);
    if (row.level === "red") {
      await stopClock(ctx, { kind: "incident.analysis-start", subject: "incident", id: row.id });
      await startClock(ctx, {
        kind: "incident.analysis",
        subject: "incident",
        id: row.id,
        dueAt: ctx.now.add({ hours: clocks.redEndDays * 24 }),
      });
    }
    return { name: "investigate", event: analysisStarted, change: {} };
  });

const linesNeeded = { amber: 1, red: 3 };

/** Ends the analysis. Green may go without one (with a reason); amber and red need a timeline, a cause and a conclusion; red needs a
 *  strong or medium action. */
export const finishAnalysis = (
  ctx: Context,
  code: string,
  asked: {
    version: number;
    conclusion?: string | undefined;
    noAnalysisWhy?: string | undefined;
    noActionWhy?: string | undefined;
  },
): Promise<Incident> =>
  step(ctx, code, asked.version, async (row) => {
    const actions = (await actionsOf(ctx, "incident", row.id)).filter(
      (one) => one.state !== "declined" && one.state !== "withdrawn",
    );
    const causes = await factorsOf(ctx.db, row.id);
    if (row.level === "green") {
      if (causes.length === 0 && !asked.noAnalysisWhy) throw problem("incident.reason-needed");
    } else {
      const needed = linesNeeded[row.level === "red" ? "red" : "amber"];
      if ((await linesOf(ctx.db, row.id)).length < needed)
        throw problem("incident.timeline-missing", { count: needed });
      if (causes.length === 0) throw problem("incident.causes-missing");
      if (!asked.conclusion) throw problem("incident.conclusion-missing");
    }
    if (actions.length === 0 && !asked.noActionWhy) throw problem("incident.action-missing");
    if (row.level === "red" && !actions.some((one) => one.strength === "strong" || one.strength === "medium"))
      throw problem("incident.weak-only");
    await stopClock(ctx, { kind: "incident.analysis", subject: "incident", id: row.id });
    await stopClock(ctx, { kind: "incident.analysis-start", subject: "incident", id: row.id });
    return {
      name: "act",
      event: incidentAnalysed,
      change: {
        analysed_at: ctx.now.toString(),
        conclusion: await sealText(ctx, { id: row.id, field: "conclusion", text: asked.conclusion }),
        no_analysis_why: await sealText(ctx, { id: row.id, field: "no-analysis", text: asked.noAnalysisWhy }),
        no_action_why: await sealText(ctx, { id: row.id, field: "no-action", text: asked.noActionWhy }),
      },
    };
  });

async function addAnswer(ctx: Context, row: IncidentData, text: string): Promise<void> {
  const id = ctx.db.newId();
  const bytes = await sealText(ctx, { id, field: "answer", text });
  if (bytes)
    await insertAnswer(ctx.db, {
      id,
      incidentId: row.id,
      text: bytes,
      toWhom: row.reporter_mode,
      memberId: ctx.member.id,
      at: ctx.now.toString(),
    });
}

/** Answers the reporter; the patient is told first where that was decided. */
export const answerReporter = (
  ctx: Context,
  code: string,
  asked: { version: number; answer: string },
): Promise<Incident> =>
  step(ctx, code, asked.version, async (row) => {
    if (row.tell_patient === "yes" && !row.patient_told_at) throw problem("incident.patient-not-told");
    await addAnswer(ctx, row, asked.answer);
    await stopClock(ctx, { kind: "incident.answer", subject: "incident", id: row.id });
    return { name: "answer", event: incidentAnswered, change: { answered_at: ctx.now.toString() } };
  });

/** Closes an incident: its reporter is answered and every action decided [R31, R32]. */
export const closeIncident = (
  ctx: Context,
  code: string,
  asked: { version: number; lesson: string },
): Promise<Incident> =>
  step(ctx, code, asked.version, async (row) => {
    if (!row.answered_at || (await answersOf(ctx.db, row.id)).length === 0) throw problem("incident.unanswered");
    const count = await countOpenActions(ctx, row.id);
    if (count > 0) throw problem("incident.actions-open", { count });
    if (row.level === "red" && row.lead_id === ctx.member.id) throw problem("incident.closer-is-lead");
    await stopClock(ctx, { subject: "incident", id: row.id });
    return {
      name: "close",
      event: incidentClosed,
      change: {
        closed_at: ctx.now.toString(),
        lesson: await sealText(ctx, { id: row.id, field: "lesson", text: asked.lesson }),
      },
    };
  });

/** Opens a closed case again, with new clocks; the old ones stay on record. */
export const reopenIncident = (
  ctx: Context,
  code: string,
  asked: { version: number; reason: string },
): Promise<Incident> =>
  step(ctx, code, asked.version, async (row) => {
    await startClock(ctx, {
      kind: "incident.analysis",
      subject: "incident",
      id: row.id,
      dueAt: later(ctx, clocks.analysisDays.amber),
    });
    await startClock(ctx, {
      kind: "incident.answer",
      subject: "incident",
      id: row.id,
      dueAt: later(ctx, clocks.answerDays),
    });
    return {
      name: "reopen",
      event: incidentReopened,
      reason: asked.reason,
      change: { closed_at: null, answered_at: null },
    };
  });

/** Not an incident: the reporter is told why. */
export const rejectIncident = (
  ctx: Context,
  code: string,
  asked: { version: number; reason: string; answer: string },
): Promise<Incident> =>
  step(ctx, code, asked.version, async (row) => {
    await addAnswer(ctx, row, asked.answer);
    await stopClock(ctx, { subject: "incident", id: row.id });
    return {
      name: "reject",
      event: incidentRejected,
      change: { reject_reason: asked.reason, answered_at: ctx.now.toString() },
    };
  });

/** Joins a duplicate to the case that goes on. */
export const mergeIncident = (
  ctx: Context,
  code: string,
  asked: { version: number; into: string },
): Promise<Incident> =>
  step(ctx, code, asked.version, async (row) => {
    if (asked.into === code) throw problem("incident.merge-into-itself");
    const survivor = await incidentByCode(ctx.db, asked.into, seerOf(ctx));
    if (survivor.state === "merged" || survivor.state === "rejected") throw problem("incident.move-not-allowed");
    await stopClock(ctx, { subject: "incident", id: row.id });
    await insertMove(ctx.db, {
      id: ctx.db.newId(),
      incidentId: survivor.id,
      at: ctx.now.toString(),
      memberId: ctx.member.id,
      name: "joined",
      from: survivor.state,
      to: survivor.state,
    });
    ctx.events.add(incidentChanged, { id: survivor.id });
    return { name: "merge", event: incidentMerged, change: { merged_into: survivor.id } };
  });

const undoSeconds = 15;
const mergeUndoHours = 30 * 24;
const reversible = new Set(["investigate", "act", "merge"]);

/** Takes the last move back within seconds, a merge within 30 days. Throws `incident.undo-late`. */
export async function undoIncidentMove(ctx: Context, code: string, version: number): Promise<Incident> {
  const row = await lockIncident(ctx.db, code, seerOf(ctx));
  if (row.version !== version) throw problem("incident.changed-meanwhile");
  const last = (await movesOfIncident(ctx.db, row.id)).findLast((move) => move.name !== "joined");
  if (!last?.from_state || !reversible.has(last.name) || last.to_state !== row.state)
    throw problem("incident.undo-late");
  const age = ctx.now.since(Temporal.Instant.from(last.at)).total("seconds");
  if (age > (last.name === "merge" ? mergeUndoHours * 3600 : undoSeconds)) throw problem("incident.undo-late");
  await changeIncident(ctx.db, row, {
    state: last.from_state,
    ...(last.name === "merge" ? { merged_into: null } : {}),
    ...(last.name === "act" ? { analysed_at: null } : {}),
  });
  await undoClocks(ctx, { subject: "incident", id: row.id, at: last.at });
  await insertMove(ctx.db, {
    id: ctx.db.newId(),
    incidentId: row.id,
    at: ctx.now.toString(),
    memberId: ctx.member.id,
    name: "undo",
    from: row.state,
    to: last.from_state,
    undoOf: last.id,
  });
  ctx.events.add(incidentChanged, { id: row.id });
  return showIncident(ctx, await incidentByCode(ctx.db, code, seerOf(ctx)));
}
