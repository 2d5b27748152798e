import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";
import { id, instant, line, lineOf, page, pageOf, whole } from "#core/contract/shapes.ts";

/** Kinds of FHIR R4 resources that are taken, in the order of who points to whom: rows are sent in this order. */
export const takenTypes = [
  "Organization",
  "Location",
  "Practitioner",
  "PractitionerRole",
  "Patient",
  "Encounter",
  "Condition",
  "Procedure",
] as const;
export type TakenType = (typeof takenTypes)[number];

/** What a line may be at most; the longest of the sample we test with has 12 KB. */
export const lineBytesMax = 512 * 1024;
/** Rows a call carries at most: one transaction. */
export const rowsMax = 500;

/** What must be done to mend a refused line: at most ten groups. */
export const faultGroups = [
  "line",
  "type",
  "id",
  "reference",
  "time-zone",
  "time",
  "code",
  "missing",
  "text",
  "changed-here",
] as const;
export type FaultGroup = (typeof faultGroups)[number];

const sample = z.object({
  file: z.string(),
  line: z.number().int(),
  code: z.string(),
  field: z.string(),
  /** The value found, where it says nothing of a person. */
  found: z.string().optional(),
});
const counts = z.object({
  read: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  refused: z.number().int(),
});
/** Refused lines that one mending helps, with that mending in words and some of them to look at. */
export const faultGroup = z.object({
  group: z.string(),
  n: z.number().int(),
  uk: z.string(),
  en: z.string(),
  samples: z.array(sample),
});
/** What a run of a kind that counts by itself keeps for the page of all runs. */
export const toldRun = z.object({ faults: z.array(faultGroup), failed: z.string().nullable() });
export type ToldRun = z.output<typeof toldRun>;

export const importRun = z.object({
  id,
  kind: z.enum(["fhir", "feedback"]),
  source: z.string(),
  fileName: z.string(),
  dryRun: z.boolean(),
  state: z.enum(["running", "done", "undoing", "undone", "failed"]),
  counts,
  byType: z.array(counts.extend({ type: z.string() })),
  /** Kinds of resources in the files that are not taken, with their numbers of lines. */
  notTaken: z.array(z.object({ type: z.string(), lines: z.number().int() })),
  faults: z.array(faultGroup),
  /** What was accepted and is worth knowing. */
  notes: z.array(z.object({ code: z.string(), n: z.number().int(), uk: z.string(), en: z.string() })),
  failed: z.string().nullable(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  undoUntil: instant.nullable(),
  /** After undoing: what it did, and the rows it left because somebody had changed them or they are in use. */
  undo: z
    .object({
      removed: z.number().int(),
      restored: z.number().int(),
      left: z.array(z.object({ thing: z.string(), id, why: z.enum(["changed-since", "in-use"]) })),
      leftCount: z.number().int(),
    })
    .nullable(),
});
export type ImportRun = z.output<typeof importRun>;
const runId = z.object({ id });

export const beginImport = route({
  act: "import.begin",
  summary: "Begins an import of FHIR R4 resources. A dry run checks and writes nothing.",
  method: "POST",
  path: "/imports",
  right: "import:run",
  ledger: { writes: "import" },
  created: true,
  idempotent: true,
  body: z.strictObject({
    fileName: line,
    /** Name of the other system: keys of two systems never meet. */
    source: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,39}$/),
    dryRun: z.boolean().default(false),
    notTaken: z
      .array(z.strictObject({ type: line, lines: whole(0) }))
      .max(200)
      .default([]),
  }),
  reply: importRun,
  problems: ["import.running"],
});
export const sendRows = route({
  act: "import.rows",
  summary: "Up to 500 lines of one kind of resource; a line that came before unchanged is skipped.",
  method: "POST",
  path: "/imports/:id/rows",
  right: "import:run",
  ledger: { writes: "import" },
  params: runId,
  body: z.strictObject({
    type: z.enum(takenTypes),
    file: lineOf(255),
    rows: z
      .array(
        z.strictObject({
          line: whole(1),
          text: z.string().max(lineBytesMax).default(""),
          /** What is wrong with the line itself, when its reader could not give its text. */
          fault: z.enum(["line.too-long", "line.encoding"]).optional(),
        }),
      )
      .min(1)
      .max(rowsMax),
  }),
  reply: importRun,
  problems: ["import.unknown", "import.not-running"],
});
export const finishImport = route({
  act: "import.finish",
  summary: "Ends the run; it can be undone for 7 days.",
  method: "POST",
  path: "/imports/:id/finish",
  right: "import:run",
  ledger: { writes: "import" },
  params: runId,
  body: z.strictObject({ failed: lineOf(100, 0).optional() }),
  reply: importRun,
  problems: ["import.unknown", "import.not-running"],
});
export const undoImport = route({
  act: "import.undo",
  summary: "Takes a run back, a step a call, last made first; call until its state is undone.",
  method: "POST",
  path: "/imports/:id/undo",
  right: "import:run",
  ledger: { writes: "import" },
  params: runId,
  body: z.strictObject({}),
  reply: importRun,
  problems: ["import.unknown", "import.undone-already", "import.undo-late", "import.dry", "import.running"],
});
export const listImports = route({
  act: "import.list",
  summary: "Runs of imports, newest first.",
  method: "GET",
  path: "/imports",
  right: "import:run",
  ledger: { none: "counts of runs, no personal data" },
  query: page,
  reply: pageOf(importRun),
  problems: [],
});
export const readImport = route({
  act: "import.read",
  summary: "One run with its counts, faults and what undoing left.",
  method: "GET",
  path: "/imports/:id",
  right: "import:run",
  ledger: { none: "counts of a run, no personal data" },
  params: runId,
  reply: importRun,
  problems: ["import.unknown"],
});

export const problems = {
  "import.unknown": { status: 404, uk: "Такого імпорту немає.", en: "There is no such import." },
  "import.running": {
    status: 409,
    uk: "Інший імпорт ще триває. Зачекайте або завершіть його.",
    en: "Another import is still running. Wait, or finish it first.",
  },
  "import.not-running": { status: 409, uk: "Цей імпорт уже завершено.", en: "This import has already ended." },
  "import.undone-already": { status: 409, uk: "Цей імпорт уже скасовано.", en: "This import was undone already." },
  "import.undo-late": {
    status: 409,
    uk: "Минуло понад 7 днів: цей імпорт уже не можна скасувати.",
    en: "More than 7 days have passed: this import can no longer be undone.",
  },
  "import.dry": {
    status: 409,
    uk: "Це була проба: вона нічого не записала, тож скасовувати нема чого.",
    en: "This was a dry run: it wrote nothing, so there is nothing to undo.",
  },
} satisfies Problems;
