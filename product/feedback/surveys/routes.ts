import { handle } from "#platform/http/registry.ts";
import { answerSurvey, showInvitation } from "./answer.ts";
import { handleComment, listComments } from "./comments.ts";
import * as contract from "./contract.ts";
import { beginImport, finishImport, importRows, undoImport } from "./import-feedback.ts";
import { readResults } from "./results.ts";
import { listSurveys, setSurvey } from "./set-survey.ts";
import { readThemes } from "./themes.ts";

export const routes = [
  handle(contract.listSurveys, (ctx) => listSurveys(ctx)),
  handle(contract.setSurvey, (ctx, { params, body }) => setSurvey(ctx, params.id, body)),
  handle(contract.readResults, (ctx, { params, query }) => readResults(ctx, params.id, query.period)),
  handle(contract.readThemes, (ctx, { params, query }) => readThemes(ctx, params.id, query)),
  handle(contract.listComments, (ctx, { query }) => listComments(ctx, query)),
  handle(contract.handleComment, (ctx, { params, body }) => handleComment(ctx, params.id, body)),
  handle(contract.showInvitation, (ctx, { params }) => showInvitation(ctx, params.token)),
  handle(contract.answerSurvey, (ctx, { params, body }) => answerSurvey(ctx, params.token, body)),
  handle(contract.beginFeedbackImport, (ctx, { body }) => beginImport(ctx, body)),
  handle(contract.sendFeedbackRows, (ctx, { params, body }) => importRows(ctx, params.id, body.rows)),
  handle(contract.finishFeedbackImport, (ctx, { params, body }) => finishImport(ctx, params.id, body.failed)),
  handle(contract.undoFeedbackImport, (ctx, { params }) => undoImport(ctx, params.id)),
];
