import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { beginImport, finishImport, listImports, readImport } from "./run.ts";
import { takeRows } from "./take-rows.ts";
import { undoImport } from "./undo-import.ts";

export const routes = [
  handle(contract.beginImport, (ctx, { body }) => beginImport(ctx, body)),
  handle(contract.sendRows, (ctx, { params, body }) => takeRows(ctx, params.id, body)),
  handle(contract.finishImport, (ctx, { params, body }) => finishImport(ctx, params.id, body.failed)),
  handle(contract.undoImport, (ctx, { params }) => undoImport(ctx, params.id)),
  handle(contract.listImports, (ctx, { query }) => listImports(ctx, query)),
  handle(contract.readImport, (ctx, { params }) => readImport(ctx, params.id)),
];
