import { sql } from "kysely";
import type { Context } from "#platform/http/context.ts";
import { actionStories } from "#product/control/actions/index.ts";
import { compareAround, definitionOf, listIndicators } from "#product/control/indicators/index.ts";
import { readIncident } from "#product/control/incidents/index.ts";
import type { Incident } from "#product/control/incidents/contract.ts";
import type { Path } from "./contract.ts";

type Step = Path["steps"][number];
type Story = Awaited<ReturnType<typeof actionStories>>[number];

const dayOf = (ctx: Context, at: string): string =>
  Temporal.Instant.from(at).toZonedDateTimeISO(ctx.clinic.zone).toPlainDate().toString();
const step = (part: Partial<Step> & Pick<Step, "kind" | "on" | "title">): Step => ({
  at: null,
  code: null,
  link: null,
  lines: [],
  remark: null,
  by: null,
  note: null,
  ...part,
});

/** An anonymous answer keeps its day alone and has no way back to its visit: the page says so instead of a link. */
async function fromResponse(ctx: Context, incident: Incident): Promise<Step[]> {
  if (incident.source.type !== "response" || !incident.source.id) return [];
  const row = await ctx.db.maybe(
    sql<{
      on_date: string;
      score: number;
    }>`select on_date, score from feedback.fact_response where clinic_id = ${ctx.clinic.id} and id = ${incident.source.id}`,
  );
  if (!row) return [];
  return [
    step({ kind: "response", on: row.on_date, title: `score-${row.score}`, remark: incident.place, note: "anonymous" }),
  ];
}

function fromIncident(ctx: Context, incident: Incident): Step[] {
  const steps: Step[] = [];
  for (const move of incident.history) {
    const common = { at: move.at, on: dayOf(ctx, move.at), by: move.by };
    if (move.name === "report")
      steps.push(
        step({
          ...common,
          kind: "incident",
          title: incident.what,
          code: incident.code,
          link: `/incidents/${incident.code}`,
          remark: incident.source.type === "response" ? "D17" : null,
          lines: incident.story ? [incident.story] : [],
        }),
      );
    if (move.name === "triage")
      steps.push(
        step({
          ...common,
          kind: "triage",
          title: "triaged",
          remark: incident.level,
          lines: incident.owner ? [incident.owner.name] : [],
        }),
      );
    if (move.name === "act")
      steps.push(
        step({
          ...common,
          kind: "cause",
          title: "analysed",
          lines: [
            ...incident.factors.map((factor) => factor.text),
            ...(incident.conclusion ? [incident.conclusion] : []),
          ],
          remark: incident.factors.find((factor) => factor.factor)?.factor ?? null,
        }),
      );
    if (move.name === "close")
      steps.push(step({ ...common, kind: "close", title: "closed", lines: incident.lesson ? [incident.lesson] : [] }));
    if (move.name === "reopen")
      steps.push(step({ ...common, kind: "reopen", title: "reopened", lines: move.reason ? [move.reason] : [] }));
  }
  for (const answer of incident.answers)
    steps.push(
      step({
        kind: "answer",
        at: answer.at,
        on: dayOf(ctx, answer.at),
        title: "answered",
        by: answer.by,
        lines: [answer.text],
      }),
    );
  return steps;
}

function fromAction(ctx: Context, action: Story): Step[] {
  const link = `/actions/${action.code}`;
  const steps: Step[] = [];
  for (const move of action.history) {
    const common = { at: move.at, on: dayOf(ctx, move.at), by: move.by, code: action.code, link };
    if (move.name === "plan")
      steps.push(
        step({
          ...common,
          kind: "action",
          title: action.title,
          remark: action.strength,
          lines: action.owner ? [action.owner.name] : [],
        }),
      );
    if (move.name === "finish")
      steps.push(
        step({ ...common, kind: "evidence", title: action.title, lines: action.evidence.map((one) => one.text) }),
      );
    if (move.name === "confirm" || move.name === "refute")
      steps.push(
        step({
          ...common,
          kind: "effect",
          title: move.name === "confirm" ? "effective" : "ineffective",
          code: action.indicator,
          link: action.indicator ? `/indicators/${action.indicator}` : null,
          lines: move.reason ? [move.reason] : action.verdictNote ? [action.verdictNote] : [],
        }),
      );
  }
  return steps;
}

/** The six circles of the loop with the days between them. */
function stationsOf(steps: readonly Step[]): Path["stations"] {
  const wanted = [["response"], ["incident"], ["cause"], ["action"], ["evidence"], ["effect"]];
  let before: Step | undefined;
  return wanted.map(([kind = ""]) => {
    const found = steps.find((one) => one.kind === kind);
    const since =
      found && before ? Temporal.PlainDate.from(before.on).until(Temporal.PlainDate.from(found.on)).days : null;
    const seconds =
      found?.at && before?.at
        ? Temporal.Instant.from(before.at).until(Temporal.Instant.from(found.at)).total("seconds")
        : null;
    if (found) before = found;
    return {
      kind,
      on: found?.on ?? null,
      at: found?.at ?? null,
      daysSince: since,
      secondsSince: seconds,
      done: found !== undefined,
    };
  });
}

async function effectOf(ctx: Context, actions: readonly Story[]): Promise<Path["effect"]> {
  const action = actions.findLast((one) => one.indicator && one.doneOn);
  const definition = action?.indicator ? definitionOf(action.indicator) : undefined;
  if (!action?.doneOn || !definition) return null;
  const seen = await compareAround(ctx, definition.code, action.doneOn);
  return {
    indicator: definition.code,
    name: definition.name,
    unit: definition.unit,
    ...seen,
    direction: action.effectDirection ?? definition.direction,
    action: action.code,
  };
}

/** One case from what happened to whether the fix worked. Throws `incident.unknown`. */
export async function tellPath(ctx: Context, code: string): Promise<Path> {
  const incident = await readIncident(ctx, code);
  const { source } = incident;
  const actions = [
    ...(await actionStories(ctx, "incident", incident.id)),
    // what was proposed from the answer itself belongs to the story of the case that the answer opened
    ...(source.type === "response" && source.id ? await actionStories(ctx, "response", source.id) : []),
  ];
  const steps = [
    ...(await fromResponse(ctx, incident)),
    ...fromIncident(ctx, incident),
    ...actions.flatMap((action) => fromAction(ctx, action)),
  ];
  const order = (one: Step) => one.at ?? `${one.on}T00:00:00Z`;
  steps.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const effect = await effectOf(ctx, actions);
  const balancing = effect
    ? (await listIndicators(ctx))
        .filter((one) => one.code !== effect.indicator)
        .map((one) => ({
          code: one.code,
          name: one.name,
          before: null,
          after: one.latest?.value ?? null,
          variation: one.variation,
        }))
    : [];
  const verdicts = actions.map((one) => one.verdict).filter((one) => one !== null);
  return {
    code: incident.code,
    title: incident.what,
    state: incident.state,
    proven: verdicts.includes("effective") ? "effective" : (verdicts.at(-1) ?? null),
    steps,
    stations: stationsOf(steps),
    effect,
    balancing,
  };
}
