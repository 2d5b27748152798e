import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { machine } from "./box.ts";

export type Line = {
  bench: string;
  metric: string;
  value: number;
  unit: string;
  baseline?: number;
  ratio?: number;
  bar?: string;
  ok?: boolean | "contended";
  /** Share of CPU others took meanwhile. */
  foreign?: number;
};

let facts: string | undefined;
const out = join(import.meta.dirname, "..", "out");
const round = (value: number): number => Number(value.toPrecision(4));

/** Prints one figure and keeps it as a JSON line in bench/out. */
export function print(line: Line): void {
  mkdirSync(out, { recursive: true });
  const verdict = line.ok === undefined ? "" : line.ok === "contended" ? " contended" : line.ok ? " pass" : " fail";
  if (line.ok === false) verdicts.failed++;
  if (line.ok === "contended") verdicts.contended++;
  const parts = [`bench=${line.bench}`, `metric=${line.metric}`, `value=${round(line.value)}`, `unit=${line.unit}`];
  if (line.baseline !== undefined) parts.push(`baseline=${round(line.baseline)}`);
  if (line.ratio !== undefined) parts.push(`ratio=${round(line.ratio)}`);
  if (line.bar !== undefined) parts.push(`bar=${line.bar}`);
  if (facts === undefined) process.stdout.write(`${(facts = machine())}\n`);
  process.stdout.write(`${parts.join(" ")}${verdict}\n`);
  appendFileSync(
    join(out, `${line.bench}.jsonl`),
    `${JSON.stringify({ ...line, at: new Date().toISOString(), machine: facts })}\n`,
  );
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;

/** A bench whose bar was missed, or which was contended, is not green. */
export const verdicts = { failed: 0, contended: 0 };
