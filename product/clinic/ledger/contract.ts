import { z } from "zod";
import type { Problems } from "#core/contract/problem.ts";
import { route } from "#core/contract/route.ts";

/** Entries a page carries: four tiles of 256. */
export const entriesPage = 1024;
const size = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const beginExport = route({
  act: "ledger.export",
  summary: "Begins an export of the clinic's access ledger: everything that waits enters the log first.",
  method: "POST",
  path: "/ledger/exports",
  right: "ledger:export",
  ledger: { writes: "ledger" },
  body: z.strictObject({}),
  reply: z.object({ origin: z.string(), keys: z.array(z.string()), size, made: z.string() }),
  problems: ["ledger.empty"],
});
export const exportCheckpoints = route({
  act: "ledger.export-checkpoints",
  summary: "Signed checkpoints of an export, smallest first.",
  method: "GET",
  path: "/ledger/checkpoints",
  right: "ledger:export",
  ledger: { none: "a part of an export, which stands in the ledger as a whole" },
  query: z.strictObject({
    after: index.default(0),
    size,
    limit: z.coerce.number().int().min(1).max(1000).default(1000),
  }),
  reply: z.array(z.object({ size: z.number().int(), note: z.string() })),
  problems: [],
});
export const exportEntries = route({
  act: "ledger.export-entries",
  summary: "Bodies from an index that is a multiple of 256, with the stored tiles of their leaf hashes (base64).",
  method: "GET",
  path: "/ledger/entries",
  right: "ledger:export",
  ledger: { none: "a part of an export, which stands in the ledger as a whole" },
  query: z.strictObject({ from: index.multipleOf(256), size }),
  reply: z.object({
    bodies: z.array(z.string()),
    tiles: z.array(z.object({ index: z.number().int(), width: z.number().int(), data: z.string() })),
  }),
  problems: [],
});
export const problems = {
  "ledger.empty": {
    status: 409,
    uk: "У журналі ще немає жодного запису.",
    en: "The ledger holds no entry yet.",
  },
} satisfies Problems;
