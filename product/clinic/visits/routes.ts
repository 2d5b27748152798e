import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { finishVisit, openVisit, reopenVisit, undoOpenVisit } from "./move-visit.ts";
import { listVisits, readVisit, setNeverSurvey } from "./use-cases.ts";

export const routes = [
  handle(contract.listVisits, (ctx, { query }) => listVisits(ctx, query)),
  handle(contract.readVisit, (ctx, { params }) => readVisit(ctx, params.code)),
  handle(contract.openVisit, (ctx, { body }) => openVisit(ctx, body)),
  handle(contract.finishVisit, (ctx, { params }) => finishVisit(ctx, params.code)),
  handle(contract.reopenVisit, (ctx, { params, body }) => reopenVisit(ctx, params.code, body.reason)),
  handle(contract.undoOpenVisit, (ctx, { params }) => undoOpenVisit(ctx, params.code)),
  handle(contract.setNeverSurvey, (ctx, { params, body }) => setNeverSurvey(ctx, params.code, body.neverSurvey)),
];
