// Method: bytes by hand over a socket, since no client of ours could write these.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { before, test } from "node:test";
import { reportIncident } from "#product/control/incidents/contract.ts";
import { openVisit } from "#product/clinic/visits/contract.ts";
import { codeOf } from "#cli/client.ts";
import { newClinic, type Cast } from "#testing/clinic.ts";
import { visitGround } from "#testing/visits.ts";

let cast: Cast;
let authority: string;
before(async () => {
  cast = await newClinic();
  authority = new URL(cast.product.origin).host;
});

/** Sends pieces one after another and gives everything that came until the other side closed. */
function spoken(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const { hostname, port } = new URL(cast.product.origin);
  return new Promise((done) => {
    let heard = "";
    const socket = connect(Number(port), hostname, () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on("data", (part: Buffer) => (heard += part.toString("utf8")));
    socket.on("error", () => done(heard));
    socket.on("close", () => done(heard));
  });
}
const statusOf = (heard: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1]);
const alive = async () => assert.equal((await fetch(`${cast.product.origin}/healthz`)).status, 200);
const head = (lines: string, host = authority): string => `${lines}\r\nhost: ${host}\r\nconnection: close\r\n`;

test("bytes that are no request, or too many of them, get a named problem and the process lives on", async () => {
  const post = "POST /api/me/language HTTP/1.1";
  const cases: [string, string | Buffer, number, string][] = [
    ["noise", Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01]), 400, "request.malformed"],
    ["a header of 17 KB", head(`GET /api/me HTTP/1.1\r\nx-a: ${"a".repeat(17 * 1024)}`) + "\r\n", 431, "request.headers"],
    ["1,000 headers", head(`GET /api/me HTTP/1.1\r\n${Array.from({ length: 1000 }, (_, at) => `x-${at}: ${"a".repeat(20)}`).join("\r\n")}`) + "\r\n", 431, "request.headers"],
    ["an address of 20 KB", head(`GET /${"a".repeat(20 * 1024)} HTTP/1.1`) + "\r\n", 431, "request.headers"],
    ["a NUL in a header", head("GET /api/me HTTP/1.1\r\nx-a: a\0b") + "\r\n", 400, "request.malformed"],
    ["two lengths", head(`${post}\r\ncontent-length: 2\r\ncontent-length: 3`) + "\r\n{}", 400, "request.malformed"],
    ["a length and chunks", head(`${post}\r\ncontent-length: 2\r\ntransfer-encoding: chunked`) + "\r\n0\r\n\r\n", 400, "request.malformed"],
    ["a length that is none", head(`${post}\r\ncontent-length: -1`) + "\r\n", 400, "request.malformed"],
    ["a broken chunk", head(`${post}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked`) + "\r\nzz\r\n{}\r\n", 400, "request.malformed"],
    ["a method of nobody", head("TAKE /api/me HTTP/1.1") + "\r\n", 400, "request.malformed"],
    ["no host", "GET /api/me HTTP/1.1\r\nconnection: close\r\n\r\n", 421, "request.host"],
    ["two hosts", head(`GET /api/me HTTP/1.1\r\nhost: evil.example`) + "\r\n", 421, "request.host"],
    ["ours, then another host", head(`GET /api/me HTTP/1.1`) + "host: evil.example\r\n\r\n", 421, "request.host"],
    ["another host", head("GET /api/me HTTP/1.1", "evil.example") + "\r\n", 421, "request.host"],
    ["a whole address in the line", head(`GET http://evil.example/api/me HTTP/1.1`) + "\r\n", 421, "request.host"],
  ]; // prettier-ignore
  for (const [name, bytes, status, code] of cases) {
    const heard = await spoken(bytes);
    assert.equal(statusOf(heard), status, `${name}: ${heard.slice(0, 300)}`);
    assert(heard.includes(`"code":"${code}"`), `${name}: ${heard.slice(0, 600)}`);
    assert.match(heard, /x-content-type-options: nosniff/, name);
    await alive();
  }
});

test("a body that never ends its first megabyte is cut off, and one that never comes is told so", async () => {
  const start = head("POST /auth/sign-up HTTP/1.1\r\ncontent-type: application/json\r\ntransfer-encoding: chunked");
  const piece = `10000\r\n${"x".repeat(65_536)}\r\n`;
  const large = await spoken(`${start}\r\n`, ...Array.from({ length: 40 }, () => piece));
  assert.equal(statusOf(large), 413, large.slice(0, 300));
  const slow = await Promise.all([
    spoken(`${head("POST /auth/sign-up HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: 100")}\r\n{"a"`),
    spoken(`GET /api/me HTTP/1.1\r\nhost: ${authority}\r\nx-a: `),
  ]);
  for (const heard of slow) {
    assert.equal(statusOf(heard), 408, heard.slice(0, 300));
    assert.match(heard, /request\.slow/);
  }
  await alive();
});

test("a key of idempotency: the same answer once, another request named, and a race has one winner", async () => {
  const { yulia, olena } = cast;
  const ground = await visitGround(cast);
  const patientId = await ground.patient();
  const body = { patientId, memberId: cast.taras.memberId, serviceId: ground.serviceId, siteId: ground.siteId };
  const key = randomUUID();
  const first = await yulia.ask(openVisit, { body, key });
  const again = await yulia.ask(openVisit, { body, key });
  assert.deepEqual([first.status, again.status, again.body], [201, 201, first.body]);
  const visits = async () =>
    cast.product.platform.app.database.transaction({ clinic: cast.clinic.id }, (db) =>
      db.many(db.from("clinic.visit").select("id")),
    );
  assert.equal((await visits()).length, 1);
  await yulia.refused("request.key-reused", openVisit, { body: { ...body, kind: "first" }, key });
  await olena.refused("request.key-reused", openVisit, { body, key });
  await olena.refused("request.key-reused", reportIncident, { body: { title: "Інше" }, key });
  for (const none of ["", "x", "00000000-0000-0000-0000-000000000000", `${key}, ${randomUUID()}`])
    await yulia.refused("request.invalid", openVisit, { body, key: none });
  // a refused request keeps no answer: mended, it goes through under its key
  const mended = randomUUID();
  await yulia.refused("patient.unknown", openVisit, { body: { ...body, patientId: randomUUID() }, key: mended });
  assert.equal((await yulia.ask(openVisit, { body, key: mended })).status, 201);
  const raced = randomUUID();
  const answers = await Promise.all(Array.from({ length: 8 }, () => yulia.ask(openVisit, { body, key: raced })));
  for (const answer of answers)
    assert(answer.status === 201 || codeOf(answer) === "request.in-progress", JSON.stringify(answer.body));
  const made = answers.filter(({ status }) => status === 201).map(({ body: { code } }) => code);
  assert(made.length > 0);
  assert.equal(new Set(made).size, 1);
  assert.equal((await visits()).length, 3);
  // in another clinic the same key is another one
  const other = await newClinic();
  const there = await visitGround(other);
  const elsewhere = await other.yulia.ask(openVisit, {
    body: {
      patientId: await there.patient(),
      memberId: other.taras.memberId,
      serviceId: there.serviceId,
      siteId: there.siteId,
    },
    key,
  });
  assert.equal(elsewhere.status, 201, JSON.stringify(elsewhere.body));
});
