import { holds } from "#core/access/rights.ts";
import { clocksOf, type ClockRow } from "#platform/jobs/clocks.ts";
import type { Context } from "#platform/http/context.ts";
import { movesOf } from "#platform/http/moves.ts";
import { memberNames } from "#product/clinic/members/index.ts";
import { actionsOf } from "#product/control/actions/index.ts";
import type { Incident, IncidentRow } from "./contract.ts";
import {
  answersOf,
  codesOf,
  departmentNames,
  factorsOf,
  linesOf,
  movesOfIncident,
  type IncidentData,
  type Seer,
} from "./queries.ts";
import { states } from "./states.ts";

export const seerOf = (ctx: Context): Seer => ({
  memberId: ctx.member.id,
  restricted: ctx.member.as.startsWith("job:") || holds(ctx.member.types, "incident:read-restricted"),
});
export const place = (id: string, field: string) => ({ thing: "incident", id, field });
export const openText = (
  ctx: Context,
  o: { id: string; field: string; bytes: Buffer | null },
): Promise<string | null> => (o.bytes ? ctx.keys.open("clinic", place(o.id, o.field), o.bytes) : Promise.resolve(null));
export const sealText = (
  ctx: Context,
  o: { id: string; field: string; text: string | undefined },
): Promise<Buffer | null> =>
  o.text === undefined || o.text === "" ? Promise.resolve(null) : ctx.keys.seal("clinic", place(o.id, o.field), o.text);

const ended = new Set(["closed", "merged", "rejected"]);

/** Rows of the register: names, departments and clocks come in one query each. */
export async function incidentRows(ctx: Context, rows: readonly IncidentData[]): Promise<IncidentRow[]> {
  const names = await memberNames(
    ctx.db,
    rows.map((row) => row.lead_id),
  );
  const clocks = Map.groupBy(
    rows.length === 0
      ? []
      : await clocksOf(
          ctx,
          "incident",
          rows.map((row) => row.id),
        ),
    (clock) => clock.subject_id,
  );
  return Promise.all(rows.map((row) => incidentRow(ctx, row, { names, clocks: clocks.get(row.id) ?? [] })));
}

async function incidentRow(
  ctx: Context,
  row: IncidentData,
  o: { names: ReadonlyMap<string, string>; clocks: readonly ClockRow[] },
): Promise<IncidentRow> {
  const running = o.clocks
    .filter((clock) => clock.stopped_at === null)
    .toSorted((a, b) => (a.due_at < b.due_at ? -1 : 1));
  const end = row.closed_at ? Temporal.Instant.from(row.closed_at) : ctx.now;
  const open = ended.has(row.state) ? undefined : running[0];
  return {
    id: row.id,
    code: row.code,
    what: (await openText(ctx, { id: row.id, field: "title", bytes: row.title })) ?? "",
    when: row.occurred_at ?? row.reported_at,
    dayOnly: row.day_only,
    place: row.place,
    // types, harms and states are held by the table's checks
    type: row.type as IncidentRow["type"],
    nearMiss: row.near_miss,
    harm: row.actual_harm as IncidentRow["harm"],
    state: row.state as IncidentRow["state"],
    restricted: row.class === "restricted",
    owner: row.lead_id ? { id: row.lead_id, name: o.names.get(row.lead_id) ?? "" } : null,
    daysOpen: Math.max(0, Math.floor(end.since(Temporal.Instant.from(row.reported_at)).total("hours") / 24)),
    dueAt: open?.due_at ?? null,
    dueKind: open?.kind ?? null,
  };
}

type Factor = Awaited<ReturnType<typeof factorsOf>>[number];
const depthOf = (factor: Factor, all: readonly Factor[]): number => {
  let depth = 0;
  for (let at: Factor | undefined = factor; at?.parent_id && depth < 8; depth++)
    at = all.find((one) => one.id === at?.parent_id);
  return depth;
};

/** Causes as the tree is read: each under its parent, in the order they were added. */
function ordered(all: readonly Factor[], parent: string | null = null): Factor[] {
  return all.filter((one) => one.parent_id === parent).flatMap((one) => [one, ...ordered(all, one.id)]);
}

const sourceLabels: Record<string, string> = { response: "D17", signal: "D17" };

/** The opened free texts of an incident. */
async function textsOf(ctx: Context, row: IncidentData) {
  const text = (field: string, bytes: Buffer | null) => openText(ctx, { id: row.id, field, bytes });
  return {
    story: await text("story", row.story),
    doneAtOnce: await text("done", row.done_at_once),
    tellPatientWhy: await text("tell", row.tell_patient_why),
    conclusion: await text("conclusion", row.conclusion),
    lesson: await text("lesson", row.lesson),
    noAnalysisWhy: await text("no-analysis", row.no_analysis_why),
    noActionWhy: await text("no-action", row.no_action_why),
  };
}

async function causesOf(ctx: Context, id: string): Promise<Incident["factors"]> {
  const all = await factorsOf(ctx.db, id);
  return Promise.all(
    ordered(all).map(async (one) => ({
      id: one.id,
      text: (await openText(ctx, { id: one.id, field: "factor", bytes: one.text })) ?? "",
      depth: depthOf(one, all),
      factor: one.factor as Incident["factors"][number]["factor"], // held by the table's check
    })),
  );
}

async function timelineOf(ctx: Context, id: string): Promise<Incident["timeline"]> {
  const open = async (line: { id: string; text: Buffer }) =>
    (await openText(ctx, { id: line.id, field: "line", bytes: line.text })) ?? "";
  return Promise.all(
    (await linesOf(ctx.db, id)).map(async (line) => ({
      id: line.id,
      happenedAt: line.happened_at,
      text: await open(line),
    })),
  );
}

/** Answers and moves with the names of who gave and made them. */
async function storyOf(ctx: Context, row: IncidentData): Promise<Pick<Incident, "answers" | "history" | "reporter">> {
  const answers = await answersOf(ctx.db, row.id);
  const moves = await movesOfIncident(ctx.db, row.id);
  const named = row.reporter_mode === "named" ? row.reporter_id : null;
  const names = await memberNames(ctx.db, [
    ...moves.map((move) => move.member_id),
    ...answers.map((answer) => answer.member_id),
    named,
  ]);
  // a confidential reporter's name stands nowhere, not even beside the move that reported
  const by = (move: (typeof moves)[number]) =>
    move.member_id === null || (move.name === "report" && !named) ? null : (names.get(move.member_id) ?? null);
  return {
    reporter: named ? (names.get(named) ?? null) : null,
    answers: await Promise.all(
      answers.map(async (one) => ({
        at: one.at,
        by: names.get(one.member_id ?? "") ?? "",
        text: (await openText(ctx, { id: one.id, field: "answer", bytes: one.text })) ?? "",
      })),
    ),
    history: await Promise.all(
      moves.map(async (move) => ({
        at: move.at,
        name: move.name,
        by: by(move),
        to: move.to_state as Incident["state"], // held by the machine that made the move
        reason: await openText(ctx, { id: move.id, field: "reason", bytes: move.reason }),
      })),
    ),
  };
}

/** One incident with all that belongs to it and the moves this person may make next. */
export async function showIncident(ctx: Context, row: IncidentData): Promise<Incident> {
  const [shown] = await incidentRows(ctx, [row]);
  if (!shown) throw new Error("one row in, one row out");
  const clocks = await clocksOf(ctx, "incident", [row.id]);
  const actions = await actionsOf(ctx, "incident", row.id);
  const department = row.department_id ? (await departmentNames(ctx.db, [row.department_id]))[0]?.name : undefined;
  const merged = row.merged_into ? (await codesOf(ctx.db, [row.merged_into]))[0]?.code : undefined;
  return {
    ...shown,
    ...(await textsOf(ctx, row)),
    ...(await storyOf(ctx, row)),
    factors: await causesOf(ctx, row.id),
    timeline: await timelineOf(ctx, row.id),
    subtype: row.subtype,
    // harms, likelihoods, levels, decisions and modes are held by the table's checks
    potentialHarm: row.potential_harm as Incident["potentialHarm"],
    likelihood: row.likelihood as Incident["likelihood"],
    level: row.level as Incident["level"],
    tellPatient: row.tell_patient as Incident["tellPatient"],
    reporterMode: row.reporter_mode as Incident["reporterMode"],
    patientToldAt: row.patient_told_at,
    source: { type: row.source_type, id: row.source_id, label: sourceLabels[row.source_type] ?? null },
    department: department ?? null,
    clocks: clocks.map((one) => ({
      kind: one.kind,
      startedAt: one.started_at,
      dueAt: one.due_at,
      stoppedAt: one.stopped_at,
    })),
    actions: actions.map((one) => ({
      id: one.id,
      code: one.code,
      title: one.title,
      strength: one.strength,
      owner: one.owner,
      dueOn: one.dueOn,
      state: one.state,
      effect: one.indicator,
      checkOn: one.checkOn,
    })),
    mergedInto: merged ?? null,
    version: row.version,
    moves: movesOf(ctx, states, { state: row.state, ownerId: row.lead_id }),
  };
}
