import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { openClient, type Client } from "#cli/client.ts";
import { groundOf, startBaseline } from "./lib/baseline.ts";
import { clientCore, pinTo } from "./lib/box.ts";
import { quietSlice, slice, type Ask, type Slice } from "./lib/load.ts";
import { median, print } from "./lib/print.ts";
import { openSessionsOf } from "./lib/sessions.ts";
import { paced } from "./lib/paced.ts";
import { startSubject, type Subject } from "./lib/subject.ts";

const pairs = 3;
const sliceMs = 4000;
const warmMs = 3000;
/** Enough that none meets its 600 a minute. */
const sessions = 200;

/** Milliseconds at half of capacity that 99 of 100 answers stay below. */
const halfP99Max = 25;

function senderOf(subject: Subject, clients: readonly Client[], ask: Ask): (turn: number) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const own = clients.map((client) => openClient(subject.origin, { agent, state: client.state }));
  return async (turn) => {
    const answer = await own[turn % own.length]?.signed(ask(0, turn).request);
    if (!answer || answer.status >= 300) throw new Error(`half of capacity: ${answer?.status}`);
  };
}

/** One product request with every wall, beside bare Node and PostgreSQL and the ordinary careful server, in turns A B C A B C. */
export async function request(): Promise<void> {
  pinTo(clientCore);
  const subject = await startSubject({ history: true });
  const { clinic, codes } = await groundOf(subject);
  const bare = await startBaseline("bare", subject, clinic);
  const careful = await startBaseline("careful", subject, clinic);
  const clients = await openSessionsOf(subject, { type: "nurse", count: sessions });
  const pick = () => codes[Math.floor(Math.random() * codes.length)] ?? "";
  const read =
    (path: string, signed: boolean): Ask =>
    () => ({ request: { method: "GET", path: `${path}/${pick()}` }, signed });
  const write =
    (path: string, signed: boolean): Ask =>
    () => ({
      request: {
        method: "POST",
        path,
        body: { title: "Виміряно", place: "Стенд" },
        headers: { "idempotency-key": randomUUID() },
      },
      signed,
    });
  const kinds = {
    read: {
      ours: read(`/api/c/${subject.slug}/visits`, true),
      bare: read("/visits", false),
      careful: read("/visits", false),
      cpuBar: 400,
      bareBar: 0.37,
      carefulBar: 1.0,
    },
    write: {
      ours: write(`/api/c/${subject.slug}/incidents`, true),
      bare: write("/visits", false),
      careful: write("/visits", false),
      cpuBar: 650,
      bareBar: 0.45,
      carefulBar: undefined,
    },
  };
  try {
    for (const [kind, asks] of Object.entries(kinds)) {
      const found: { ours: Slice; bare: Slice; careful: Slice }[] = [];
      let contended = false;
      const run = async (name: "ours" | "bare" | "careful", ms: number) => {
        const target =
          name === "ours" ? { origin: subject.origin, clients, pids: subject.pids } : name === "bare" ? bare : careful;
        const done = await quietSlice(() => slice({ ...target, ask: asks[name], ms }));
        contended ||= done.contended;
        return done;
      };
      for (const name of ["ours", "bare", "careful"] as const) await run(name, warmMs);
      for (let at = 0; at < pairs; at++)
        found.push({
          ours: await run("ours", sliceMs),
          bare: await run("bare", sliceMs),
          careful: await run("careful", sliceMs),
        });
      const verdict = (ok: boolean) => (contended ? ("contended" as const) : ok);
      const cpu = median(found.map(({ ours }) => ours.cpuMicros));
      const toBare = median(found.map(({ ours, bare: b }) => ours.perSecond / b.perSecond));
      const toCareful = median(found.map(({ ours, careful: c }) => ours.perSecond / c.perSecond));
      const mine = median(found.map(({ ours }) => ours.perSecond));
      print({
        bench: "request",
        metric: `${kind}-cpu`,
        value: cpu,
        unit: "µs",
        bar: `<=${asks.cpuBar}`,
        ok: verdict(cpu <= asks.cpuBar),
      });
      print({
        bench: "request",
        metric: `${kind}-to-bare`,
        value: mine,
        unit: "req/s",
        baseline: median(found.map(({ bare: b }) => b.perSecond)),
        ratio: toBare,
        bar: `>=${asks.bareBar}`,
        ok: verdict(toBare >= asks.bareBar),
      });
      print({
        bench: "request",
        metric: `${kind}-to-careful`,
        value: mine,
        unit: "req/s",
        baseline: median(found.map(({ careful: c }) => c.perSecond)),
        ratio: toCareful,
        ...(asks.carefulBar === undefined
          ? {}
          : { bar: `>=${asks.carefulBar}`, ok: verdict(toCareful >= asks.carefulBar) }),
      });
      print({ bench: "request", metric: `${kind}-p99`, value: median(found.map(({ ours }) => ours.p99)), unit: "ms" });
      const half = await paced({ perSecond: mine / 2, ms: sliceMs, send: senderOf(subject, clients, asks.ours) });
      print({
        bench: "request",
        metric: `${kind}-p99-at-half`,
        value: half.p99,
        unit: "ms",
        bar: `<=${halfP99Max}`,
        ok: verdict(half.p99 <= halfP99Max),
      });
    }
  } finally {
    bare.stop();
    careful.stop();
    await subject.stop();
  }
}
