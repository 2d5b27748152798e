import { randomUUID } from "node:crypto";
import { groundOf } from "./lib/baseline.ts";
import { clientCore, pinTo, pssMegabytes } from "./lib/box.ts";
import { paced } from "./lib/paced.ts";
import { print } from "./lib/print.ts";
import { openSessionsOf } from "./lib/sessions.ts";
import { startSubject, type Subject } from "./lib/subject.ts";

const minutes = Number(process.env["BENCH_MINUTES"] ?? 30);
const perSecond = 60;
/** Every tenth request writes. */
const writeEvery = 10;
const idleSeconds = 60;
const sampleMs = 5000;
const idleMax = 260;
const slopeMax = 0.2;

/** Memory of server and PostgreSQL together, in the box: idle, under a mixed day's load, and idle again. */
export async function memory(): Promise<void> {
  pinTo(clientCore);
  const subject = await startSubject({ history: true });
  try {
    await idle();
    const before = pssMegabytes(subject.pids());
    print({ bench: "memory", metric: "idle", value: before, unit: "MB", bar: `<=${idleMax}`, ok: before <= idleMax });
    const samples = await underLoad(subject);
    const late = samples.filter(({ minute }) => minute > minutes / 3);
    print({ bench: "memory", metric: "load-peak", value: Math.max(...samples.map(({ mb }) => mb)), unit: "MB" });
    const slope = slopeOf(late);
    print({
      bench: "memory",
      metric: `slope-over-${minutes}min`,
      value: slope,
      unit: "MB/min",
      bar: `<=${slopeMax}`,
      ok: slope <= slopeMax,
    });
    await idle();
    print({ bench: "memory", metric: "idle-after", value: pssMegabytes(subject.pids()), unit: "MB" });
    print({ bench: "memory", metric: "box-peak", value: subject.box.peakMegabytes(), unit: "MB" });
    const hits = subject.box.limitHits();
    print({ bench: "memory", metric: "limit-hits", value: hits, unit: "times", bar: "=0", ok: hits === 0 });
  } finally {
    await subject.stop();
  }
}

const idle = () => new Promise((done) => setTimeout(done, idleSeconds * 1000));

type Sample = { minute: number; mb: number };

async function underLoad(subject: Subject): Promise<Sample[]> {
  const { codes } = await groundOf(subject);
  const clients = await openSessionsOf(subject, { type: "nurse", count: 40 });
  const base = `/api/c/${subject.slug}`;
  const began = performance.now();
  const samples: Sample[] = [];
  const sampling = setInterval(
    () => samples.push({ minute: (performance.now() - began) / 60_000, mb: pssMegabytes(subject.pids()) }),
    sampleMs,
  );
  try {
    await paced({
      perSecond,
      ms: minutes * 60_000,
      send: async (turn) => {
        const client = clients[turn % clients.length];
        const code = codes[Math.floor(Math.random() * codes.length)] ?? "";
        const answered = await client?.signed(
          turn % writeEvery === 0
            ? {
                method: "POST",
                path: `${base}/incidents`,
                body: { title: "Виміряно", place: "Стенд" },
                headers: { "idempotency-key": randomUUID() },
              }
            : { method: "GET", path: turn % 7 === 0 ? `${base}/incidents` : `${base}/visits/${code}` },
        );
        if (!answered || answered.status >= 300) throw new Error(`under load: ${answered?.status}`);
      },
    });
  } finally {
    clearInterval(sampling);
  }
  return samples;
}

/** Least-squares slope, MB a minute. */
function slopeOf(samples: readonly Sample[]): number {
  const n = samples.length;
  const meanX = samples.reduce((sum, { minute }) => sum + minute, 0) / n;
  const meanY = samples.reduce((sum, { mb }) => sum + mb, 0) / n;
  const over = samples.reduce((sum, { minute, mb }) => sum + (minute - meanX) * (mb - meanY), 0);
  return over / samples.reduce((sum, { minute }) => sum + (minute - meanX) ** 2, 0);
}
