import assert from "node:assert/strict";
import { test } from "node:test";
import {
  confirmAction,
  createAction,
  finishAction,
  planAction,
  readAction,
  startAction,
} from "#product/control/actions/contract.ts";
import { readPath } from "#product/control/path/contract.ts";
import { listTasks } from "#product/control/tasks/contract.ts";
import { readHome } from "#product/control/home/contract.ts";
import { newClinic, type Cast } from "#testing/clinic.ts";
import {
  addFactor,
  addTimelineLine,
  answerReporter,
  closeIncident,
  finishAnalysis,
  investigateIncident,
  listIncidents,
  mergeIncident,
  readIncident,
  reopenIncident,
  reportIncident,
  triageIncident,
  undoIncidentMove,
  type Incident,
} from "./contract.ts";

const inDays = (days: number): string => Temporal.Now.plainDateISO("Europe/Kyiv").add({ days }).toString();
const triage = (cast: Cast, version: number, more: object = {}) => ({
  version,
  type: "IDN" as const,
  nearMiss: true,
  actualHarm: "none" as const,
  potentialHarm: "moderate" as const,
  likelihood: "possible" as const,
  tellPatient: "n/a" as const,
  leadId: cast.marta.memberId,
  ...more,
});

async function reported(cast: Cast): Promise<string> {
  const { code } = await cast.olena.send(reportIncident, {
    body: {
      title: "Не той пацієнт у направленні",
      story: "На направленні стояло ім'я брата. Кров не брали.",
      place: "Процедурна",
      mode: "confidential",
      nearMiss: true,
    },
  });
  return code;
}

test("an incident goes from a nurse's report to a proven action, and Шлях tells it", async () => {
  const cast = await newClinic();
  const { marta, taras } = cast;
  const code = await reported(cast);
  const at = { params: { code } };
  let incident = await marta.send(triageIncident, { ...at, body: triage(cast, 1) });
  assert.deepEqual([incident.state, incident.level, incident.reporter], ["triaged", "amber", null]);
  incident = await marta.send(investigateIncident, { ...at, body: { version: incident.version } });
  await marta.refused("incident.timeline-missing", finishAnalysis, {
    ...at,
    body: { version: incident.version, conclusion: "Вкладки без дати народження" },
  });
  await marta.send(addTimelineLine, {
    ...at,
    body: { happenedAt: new Date(Date.now() - 60_000).toISOString(), text: "Направлення надруковано" },
  });
  incident = await marta.send(addFactor, { ...at, body: { text: "Два записи однієї родини були відкриті одночасно" } });
  incident = await marta.send(addFactor, {
    ...at,
    body: { text: "Перед друком не питають дату народження", parentId: incident.factors[0]!.id, factor: "task" },
  });
  assert.deepEqual(
    incident.factors.map(({ depth }) => depth),
    [0, 1],
  );
  await marta.refused("incident.action-missing", finishAnalysis, {
    ...at,
    body: { version: incident.version, conclusion: "Вкладки без дати народження" },
  });
  let action = await taras.send(createAction, {
    body: { title: "Дата народження в шапці кожної вкладки", source: { type: "incident", code } },
  });
  incident = await marta.send(finishAnalysis, {
    ...at,
    body: { version: incident.version, conclusion: "Вкладки без дати народження" },
  });
  incident = await marta.send(answerReporter, {
    ...at,
    body: { version: incident.version, answer: "Дякуємо. Змінюємо шапку вкладок." },
  });
  await marta.refused("incident.actions-open", closeIncident, {
    ...at,
    body: { version: incident.version, lesson: "Питати дату народження перед друком" },
  });
  action = await marta.send(planAction, {
    params: { code: action.code },
    body: {
      version: action.version,
      ownerId: taras.memberId,
      dueOn: inDays(5),
      category: "software",
      effect: { indicator: "F01", direction: "increase", checkOn: inDays(20) },
    },
  });
  assert.equal(action.strength, "medium");
  incident = await marta.send(closeIncident, {
    ...at,
    body: { version: incident.version, lesson: "Питати дату народження перед друком" },
  });
  assert.equal(incident.state, "closed");
  await marta.refused("action.not-owner", startAction, {
    params: { code: action.code },
    body: { version: action.version },
  });
  action = await taras.send(startAction, { params: { code: action.code }, body: { version: action.version } });
  await taras.refused("action.evidence-missing", finishAction, {
    params: { code: action.code },
    body: { version: action.version },
  });
  action = await taras.send(finishAction, {
    params: { code: action.code },
    body: { version: action.version, evidence: "Версія 2.4 у роботі" },
  });
  assert.equal(action.state, "checking");
  action = await marta.send(confirmAction, {
    params: { code: action.code },
    body: { version: action.version, note: "Повторів немає" },
  });
  assert.equal(action.state, "effective");
  const path = await marta.send(readPath, at);
  assert.equal(path.proven, "effective");
  assert.deepEqual(
    path.steps.map(({ kind }) => kind),
    ["incident", "triage", "cause", "answer", "action", "close", "evidence", "effect"],
  );
});

test("two people triage at once: the second is told that the case changed", async () => {
  const cast = await newClinic();
  const code = await reported(cast);
  const bodies = [1, 2].map(() => cast.marta.ask(triageIncident, { params: { code }, body: triage(cast, 1) }));
  const statuses = (await Promise.all(bodies)).map(({ status }) => status).toSorted((a, b) => a - b);
  assert.deepEqual(statuses, [200, 409]);
});

test("a duplicate joins the case that goes on, and can be taken apart again", async () => {
  const cast = await newClinic();
  const first = await reported(cast);
  const second = await reported(cast);
  const running = ({ clocks }: Incident) =>
    clocks.filter(({ stoppedAt }) => stoppedAt === null).map(({ kind, startedAt, dueAt }) => [kind, startedAt, dueAt]);
  const before = running(await cast.marta.send(readIncident, { params: { code: second } }));
  assert.equal(before.length, 2);
  let joined = await cast.marta.send(mergeIncident, { params: { code: second }, body: { version: 1, into: first } });
  assert.deepEqual([joined.state, joined.mergedInto], ["merged", first]);
  assert.deepEqual(running(joined), []);
  await cast.marta.refused("incident.merge-into-itself", mergeIncident, {
    params: { code: first },
    body: { version: 1, into: first },
  });
  joined = await cast.marta.send(undoIncidentMove, { params: { code: second }, body: { version: joined.version } });
  assert.equal(joined.state, "reported");
  assert.deepEqual(running(joined), before, "what was promised before holds again, to the old dates");
});

test("a restricted incident exists only for the people named in it", async () => {
  const cast = await newClinic();
  const { code } = await cast.olena.send(reportIncident, { body: { title: "Погрози в коридорі", type: "BEH" } });
  await cast.taras.refused("incident.unknown", readIncident, { params: { code } });
  assert.equal((await cast.olena.send(readIncident, { params: { code } })).restricted, true);
  const list = await cast.taras.send(listIncidents, {});
  assert.deepEqual([list.items.length, list.counts.restrictedHidden], [0, 1]);
});

test("a closed case opens again with a reason and a new clock", async () => {
  const cast = await newClinic();
  const code = await reported(cast);
  const at = { params: { code } };
  let incident = await cast.marta.send(triageIncident, {
    ...at,
    body: triage(cast, 1, { potentialHarm: "none", likelihood: "rare" }),
  });
  incident = await cast.marta.send(finishAnalysis, {
    ...at,
    body: { version: incident.version, noAnalysisWhy: "поодинокий випадок", noActionWhy: "уже виправлено" },
  });
  incident = await cast.marta.send(answerReporter, { ...at, body: { version: incident.version, answer: "Дякуємо" } });
  incident = await cast.marta.send(closeIncident, { ...at, body: { version: incident.version, lesson: "немає" } });
  incident = await cast.marta.send(reopenIncident, {
    ...at,
    body: { version: incident.version, reason: "повторилося" },
  });
  assert.equal(incident.state, "triaged");
  assert.equal(incident.clocks.filter(({ stoppedAt }) => stoppedAt === null).length, 2);
});

test("what waits for the quality manager stands in tasks and at home", async () => {
  const cast = await newClinic();
  const code = await reported(cast);
  const { tasks } = await cast.marta.send(listTasks);
  assert.deepEqual(
    tasks.map((task) => [task.kind, task.code]),
    [["triage", code]],
  );
  const home = await cast.marta.send(readHome);
  assert.equal(home.fresh[0]?.code, code);
  assert.equal(home.late.find(({ kind }) => kind === "triage")?.due, 1);
  assert.equal((await cast.olena.send(listTasks)).tasks.length, 0);
  assert.equal((await cast.marta.ask(readAction, { params: { code: "ACT-0999" } })).status, 404);
});
