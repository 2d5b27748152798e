import type { Client } from "#cli/client.ts";
import { asAdmin } from "./lib/admin.ts";
import { clientCore, pinTo } from "./lib/box.ts";
import { answer, openLinks } from "./lib/links.ts";
import { paced } from "./lib/paced.ts";
import { print, quantile } from "./lib/print.ts";
import { openSessionsOf } from "./lib/sessions.ts";
import { listen } from "./lib/stream.ts";
import { startSubject, type Subject } from "./lib/subject.ts";

const perSecond = 50;
const seconds = 20;
/** Every fifth answer is low: more than any clinic's published share. */
const lowEvery = 5;
/** A page that hears of changes looks again after at most this long, as the staff app does. */
const lookMs = 200;
const p99Max = 2000;

/** Answer → case on the quality manager's open page, while answers come in at a fixed rate. */
export async function signals(): Promise<void> {
  pinTo(clientCore);
  const subject = await startSubject({ history: true });
  try {
    const secrets = await openLinks(subject, perSecond * seconds);
    const [manager] = await openSessionsOf(subject, { type: "quality", count: 1 });
    if (!manager) throw new Error("no quality manager");
    const page = await openPage(subject, manager);
    const sentAt: number[] = [];
    const posts = await paced({
      perSecond,
      ms: seconds * 1000,
      send: async (turn) => {
        const isLow = turn % lowEvery === 0;
        if (isLow) sentAt.push(performance.now());
        const status = await answer(subject.origin, { secret: secrets[turn] ?? "", score: isLow ? 5 : 1, turn });
        if (status !== 303) throw new Error(`an answer was refused: ${status}`);
      },
    });
    const times = await page.after(sentAt);
    const p99 = quantile(times, 0.99);
    print({ bench: "signals", metric: "answer-p99", value: posts.p99, unit: "ms" });
    print({ bench: "signals", metric: "case-on-screen-p50", value: quantile(times, 0.5), unit: "ms" });
    print({
      bench: "signals",
      metric: "case-on-screen-p99",
      value: p99,
      unit: "ms",
      bar: `<=${p99Max}`,
      ok: p99 <= p99Max,
    });
  } finally {
    await subject.stop();
  }
}

/** An open register: it hears of a change and reads its list again. `after`: milliseconds from each low answer to its case in the list. */
async function openPage(
  subject: Subject,
  manager: Client,
): Promise<{ after: (sentAt: readonly number[]) => Promise<number[]> }> {
  const seen = new Map<string, number>();
  const look = async () => {
    const answered = await manager.signed({ method: "GET", path: `/api/c/${subject.slug}/incidents?limit=50` });
    if (answered.status !== 200) throw new Error(`the register: ${answered.status}`);
    const { items } = answered.body as { items: { code: string }[] }; // the register's own contract
    for (const { code } of items) if (!seen.has(code)) seen.set(code, performance.now());
  };
  await look();
  const before = new Set(seen.keys());
  let waiting: NodeJS.Timeout | undefined;
  const hangUp = await listen(manager, {
    origin: subject.origin,
    slug: subject.slug,
    heard: ({ thing }) => {
      if (thing !== "incident") return;
      waiting ??= setTimeout(() => {
        waiting = undefined;
        void look();
      }, lookMs);
    },
  });
  return {
    after: async (sentAt) => {
      const fresh = () => [...seen.keys()].filter((code) => !before.has(code));
      for (let tries = 0; tries < 100 && fresh().length < sentAt.length; tries++)
        await new Promise((done) => setTimeout(done, 100));
      hangUp();
      const order = await inOrderOfAnswer(subject, fresh());
      if (order.length !== sentAt.length) throw new Error(`${sentAt.length} low answers, ${order.length} cases`);
      return order.map((code, at) => (seen.get(code) ?? Infinity) - (sentAt[at] ?? 0));
    },
  };
}

/** Codes of the cases in the order in which their answers were written: transaction numbers say it, no row holds a time. */
async function inOrderOfAnswer(subject: Subject, codes: readonly string[]): Promise<string[]> {
  const { rows } = await asAdmin(subject.server, (client) =>
    client.query<{ code: string }>(
      `select i.code from control.incident i join feedback.response r on r.clinic_id = i.clinic_id and r.id = i.source_id
     where i.code = any($1::text[]) order by r.xmin::text::bigint`,
      [codes],
    ),
  );
  return rows.map(({ code }) => code);
}
