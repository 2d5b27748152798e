import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { addFactor, addTimelineLine, removeFactor, tellPatient } from "./investigate.ts";
import { listIncidents } from "./list-incidents.ts";
import {
  answerReporter,
  closeIncident,
  finishAnalysis,
  investigateIncident,
  mergeIncident,
  rejectIncident,
  reopenIncident,
  triageIncident,
  undoIncidentMove,
} from "./move-incident.ts";
import { incidentByCode } from "./queries.ts";
import { reportIncident } from "./report-incident.ts";
import { seerOf, showIncident } from "./show-incident.ts";

export const routes = [
  handle(contract.reportIncident, (ctx, { body }) => reportIncident(ctx, body)),
  handle(contract.listIncidents, (ctx, { query }) => listIncidents(ctx, query)),
  handle(contract.readIncident, async (ctx, { params }) =>
    showIncident(ctx, await incidentByCode(ctx.db, params.code, seerOf(ctx))),
  ),
  handle(contract.triageIncident, (ctx, { params, body }) => triageIncident(ctx, params.code, body)),
  handle(contract.investigateIncident, (ctx, { params, body }) => investigateIncident(ctx, params.code, body)),
  handle(contract.addFactor, (ctx, { params, body }) => addFactor(ctx, params.code, body)),
  handle(contract.removeFactor, (ctx, { params }) => removeFactor(ctx, params.code, params.factor)),
  handle(contract.addTimelineLine, (ctx, { params, body }) => addTimelineLine(ctx, params.code, body)),
  handle(contract.finishAnalysis, (ctx, { params, body }) => finishAnalysis(ctx, params.code, body)),
  handle(contract.tellPatient, (ctx, { params, body }) => tellPatient(ctx, params.code, body)),
  handle(contract.answerReporter, (ctx, { params, body }) => answerReporter(ctx, params.code, body)),
  handle(contract.closeIncident, (ctx, { params, body }) => closeIncident(ctx, params.code, body)),
  handle(contract.reopenIncident, (ctx, { params, body }) => reopenIncident(ctx, params.code, body)),
  handle(contract.rejectIncident, (ctx, { params, body }) => rejectIncident(ctx, params.code, body)),
  handle(contract.mergeIncident, (ctx, { params, body }) => mergeIncident(ctx, params.code, body)),
  handle(contract.undoIncidentMove, (ctx, { params, body }) => undoIncidentMove(ctx, params.code, body.version)),
];
