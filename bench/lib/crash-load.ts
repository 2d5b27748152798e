import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { openClient, type Client } from "#cli/client.ts";
import { answer, openLinks } from "./links.ts";
import { openSessionsOf } from "./sessions.ts";
import type { Subject } from "./subject.ts";

/** What the clients remember of a run: what they were answered, and what they never heard of again. */
export type Memory = {
  /** Codes of acknowledged reports, by idempotency key. */
  reported: Map<string, string>;
  unheard: Set<string>;
  /** Acknowledged reads of visits, by code. */
  read: Map<string, number>;
  answered: Set<string>;
  unheardAnswers: Set<string>;
};

export const emptyMemory = (): Memory => ({
  reported: new Map(),
  unheard: new Set(),
  read: new Map(),
  answered: new Set(),
  unheardAnswers: new Set(),
});

const workers = 8;
const sessions = 60;
const linksEach = 400;
const brokenMs = 50;
export const reportBody = { title: "Впав сервер", place: "Стенд" };
export const lowScore = 5;

export const reportOf = (subject: Subject, key: string) => ({
  method: "POST",
  path: `/api/c/${subject.slug}/incidents`,
  body: reportBody,
  headers: { "idempotency-key": key },
});

/** Eight clients read, report and answer until `stopped`; what they are told is remembered. */
export async function load(
  subject: Subject,
  memory: Memory,
  o: { codes: readonly string[]; stopped: AbortSignal },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: workers });
  const made = await openSessionsOf(subject, { type: "nurse", count: sessions });
  const clients = made.map(({ state }) => openClient(subject.origin, { agent, state }));
  const links = await openLinks(subject, linksEach);
  const acts = [report, read, answerOne];
  async function work(number: number): Promise<void> {
    for (let turn = number; !o.stopped.aborted; turn += workers) {
      const client = clients[turn % sessions];
      const act = acts[turn % acts.length];
      if (!client || !act) return;
      try {
        await act({ subject, memory, client, codes: o.codes, link: links.pop() });
      } catch {
        // the connection broke: what was sent is unknown, and remembered as such; a client waits a little before it tries again
        await new Promise((done) => setTimeout(done, brokenMs));
      }
    }
  }
  await Promise.all(Array.from({ length: workers }, (_, number) => work(number)));
  agent.destroy();
}

type Turn = { subject: Subject; memory: Memory; client: Client; codes: readonly string[]; link: string | undefined };

async function report({ subject, memory, client }: Turn): Promise<void> {
  const key = randomUUID();
  memory.unheard.add(key);
  const told = await client.signed(reportOf(subject, key));
  const code = codeOf(told.body);
  if (told.status !== 201 || !code) return;
  memory.unheard.delete(key);
  memory.reported.set(key, code);
}

/** The code in a reply, if it has one. */
export const codeOf = (body: unknown): string | undefined =>
  typeof body === "object" && body !== null && "code" in body && typeof body.code === "string" ? body.code : undefined;

async function read({ subject, memory, client, codes }: Turn): Promise<void> {
  const code = codes[Math.floor(Math.random() * codes.length)] ?? "";
  const told = await client.signed({ method: "GET", path: `/api/c/${subject.slug}/visits/${code}` });
  if (told.status === 200) memory.read.set(code, (memory.read.get(code) ?? 0) + 1);
}

async function answerOne({ subject, memory, link }: Turn): Promise<void> {
  if (!link) return;
  memory.unheardAnswers.add(link);
  const status = await answer(subject.origin, { secret: link, score: lowScore, turn: memory.unheardAnswers.size });
  if (status !== 303) return;
  memory.unheardAnswers.delete(link);
  memory.answered.add(link);
}
