import assert from "node:assert/strict";
import { test } from "node:test";
import { listIncidents, readIncident, reportIncident } from "#product/control/incidents/contract.ts";
import { findPatients, registerPatient } from "#product/clinic/patients/contract.ts";
import { openVisit, readVisit } from "#product/clinic/visits/contract.ts";
import { newClinic } from "#testing/clinic.ts";
import { sendBytes } from "#testing/strange-requests.ts";
import { visitGround } from "#testing/visits.ts";

/** Odd, and somebody's name or title all the same. */
const legal = [
  "'; drop table clinic.patient; --",
  "O'Keefe54",
  "=cmd|' /C calc'!A1",
  "+1-1@1",
  '<script>alert("х")</script>',
  "{{constructor.constructor('return 1')()}}",
  "${1+1} %s %00 \\u0000 \\",
  "Ґалаґан-Д’Артаньян",
  "محمد بن راشد",
  "李小龍 𠮷",
  "Ім'я 😀 ❤️ ⚠️",
  "null",
  "__proto__",
  "İstanbul ǅ ﬁ",
];

test("a name that is strange and legal comes back as it was typed, and harms nothing", async () => {
  const cast = await newClinic();
  const { yulia, taras, olena, marta } = cast;
  const ground = await visitGround(cast);
  for (const text of legal) {
    const { id } = await yulia.send(registerPatient, {
      body: { family: text, given: "Іван", birthDate: "1980-02-03", sex: "m" },
    });
    const visit = await yulia.send(openVisit, {
      body: { patientId: id, memberId: taras.memberId, serviceId: ground.serviceId, siteId: ground.siteId },
    });
    const read = await taras.send(readVisit, { params: { code: visit.code } });
    assert.equal(read.patient.name, `${text} Іван`);
    const story = `${text}\n\u202eдовге\u202c \u200bоповідання\t${text}`;
    const { code } = await olena.send(reportIncident, { body: { title: text, story, place: text } });
    const incident = await marta.send(readIncident, { params: { code } });
    assert.deepEqual([incident.what, incident.story, incident.place], [text, story, text]);
    assert((await yulia.ask(findPatients, { body: { words: text } })).status < 500, text);
    assert((await marta.ask(listIncidents, { query: { text } })).status < 500, text);
  }
  // one spelling of one name: letters and their signs in the composed form
  const { id } = await yulia.send(registerPatient, {
    body: { family: "  И\u0306он  ", given: "Іван", birthDate: "1980-02-03", sex: "m" },
  });
  const found = await yulia.send(findPatients, { body: { words: "Йон" } });
  assert.deepEqual(
    found.items.filter((one) => one.id === id).map(({ name }) => name),
    ["Йон Іван"],
  );
});

test("what cannot be seen stands in no name", async () => {
  const { yulia, olena } = await newClinic();
  const unseen = [
    "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u115f", "\u180e", "\u2800", "\u3164", "\uffa0",
    "\u{e0041}", "\u{e0100}", "\u061c", "\u0000", "\u0007", "\u0085", "\n", "\t", "\u001b[31m",
  ]; // prettier-ignore
  for (const sign of unseen) {
    const family = `Мо${sign}роз`;
    const point = sign.codePointAt(0)?.toString(16);
    const answer = await yulia.ask(registerPatient, {
      body: { family, given: "Іван", birthDate: "1980-02-03", sex: "m" },
    });
    assert.equal(answer.status, 422, `U+${point}`);
    assert.match(JSON.stringify(answer.body), /"pointer":"\/family","code":"text\.[a-z-]+"/, `U+${point}`);
    await olena.refused("request.invalid", reportIncident, { body: { title: family } });
  }
});

test("reports of the browser's policy are counted apart, whatever they are", async () => {
  const { product } = await newClinic();
  const from = "127.0.77.7";
  const csp = (bytes: string | Buffer, type = "application/csp-report") =>
    sendBytes(product.origin, { method: "POST", path: "/csp", bytes, headers: { "content-type": type } }, from);
  for (const bytes of [
    "",
    "{}",
    "[".repeat(10_000),
    Buffer.from([0xff, 0xfe, 0x00]),
    '{"csp-report":{"document-uri":"\u0000"}}',
  ])
    for (const type of ["application/csp-report", "application/reports+json", "application/json"]) {
      const answer = await csp(bytes, type);
      assert.deepEqual([answer.status, answer.text], [204, ""], type);
    }
  assert.equal((await csp("x", "text/plain")).code, "request.type");
  assert.equal((await csp("x".repeat(65 * 1024))).code, "request.too-large");
  const get = (path: string) => sendBytes(product.origin, { method: "GET", path }, from);
  // what it takes in a minute is nobody else's, and nobody else's is its own
  const codes: string[] = [];
  for (let at = 0; at < 60; at++) codes.push((await csp("{}")).code);
  assert(codes.includes("request.too-many"));
  assert.deepEqual([(await get("/dev/outbox")).status, (await get("/healthz")).status], [200, 200]);
  const letters: number[] = [];
  for (let at = 0; at < 125; at++) letters.push((await get("/dev/outbox")).status);
  assert.deepEqual([letters[0], letters.at(-1)], [200, 429]);
  assert.equal((await get("/openapi.json")).status, 200);
  const other = "127.0.77.8";
  for (let at = 0; at < 130; at++) await sendBytes(product.origin, { method: "GET", path: "/openapi.json" }, other);
  assert.equal((await sendBytes(product.origin, { method: "GET", path: "/dev/outbox" }, other)).status, 200);
});
