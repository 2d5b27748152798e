import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import {
  addEvidence,
  confirmAction,
  declineAction,
  finishAction,
  planAction,
  postponeAction,
  refuteAction,
  startAction,
  withdrawAction,
} from "./move-action.ts";
import { actionByCode } from "./queries.ts";
import { showAction } from "./show-action.ts";
import { createAction, listActions, undoActionMove } from "./use-cases.ts";

export const routes = [
  handle(contract.createAction, (ctx, { body }) => createAction(ctx, body)),
  handle(contract.listActions, (ctx, { query }) => listActions(ctx, query)),
  handle(contract.readAction, async (ctx, { params }) => showAction(ctx, await actionByCode(ctx.db, params.code))),
  handle(contract.planAction, (ctx, { params, body }) => planAction(ctx, params.code, body)),
  handle(contract.declineAction, (ctx, { params, body }) => declineAction(ctx, params.code, body)),
  handle(contract.withdrawAction, (ctx, { params, body }) => withdrawAction(ctx, params.code, body)),
  handle(contract.startAction, (ctx, { params, body }) => startAction(ctx, params.code, body.version)),
  handle(contract.postponeAction, (ctx, { params, body }) => postponeAction(ctx, params.code, body)),
  handle(contract.addEvidence, (ctx, { params, body }) => addEvidence(ctx, params.code, body)),
  handle(contract.finishAction, (ctx, { params, body }) => finishAction(ctx, params.code, body)),
  handle(contract.confirmAction, (ctx, { params, body }) => confirmAction(ctx, params.code, body)),
  handle(contract.refuteAction, (ctx, { params, body }) => refuteAction(ctx, params.code, body)),
  handle(contract.undoActionMove, (ctx, { params, body }) => undoActionMove(ctx, params.code, body.version)),
];
