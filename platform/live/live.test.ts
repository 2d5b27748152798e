import assert from "node:assert/strict";
import { request as send, type IncomingMessage } from "node:http";
import { test } from "node:test";
import { suspendMember } from "#product/clinic/members/contract.ts";
import { reportIncident, triageIncident } from "#product/control/incidents/contract.ts";
import { handleComment } from "#product/feedback/surveys/contract.ts";
import { proofOf } from "#cli/client.ts";
import { eventually, newClinic, type Cast, type Person } from "#testing/clinic.ts";
import { realThings } from "#testing/real-things.ts";
import { atEnd } from "#testing/server.ts";

type Heard = { id: string; data: Record<string, unknown>; text: string };
type Stream = { status: number; heard: () => Heard[]; isOpen: () => boolean; close: () => void };

/** Opens the live stream of a clinic as a page does: one signed request, events until it ends. */
async function listen(cast: Cast, person: Person, headers: Record<string, string> = {}): Promise<Stream> {
  const { state } = person.client;
  const path = `/api/c/${cast.clinic.slug}/live`;
  const { hostname, port, host } = new URL(cast.product.origin);
  const dpop = await proofOf(state, cast.product.origin, {
    method: "GET",
    path,
    body: new Uint8Array(),
    nonce: state.ct,
  });
  const cookie = [...state.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  let text = "";
  let open = true;
  const response = await new Promise<IncomingMessage>((done, failed) => {
    const asked = send({ hostname, port, path, headers: { host, dpop, cookie, ...headers } }, done);
    asked.on("error", failed);
    asked.end();
  });
  response.on("data", (part: Buffer) => (text += part.toString("utf8")));
  response.on("error", () => (open = false));
  response.on("close", () => (open = false));
  atEnd(() => void response.destroy());
  const heard = () =>
    text.split("\n\n").flatMap((block) => {
      const [, id = "", data = ""] = /^id: (.*)\ndata: (.*)$/.exec(block) ?? [];
      return data === "" ? [] : [{ id, data: JSON.parse(data), text: block }];
    });
  return { status: response.statusCode ?? 0, heard, isOpen: () => open, close: () => void response.destroy() };
}
const of = (stream: Stream, what: string) =>
  stream.heard().filter(({ data }) => `${String(data["thing"])}.${String(data["what"])}` === what);

test("an open page hears what changed, by ids alone, if its person may read it, in its own clinic", async () => {
  const things = await realThings();
  const other = await newClinic();
  const [marta, olena, stranger] = await Promise.all([
    listen(things, things.marta),
    listen(things, things.olena),
    listen(other, other.marta),
  ]);
  assert.deepEqual([marta.status, olena.status, stranger.status], [200, 200, 200]);
  const title = "Манжета не того розміру, пан Мороз";
  const { id } = await things.olena.send(reportIncident, { body: { title } });
  for (const stream of [marta, olena]) {
    const [event] = await eventually(async () => {
      const found = of(stream, "incident.reported");
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(event?.data, { thing: "incident", id, what: "reported" });
    assert(!event?.text.includes("Мороз"));
  }
  await things.marta.send(handleComment, { params: { id: things.keys["response"] ?? "" }, body: { as: "thanked" } });
  await eventually(async () => of(marta, "response.handled").length === 1);
  // what comes later has come: so the other had the time to be told
  await things.olena.send(reportIncident, { body: { title } });
  await eventually(async () => of(olena, "incident.reported").length === 2);
  assert.deepEqual(of(olena, "response.handled"), []);
  assert.deepEqual(stranger.heard(), []);
  for (const stream of [marta, olena, stranger]) stream.close();
});

test("a stream that comes back is told what it missed, and whatever it says it heard last harms nothing", async () => {
  const cast = await newClinic();
  const first = await listen(cast, cast.marta);
  await cast.olena.send(reportIncident, { body: { title: "Перша" } });
  const [last] = await eventually(async () => (first.heard().length > 0 ? first.heard() : undefined));
  first.close();
  const { id } = await cast.olena.send(reportIncident, { body: { title: "Друга" } });
  const second = await listen(cast, cast.marta, { "last-event-id": last?.id ?? "" });
  await eventually(async () => second.heard().some(({ data }) => data["id"] === id));
  second.close();
  for (const strange of [
    "-".repeat(36),
    "'; drop table platform.event; --",
    "x".repeat(5000),
    "00000000-0000-4000-8000-000000000000",
  ]) {
    const stream = await listen(cast, cast.marta, { "last-event-id": strange });
    assert.equal(stream.status, 200, strange);
    const { id: next } = await cast.olena.send(reportIncident, { body: { title: "Ще" } });
    await eventually(async () => stream.heard().some(({ data }) => data["id"] === next));
    stream.close();
  }
  assert(!/"level":50/.test(cast.product.logs()), cast.product.logs());
});

test("of an incident that is for some alone only those hear, now and when they come back", async () => {
  const cast = await newClinic();
  const { id, code } = await cast.olena.send(reportIncident, { body: { title: "Словесна образа" } });
  const open = () => Promise.all([cast.marta, cast.olena, cast.bohdan].map((one) => listen(cast, one)));
  const [marta, olena, bohdan] = await open();
  assert(marta && olena && bohdan);
  await cast.marta.send(triageIncident, {
    params: { code },
    body: {
      version: 1,
      type: "BEH",
      actualHarm: "none",
      potentialHarm: "none",
      likelihood: "rare",
      tellPatient: "n/a",
      leadId: cast.marta.memberId,
    },
  });
  await eventually(async () => of(marta, "incident.triaged").length + of(olena, "incident.triaged").length === 2);
  // the next one is for everybody: when it has come, the other would have come as well
  const { id: next } = await cast.olena.send(reportIncident, { body: { title: "Манжета" } });
  const heardNext = (stream: Stream) => stream.heard().some(({ data }) => data["id"] === next);
  await eventually(async () => heardNext(bohdan));
  assert.deepEqual(of(bohdan, "incident.triaged"), []);
  for (const stream of [marta, olena, bohdan]) stream.close();
  const last = { "last-event-id": "00000000-0000-4000-8000-000000000000" };
  const back = await listen(cast, cast.bohdan, last);
  await eventually(async () => heardNext(back));
  assert(!back.heard().some(({ data }) => data["id"] === id));
  const named = await listen(cast, cast.olena, last);
  await eventually(async () => of(named, "incident.triaged").length === 1);
  for (const stream of [back, named]) stream.close();
});

test("a stream ends at once when its person is shut out, and nobody opens one without a proof", async () => {
  const cast = await newClinic();
  const stream = await listen(cast, cast.bohdan);
  assert(stream.isOpen());
  await cast.solomiia.send(suspendMember, { params: { id: cast.bohdan.memberId }, body: {} });
  await eventually(async () => !stream.isOpen());
  assert.equal((await listen(cast, cast.bohdan)).status, 401);
  const other = await newClinic();
  assert.equal((await listen(cast, other.marta)).status, 404);
  assert.equal((await listen(cast, cast.marta, { dpop: "" })).status, 401);
  assert.equal(cast.product.platform.app.hub.size(), 0);
});
