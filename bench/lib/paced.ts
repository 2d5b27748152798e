import { quantile } from "./print.ts";

/** Requests begun at a fixed rate whatever the answers do, so that a stall counts against everyone who would have come meanwhile.
 *  Gives the milliseconds from each intended moment to its answer. */
export async function paced(o: {
  perSecond: number;
  ms: number;
  send: (turn: number) => Promise<void>;
}): Promise<{ p50: number; p99: number; sent: number }> {
  const began = performance.now();
  const count = Math.floor((o.ms / 1000) * o.perSecond);
  const times: number[] = [];
  const running = new Set<Promise<void>>();
  for (let turn = 0; turn < count; turn++) {
    const due = began + (turn * 1000) / o.perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const one = o.send(turn).then(() => void times.push(performance.now() - due));
    running.add(one);
    void one.finally(() => running.delete(one)).catch(() => {});
  }
  await Promise.all(running);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), sent: count };
}
