import { z } from "zod";
import { faultGroups, takenTypes, toldRun, type FaultGroup, type ImportRun, type ToldRun } from "./contract.ts";
import { groupWords, isNote, noteWords, type NoteCode, type RowFault } from "./faults.ts";

const none = { read: 0, created: 0, updated: 0, skipped: 0, refused: 0 };
type Counts = typeof none;
const counts = z.object({
  read: z.number().default(0),
  created: z.number().default(0),
  updated: z.number().default(0),
  skipped: z.number().default(0),
  refused: z.number().default(0),
});
/** Runs of answers call those that came before "known". */
const others = z.object({ known: z.number() });
const told = z.object({ told: toldRun });
const sample = z.object({
  file: z.string(),
  line: z.number(),
  code: z.string(),
  field: z.string(),
  found: z.string().optional(),
});
const kept = z.object({
  /** Rows made so far: the number of the next. */
  made: z.number().default(0),
  byType: z.record(z.string(), counts).default({}),
  notTaken: z.array(z.object({ type: z.string(), lines: z.number() })).default([]),
  faults: z.record(z.string(), z.object({ n: z.number(), samples: z.array(sample) })).default({}),
  notes: z.record(z.string(), z.number()).default({}),
  failed: z.string().nullable().default(null),
});
type Kept = z.output<typeof kept>;

/** Samples kept of one group: three show the pattern. */
const samplesMax = 3;

/** What a run has counted so far; grows line by line, and is stored with every chunk. */
export type Tally = { counts: Counts; kept: Kept };

/** The stored counts of a run. */
export function tallyOf(run: { counts: unknown; problems: unknown }): Tally {
  const read = counts.safeParse(run.counts);
  const found = kept.safeParse(run.problems);
  const known = others.safeParse(run.counts);
  return {
    counts: read.success ? { ...read.data, ...(known.success ? { skipped: known.data.known } : {}) } : { ...none },
    kept: found.success ? found.data : kept.parse({}),
  };
}

export function count(tally: Tally, type: string, what: keyof Counts, by = 1): void {
  tally.counts[what] += by;
  const own = (tally.kept.byType[type] ??= { ...none });
  own[what] += by;
}

export function note(tally: Tally, code: NoteCode): void {
  tally.kept.notes[code] = (tally.kept.notes[code] ?? 0) + 1;
}

/** Counts a refused line under what would mend it. */
export function refuse(tally: Tally, fault: RowFault, at: { type: string; file: string; line: number }): void {
  count(tally, at.type, "refused");
  const group = (tally.kept.faults[fault.group] ??= { n: 0, samples: [] });
  group.n++;
  if (group.samples.length >= samplesMax) return;
  group.samples.push({
    file: at.file,
    line: at.line,
    code: fault.code,
    field: fault.field,
    ...(fault.found === undefined ? {} : { found: fault.found.toWellFormed().replaceAll("\0", "") }),
  });
}

const isGroup = (text: string): text is FaultGroup => faultGroups.some((group) => group === text);

/** The parts of a run's reply that come from its tally. */
export const shownTally = ({
  counts: all,
  kept: k,
}: Tally): Pick<ImportRun, "counts" | "byType" | "notTaken" | "faults" | "notes" | "failed"> => ({
  counts: all,
  // JSON in the database keeps no order of its own
  byType: takenTypes.flatMap((type) => (k.byType[type] ? [{ type, ...k.byType[type] }] : [])),
  notTaken: k.notTaken,
  faults: Object.entries(k.faults)
    .flatMap(([group, { n, samples }]) =>
      isGroup(group) ? [{ group, n, ...groupWords[group], samples: samples.map(plainSample) }] : [],
    )
    .toSorted((a, b) => b.n - a.n),
  notes: Object.entries(k.notes).flatMap(([code, n]) => (isNote(code) ? [{ code, n, ...noteWords[code] }] : [])),
  failed: k.failed,
});

/** What a run of another kind has left for the page of all runs; nothing for one that left nothing. */
export const toldOf = (problems: unknown): ToldRun =>
  told.safeParse(problems).data?.told ?? { faults: [], failed: null };

type Sample = ImportRun["faults"][number]["samples"][number];
const plainSample = ({ found, ...rest }: z.output<typeof sample>): Sample =>
  found === undefined ? rest : { ...rest, found };
