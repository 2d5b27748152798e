import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { listIndicators } from "./show-indicator.ts";
import { drillIndicator, readIndicator, rebaseIndicator, setIndicator, undoRebase } from "./use-cases.ts";

export const routes = [
  handle(contract.listIndicators, (ctx) => listIndicators(ctx)),
  handle(contract.readIndicator, (ctx, { params }) => readIndicator(ctx, params.code)),
  handle(contract.drillIndicator, (ctx, { params, query }) => drillIndicator(ctx, params.code, query.label)),
  handle(contract.rebaseIndicator, (ctx, { params, body }) => rebaseIndicator(ctx, params.code, body)),
  handle(contract.undoRebase, (ctx, { params }) => undoRebase(ctx, params.code, params.id)),
  handle(contract.setIndicator, (ctx, { params, body }) => setIndicator(ctx, params.code, body)),
];
