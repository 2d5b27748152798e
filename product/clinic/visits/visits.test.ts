import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { newClinic } from "#testing/clinic.ts";
import { listServices } from "#product/clinic/services/contract.ts";
import { listSites } from "#product/clinic/sites/contract.ts";
import {
  finishVisit,
  listVisits,
  openVisit,
  readVisit,
  reopenVisit,
  setNeverSurvey,
  undoOpenVisit,
} from "./contract.ts";
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

test("the desk sees its own sites and services alone, and retired or closed ones no longer", async () => {
  const [cast, other] = [await newClinic(), await newClinic()];
  const ground = await visitGround(cast);
  await visitGround(other);
  const services = await cast.yulia.send(listServices);
  assert.deepEqual(
    services.items.map(({ id, code, department, siteId }) => [id, code, department, siteId]),
    [
      [ground.cardiologyServiceId, "CARD", "Кардіологія", ground.siteId],
      [ground.serviceId, "THER", "Терапія", ground.siteId],
    ],
  );
  assert.equal(services.more, false);
  assert.deepEqual(
    (await cast.ihor.send(listSites)).items.map(({ id, name }) => [id, name]),
    [[ground.siteId, "Центральна"]],
  );
  await cast.product.platform.app.database.transaction({ clinic: cast.clinic.id }, async (db) => {
    const at = new Date().toISOString();
    await db.run(db.update("clinic.service").set({ retired_at: at }).where("code", "=", "CARD"));
    await db.run(db.update("clinic.site").set({ active: false }));
  });
  assert.deepEqual(
    (await cast.yulia.send(listServices)).items.map(({ code }) => code),
    ["THER"],
  );
  assert.deepEqual((await cast.yulia.send(listSites)).items, []);
});

test("a visit may have begun some hours ago, but neither the day before nor ahead", async () => {
  const cast = await newClinic();
  const ground = await visitGround(cast);
  const now = cast.product.platform.app.clock.now();
  const body = {
    patientId: await ground.patient(),
    memberId: cast.taras.memberId,
    serviceId: ground.serviceId,
    siteId: ground.siteId,
  };
  const startedAt = now.subtract({ hours: 3 }).toString({ fractionalSecondDigits: 0 });
  const visit = await cast.yulia.send(openVisit, { body: { ...body, startedAt } });
  assert.equal(Date.parse(visit.startedAt), Date.parse(startedAt));
  for (const wrong of [now.add({ minutes: 10 }), now.subtract({ hours: 25 })])
    await cast.yulia.refused("visit.start", openVisit, { body: { ...body, startedAt: wrong.toString() } });
  assert.equal((await cast.yulia.send(listVisits)).items.length, 1);
});

test("an opening is taken back by its maker alone while nothing followed, and the void visit leaves the lists", async () => {
  const cast = await newClinic();
  const ground = await visitGround(cast);
  const open = async () =>
    (
      await cast.yulia.send(openVisit, {
        body: {
          patientId: await ground.patient(),
          memberId: cast.taras.memberId,
          serviceId: ground.serviceId,
          siteId: ground.siteId,
        },
      })
    ).code;
  const wrong = await open();
  await cast.taras.refused("visit.undo-late", undoOpenVisit, { params: { code: wrong }, body: {} });
  assert.equal((await cast.yulia.send(undoOpenVisit, { params: { code: wrong }, body: {} })).state, "voided");
  await cast.yulia.refused("visit.undo-late", undoOpenVisit, { params: { code: wrong }, body: {} });
  await cast.taras.refused("visit.moved-meanwhile", finishVisit, { params: { code: wrong }, body: {} });
  assert.deepEqual((await cast.yulia.send(listVisits)).items, []);
  const ended = await open();
  await cast.taras.send(finishVisit, { params: { code: ended }, body: {} });
  await cast.yulia.refused("visit.undo-late", undoOpenVisit, { params: { code: ended }, body: {} });
});

test("an end is taken back at once by its maker, by others with a reason that lies sealed", async () => {
  const cast = await newClinic();
  const ground = await visitGround(cast);
  const body = {
    patientId: await ground.patient(),
    memberId: cast.taras.memberId,
    serviceId: ground.serviceId,
    siteId: ground.siteId,
  };
  const params = { code: (await cast.yulia.send(openVisit, { body })).code };
  await cast.taras.refused("visit.runs", reopenVisit, { params, body: {} });
  await cast.taras.send(finishVisit, { params, body: {} });
  assert.equal((await cast.taras.send(reopenVisit, { params, body: {} })).endedAt, null);
  await cast.taras.send(finishVisit, { params, body: {} });
  await cast.olena.refused("visit.reason-needed", reopenVisit, { params, body: {} });
  const reason = "Пацієнт повернувся з аналізом";
  assert.equal((await cast.olena.send(reopenVisit, { params, body: { reason } })).endedAt, null);
  const moves = await cast.product.platform.app.database.transaction({ clinic: cast.clinic.id }, (db) =>
    db.many(db.from("clinic.visit_move").select(["name", "reason"]).orderBy("at").orderBy("id")),
  );
  assert.deepEqual(
    moves.map(({ name }) => name),
    ["open", "finish", "reopen", "finish", "reopen"],
  );
  assert(moves[4]?.reason && !moves[4].reason.includes(Buffer.from("Пацієнт")));
});

test("a signed or imported visit is not opened again", async () => {
  const cast = await newClinic();
  const ground = await visitGround(cast);
  for (const change of [{ state: "signed" }, { source: "import" }]) {
    const body = {
      patientId: await ground.patient(),
      memberId: cast.taras.memberId,
      serviceId: ground.serviceId,
      siteId: ground.siteId,
    };
    const { id, code } = await cast.yulia.send(openVisit, { body });
    await cast.taras.send(finishVisit, { params: { code }, body: {} });
    await cast.product.platform.app.database.transaction({ clinic: cast.clinic.id }, (db) =>
      db.run(db.update("clinic.visit").set(change).where("id", "=", id)),
    );
    await cast.taras.refused("visit.sealed", reopenVisit, { params: { code }, body: {} });
  }
});
