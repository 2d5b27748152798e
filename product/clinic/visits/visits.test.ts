import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { newClinic } from "#testing/clinic.ts";
import { finishVisit, listVisits, openVisit, readVisit, setNeverSurvey } from "./contract.ts";
import { visitGround } from "#testing/visits.ts";

test("a visit is opened at the desk, finished by the doctor once, and read with the patient's name", async () => {
  const cast = await newClinic();
  const ground = await visitGround(cast);
  const patientId = await ground.patient({ name: "Ґалаґан" });
  const body = { patientId, memberId: cast.taras.memberId, serviceId: ground.serviceId, siteId: ground.siteId };
  const visit = await cast.yulia.send(openVisit, { body });
  assert.match(visit.code, /^VIS-\d+$/);
  assert.equal(visit.patient.name, "Ґалаґан Іван");
  assert.equal(visit.department, "Терапія");
  const params = { code: visit.code };
  assert.notEqual((await cast.taras.send(finishVisit, { params, body: {} })).endedAt, null);
  await cast.taras.refused("visit.moved-meanwhile", finishVisit, { params, body: {} });
  assert.equal((await cast.olena.send(readVisit, { params })).id, visit.id);
});

test("a list gives visits page by page, newest first, each once", async () => {
  const cast = await newClinic();
  const ground = await visitGround(cast);
  const made: string[] = [];
  for (let at = 0; at < 5; at++) {
    const body = {
      patientId: await ground.patient(),
      memberId: at % 2 ? cast.taras.memberId : cast.olena.memberId,
      serviceId: ground.serviceId,
      siteId: ground.siteId,
    };
    made.unshift((await cast.yulia.send(openVisit, { body })).code);
  }
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await cast.taras.send(listVisits, { query: { limit: 2, ...(after ? { after } : {}) } });
    seen.push(...page.items.map(({ code }) => code));
    after = page.next;
  } while (after);
  assert.deepEqual(seen, made);
  assert.equal((await cast.taras.send(listVisits, { query: { mine: "true" } })).items.length, 2);
  assert.equal((await cast.taras.send(listVisits, { query: { state: "finished" } })).items.length, 0);
  await cast.taras.refused("request.invalid", listVisits, { query: { after: "nonsense" } });
});

test("a visit points to rows of its own clinic alone, and only those who may write it do", async () => {
  const [cast, other] = [await newClinic(), await newClinic()];
  const [ground, foreign] = [await visitGround(cast), await visitGround(other)];
  const body = {
    patientId: await ground.patient(),
    memberId: cast.taras.memberId,
    serviceId: ground.serviceId,
    siteId: ground.siteId,
  };
  await cast.yulia.refused("patient.unknown", openVisit, { body: { ...body, patientId: await foreign.patient() } });
  await cast.yulia.refused("service.unknown", openVisit, { body: { ...body, serviceId: foreign.serviceId } });
  await cast.yulia.refused("site.unknown", openVisit, { body: { ...body, siteId: randomUUID() } });
  await cast.yulia.refused("member.unknown", openVisit, { body: { ...body, memberId: other.taras.memberId } });
  const { code } = await cast.yulia.send(openVisit, { body });
  await cast.yulia.refused("right.missing", finishVisit, { params: { code }, body: {} });
  await other.taras.refused("visit.unknown", readVisit, { params: { code } });
  const flagged = await cast.taras.send(setNeverSurvey, { params: { code }, body: { neverSurvey: true } });
  assert.equal(flagged.neverSurvey, true);
});
