import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashOfSecret } from "#platform/crypto/random.ts";
import { asAdmin } from "./admin.ts";
import { groundOf } from "./baseline.ts";
import { familyOf } from "./box.ts";
import { codeOf, emptyMemory, load, reportOf, type Memory } from "./crash-load.ts";
import { answer } from "./links.ts";
import { openSessionsOf } from "./sessions.ts";
import { startSubject, type Subject } from "./subject.ts";

/** What is found after the last start. Everything but `acknowledged` must be nought; in the control, `lost` must not be. */
export type Found = {
  acknowledged: number;
  /** Acknowledged reports and answers that are not there. */
  lost: number;
  /** Acknowledged reads and writes without an entry in the access ledger. */
  unledgered: number;
  /** Reports, answers, cases and clocks that are there more than once, or a case that never came. */
  twice: number;
  /** Whether the whole access ledger still verifies. */
  ledgerHolds: boolean;
};

const loadMinMs = 300;
const loadSpanMs = 1200;

/** Kills the server and PostgreSQL in turns at random moments under load, starts again on the same folder, and counts what is there.
 *  `control`: PostgreSQL answers before its log is on the disk, so that killing it must lose what was acknowledged. */
export async function crashRounds(o: { rounds: number; control: boolean }): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), "qms-k-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  let running: Subject | undefined;
  try {
    // the demo tells its past in the background; rows are counted once it is told, and what is lost needs no count
    running = await startSubject({ data, history: !o.control });
    const { codes } = await groundOf(running);
    const before = await count(running);
    const memory = emptyMemory();
    for (let round = 0; round < o.rounds; round++) {
      running ??= await startSubject({ data, history: false });
      if (o.control) await answerTooSoon(running);
      await killUnderLoad(running, memory, { codes, database: o.control || round % 2 === 1 });
      running = undefined;
    }
    running = await startSubject({ data, history: false });
    return await findings(running, memory, { before, folder, control: o.control });
  } finally {
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const answerTooSoon = (subject: Subject): Promise<void> =>
  asAdmin(subject.server, async (client) => {
    await client.query("alter system set synchronous_commit = off");
    await client.query("alter system set wal_writer_delay = '10s'");
    await client.query("select pg_reload_conf()");
  });

async function killUnderLoad(
  subject: Subject,
  memory: Memory,
  o: { codes: readonly string[]; database: boolean },
): Promise<void> {
  const stop = new AbortController();
  const ended = new Promise((done) => subject.child.once("exit", done));
  const before = memory.reported.size;
  const loading = load(subject, memory, { codes: o.codes, stopped: stop.signal });
  // the load begins after its sessions and links are made
  while (memory.reported.size === before) await new Promise((done) => setTimeout(done, 10));
  await new Promise((done) => setTimeout(done, loadMinMs + Math.random() * loadSpanMs));
  const postmaster = Number(readFileSync(join(subject.data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  const killed = o.database ? familyOf(postmaster).map(Number) : [subject.child.pid ?? NaN];
  for (const pid of killed) killHard(pid);
  await ended;
  stop.abort();
  await loading;
  subject.box.remove();
}

function killHard(pid: number): void {
  if (!(pid > 1)) throw new Error("no process to kill");
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it ended with its parent
  }
}

type Counts = { reports: number; responses: number; cases: number; reads: Map<string, number> };

/** Entries of reads are counted in the outbox too: durable is durable, sequenced or not. */
const readEntries = `select what -> 'about' -> 0 ->> 'i' as code, count(*)::int as n from (
    select what from ledger.outbox union all select convert_from(body, 'UTF8')::jsonb from ledger.entry) e
  where what ->> 'act' = 'visit.read' group by 1`;

const count = (subject: Subject): Promise<Counts> =>
  asAdmin(subject.server, async (client) => {
    const { rows } = await client.query<{ reports: number; responses: number; cases: number }>(
      `select (select count(*)::int from control.incident where source_type = 'report') as reports, (select count(*)::int from feedback.response) as responses,
        (select count(*)::int from control.incident where source_type = 'response') as cases`,
    );
    const reads = await client.query<{ code: string; n: number }>(readEntries);
    const [sums] = rows;
    if (!sums) throw new Error("no counts");
    return { ...sums, reads: new Map(reads.rows.map(({ code, n }) => [code, n])) };
  });

async function findings(
  subject: Subject,
  memory: Memory,
  o: { before: Counts; folder: string; control: boolean },
): Promise<Found> {
  const acknowledged = memory.reported.size + memory.answered.size + sum([...memory.read.values()]);
  const lost = await lostOf(subject, memory);
  if (o.control) return { acknowledged, lost, unledgered: 0, twice: 0, ledgerHolds: true };
  const asked = { reports: memory.reported.size + memory.unheard.size };
  await repeatUnheard(subject, memory);
  const answers = memory.answered.size;
  const after = await settledCount(subject, o.before.cases + answers);
  const twice =
    Math.abs(after.reports - o.before.reports - asked.reports) +
    Math.abs(after.responses - o.before.responses - answers) +
    Math.abs(after.cases - o.before.cases - answers) +
    (memory.reported.size - new Set(memory.reported.values()).size) +
    (await strayClocks(subject, [...memory.reported.values()]));
  const unread = [...memory.read].map(([code, n]) =>
    Math.max(0, n - (after.reads.get(code) ?? 0) + (o.before.reads.get(code) ?? 0)),
  );
  const unledgered = sum(unread) + (await unledgeredReports(subject, [...memory.reported.values()]));
  return { acknowledged, lost, unledgered, twice, ledgerHolds: ledgerHolds(subject, o.folder) };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Acknowledged reports without a row, and acknowledged answers whose link is still alive. */
const lostOf = (subject: Subject, memory: Memory): Promise<number> =>
  asAdmin(subject.server, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      "select count(*)::int as n from unnest($1::text[]) as c(code) where not exists (select 1 from control.incident i where i.code = c.code)",
      [[...memory.reported.values()]],
    );
    const hashes = [...memory.answered].map((secret) => Buffer.from(hashOfSecret(secret) ?? []));
    const links = await client.query<{ n: number }>(
      "select count(*)::int as n from platform.link_token where hash = any($1::bytea[])",
      [hashes],
    );
    return (rows[0]?.n ?? 0) + (links.rows[0]?.n ?? 0);
  });

/** Well below the requests a session has in a minute. */
const eachRepeats = 300;

/** A client that heard nothing sends again with the same key; of a one-use link it learns whether it is used. */
async function repeatUnheard(subject: Subject, memory: Memory): Promise<void> {
  const clients = await openSessionsOf(subject, {
    type: "nurse",
    count: 1 + Math.ceil(memory.unheard.size / eachRepeats),
  });
  for (const [at, key] of [...memory.unheard].entries()) {
    const told = await clients[at % clients.length]?.signed(reportOf(subject, key));
    const code = codeOf(told?.body);
    if (told?.status !== 201 || !code) throw new Error(`a repeated report was refused: ${told?.status}`);
    memory.reported.set(key, code);
  }
  memory.unheard.clear();
  let turn = 0;
  for (const secret of memory.unheardAnswers) {
    const status = await answer(subject.origin, { secret, score: 5, turn: turn++ });
    if (status !== 303 && status !== 410) throw new Error(`a repeated answer was refused: ${status}`);
    memory.answered.add(secret);
  }
  memory.unheardAnswers.clear();
}

/** Reactions are owed to every answer: waits until the last case is there. */
async function settledCount(subject: Subject, cases: number): Promise<Counts> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await count(subject)).cases >= cases) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  await new Promise((done) => setTimeout(done, 1000));
  return count(subject);
}

/** A report starts one clock for its triage and one for its answer. */
const clocksOfReport = 2;
const strayClocks = (subject: Subject, codes: readonly string[]): Promise<number> =>
  asAdmin(subject.server, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `select coalesce(sum(abs(n - ${clocksOfReport})), 0)::int as n from (select i.id, count(c.id)::int as n from control.incident i
        left join platform.clock c on c.clinic_id = i.clinic_id and c.subject_id = i.id where i.code = any($1::text[]) group by 1) x`,
      [codes],
    );
    return rows[0]?.n ?? 0;
  });

const unledgeredReports = (subject: Subject, codes: readonly string[]): Promise<number> =>
  asAdmin(subject.server, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `with told as (select a ->> 'i' as id from (select what from ledger.outbox union all select convert_from(body, 'UTF8')::jsonb from ledger.entry) e,
          jsonb_array_elements(what -> 'about') a where what ->> 'act' = 'incident.report')
        select count(*)::int as n from control.incident i where i.code = any($1::text[]) and not exists (select 1 from told t where t.id in (i.id::text, i.code))`,
      [codes],
    );
    return rows[0]?.n ?? 0;
  });

/** The clinic's ledger is exported and handed to the verifier, which runs alone. */
function ledgerHolds(subject: Subject, folder: string): boolean {
  const cli = join(import.meta.dirname, "..", "..", "cli");
  const bundle = join(folder, "ledger.ndjson.gz");
  const env = { ...process.env, QMS_DATA: subject.data };
  const run = (...words: string[]) => spawnSync(process.execPath, words, { env, encoding: "utf8" });
  const made = run(join(cli, "qms.mjs"), "ledger", "export", "--clinic", subject.slug, "--to", bundle);
  if (made.status !== 0) throw new Error(`export: ${made.stderr}`);
  return run(join(cli, "ledger-verify.mjs"), bundle).stdout.startsWith("ok ");
}
