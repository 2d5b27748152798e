import { Agent } from "node:http";
import { openClient, type Client, type Plain } from "#cli/client.ts";
import { cpuSeconds, machineBusy } from "./box.ts";
import { quantile } from "./print.ts";

/** One slice of load: requests a second, CPU of the subject a request, latency, and how busy others kept the machine. */
export type Slice = {
  perSecond: number;
  cpuMicros: number;
  p50: number;
  p99: number;
  foreign: number;
  requests: number;
};

const connections = 8;
export type Ask = (worker: number, turn: number) => { request: Plain; signed: boolean };

/** Runs a closed loop of eight connections for a while. Any answer that is not 2xx voids the run. */
export async function slice(o: {
  origin: string;
  clients?: readonly Client[];
  ask: Ask;
  ms: number;
  pids: () => string[];
}): Promise<Slice> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const plain = openClient(o.origin, { agent });
  // every session on the same eight connections
  const own = (o.clients ?? []).map((client) => openClient(o.origin, { agent, state: client.state }));
  const times: number[] = [];
  const pids = o.pids();
  const cpuBefore = cpuSeconds(pids);
  const selfBefore = process.cpuUsage();
  const busyBefore = machineBusy();
  const began = performance.now();
  const until = began + o.ms;
  async function worker(number: number): Promise<void> {
    for (let turn = 0; performance.now() < until; turn++) {
      const { request, signed } = o.ask(number, turn);
      const sent = performance.now();
      const signer = own[(turn * connections + number) % Math.max(1, own.length)];
      const answer = await (signed && signer ? signer.signed(request) : plain.plain(request));
      times.push(performance.now() - sent);
      if (answer.status >= 300)
        throw new Error(
          `${request.method} ${request.path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`,
        );
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, number) => worker(number)));
  const seconds = (performance.now() - began) / 1000;
  const cpu = cpuSeconds(pids) - cpuBefore;
  const self = process.cpuUsage(selfBefore);
  const foreign = (machineBusy() - busyBefore - cpu - (self.user + self.system) / 1e6) / (seconds * 2);
  agent.destroy();
  return {
    perSecond: times.length / seconds,
    cpuMicros: (cpu / times.length) * 1e6,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    foreign,
    requests: times.length,
  };
}

/** Above this share of foreign CPU a slice says nothing. */
export const foreignMax = 0.1;

/** Repeats a slice up to three times while neighbours keep the machine busy. */
export async function quietSlice(run: () => Promise<Slice>): Promise<Slice & { contended: boolean }> {
  let last = await run();
  for (let tries = 1; tries < 3 && last.foreign > foreignMax; tries++) last = await run();
  return { ...last, contended: last.foreign > foreignMax };
}
