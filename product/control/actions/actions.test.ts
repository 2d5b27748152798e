import assert from "node:assert/strict";
import { test } from "node:test";
import { readHome } from "#product/control/home/contract.ts";
import { reportIncident } from "#product/control/incidents/contract.ts";
import { eventually, newClinic, type Cast } from "#testing/clinic.ts";
import { randomUUID } from "node:crypto";
import { readPath } from "#product/control/path/contract.ts";
import { answerSurvey, listComments } from "#product/feedback/surveys/contract.ts";
import { manyLinks, surveyStory } from "#testing/surveys.ts";
import { createAction, finishAction, planAction, refuteAction, startAction, undoActionMove } from "./contract.ts";

const inDays = (days: number): string => Temporal.Now.plainDateISO("Europe/Kyiv").add({ days }).toString();

/** What the home of the quality manager expects of actions within seven days: waiting actions and effect checks. */
async function awaited({ marta }: Cast): Promise<{ actions: number; checks: number }> {
  const { late } = await marta.send(readHome);
  const of = (kind: string) => {
    const one = late.find((item) => item.kind === kind);
    assert(one);
    assert.equal(one.overdue, 0);
    return one.due;
  };
  return { actions: of("actions"), checks: of("checks") };
}

async function proposed(cast: Cast) {
  const { code } = await cast.olena.send(reportIncident, {
    body: { title: "Не покликали", mode: "named", nearMiss: true },
  });
  return cast.taras.send(createAction, {
    body: { title: "Табло черги", kind: "corrective", source: { type: "incident", code } },
  });
}

const plan = (cast: Cast, action: { code: string; version: number }, dueOn: string, checkOn: string) =>
  cast.marta.send(planAction, {
    params: { code: action.code },
    body: {
      version: action.version,
      ownerId: cast.taras.memberId,
      dueOn,
      category: "software",
      effect: { indicator: "F01", direction: "increase", checkOn },
      noCheck: false,
    },
  });

test("an action waits for one thing at a time: a decision, its date, its check", async () => {
  const cast = await newClinic();
  const { marta, taras } = cast;
  let action = await proposed(cast);
  const at = { params: { code: action.code } };
  assert.deepEqual(await awaited(cast), { actions: 1, checks: 0 }, "a decision");
  action = await plan(cast, action, inDays(0), inDays(7));
  assert.deepEqual(await awaited(cast), { actions: 1, checks: 0 }, "its date, and no decision any more");
  action = await taras.send(startAction, { ...at, body: { version: action.version } });
  assert.deepEqual(await awaited(cast), { actions: 1, checks: 0 });
  action = await taras.send(finishAction, { ...at, body: { version: action.version, evidence: "Табло висить" } });
  assert.deepEqual(await awaited(cast), { actions: 0, checks: 1 }, "its check");
  action = await taras.send(undoActionMove, { ...at, body: { version: action.version } });
  assert.deepEqual(await awaited(cast), { actions: 1, checks: 0 }, "its date again, after undo");
  action = await taras.send(finishAction, { ...at, body: { version: action.version } });
  action = await marta.send(refuteAction, {
    ...at,
    body: { version: action.version, reason: "Табло ніхто не бачить", dueOn: inDays(40) },
  });
  assert.deepEqual(await awaited(cast), { actions: 0, checks: 0 }, "its new date is far, and the old check is over");
});

test("a planned action whose date is far is not expected this week", async () => {
  const cast = await newClinic();
  await plan(cast, await proposed(cast), inDays(40), inDays(60));
  assert.deepEqual(await awaited(cast), { actions: 0, checks: 0 });
});

test("an action comes from what a patient wrote, names its day alone, and stands in the path of the case the answer opened", async () => {
  const story = await surveyStory();
  const { marta, olena } = story;
  const [link = ""] = await manyLinks(story, 1);
  await marta.send(answerSurvey, {
    params: { token: link.slice(3) },
    body: { score: 5, comment: "Довго чекали", language: "uk" },
  });
  const comment = await eventually(async () => {
    const [found] = (await marta.send(listComments)).items;
    return found?.incident ? found : undefined;
  });
  const from = (id: string) => ({
    body: { title: "Табло черги", kind: "corrective" as const, source: { type: "response" as const, id } },
  });
  await marta.refused("action.source-unknown", createAction, from(randomUUID()));
  // a nurse may propose actions, but not read what patients write
  await olena.refused("action.source-unknown", createAction, from(comment.id));
  const other = await surveyStory();
  await other.marta.refused("action.source-unknown", createAction, from(comment.id));
  const action = await marta.send(createAction, from(comment.id));
  assert.deepEqual(action.source, { type: "response", id: comment.id, label: comment.on });
  assert.equal((await marta.send(listComments)).items[0]?.action, action.code);
  await plan(story, action, inDays(2), inDays(40));
  const path = await marta.send(readPath, { params: { code: comment.incident ?? "" } });
  assert(path.steps.some(({ kind, code }) => kind === "action" && code === action.code));
});

test("an action names no source that is not there", async () => {
  const { marta } = await newClinic();
  for (const type of ["incident", "signal", "response"] as const)
    await marta.refused("action.source-unknown", createAction, {
      body: { title: "Табло черги", kind: "corrective", source: { type, id: randomUUID() } },
    });
  await marta.refused("action.source-unknown", createAction, {
    body: { title: "Табло черги", kind: "corrective", source: { type: "response" } },
  });
});
