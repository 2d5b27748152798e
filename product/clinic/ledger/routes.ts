import { problem } from "#core/contract/problem.ts";
import { handle } from "#platform/http/registry.ts";
import { checkpointsAfter, entriesFrom, logEnd } from "#platform/ledger/export.ts";
import * as contract from "./contract.ts";

/** What the log's keeper gives: public key, the log's origin, and an outbox emptied into it. */
export type Keeper = { vkey: string; originOf: (clinic: string) => string; drain: (clinic: string) => Promise<void> };

export const routesOf = (keeper: () => Keeper) => [
  handle(contract.beginExport, async (ctx) => {
    await keeper().drain(ctx.clinic.id);
    const { size, made } = await logEnd(ctx.db);
    if (size === null) throw problem("ledger.empty");
    return { origin: keeper().originOf(ctx.clinic.id), keys: [keeper().vkey], size, made };
  }),
  handle(contract.exportCheckpoints, (ctx, { query }) => checkpointsAfter(ctx.db, query)),
  handle(contract.exportEntries, async (ctx, { query: { from, size } }) => {
    const { bodies, tiles } = await entriesFrom(ctx.db, {
      from,
      until: Math.min(size, from + contract.entriesPage),
    });
    return { bodies, tiles: tiles.map(({ data, ...at }) => ({ ...at, data: data.toString("base64") })) };
  }),
];
