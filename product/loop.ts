import { makeLoop, nobody, on, reaction } from "#platform/jobs/loop.ts";
import * as action from "./control/actions/events.ts";
import * as incident from "./control/incidents/events.ts";
import { openFromSignal } from "./control/incidents/index.ts";
import { importFinished, importUndone } from "./clinic/imports/events.ts";
import { patientRegistered } from "./clinic/patients/events.ts";
import { visitFinished, visitOpened, visitReopened, visitVoided } from "./clinic/visits/events.ts";
import { responseHandled, responseReceived } from "./feedback/surveys/events.ts";
import { inviteToSurvey, raiseLowScore, withdrawInvitation } from "./feedback/surveys/index.ts";
import { signalRaised, signalSettled } from "./control/signals/events.ts";

const page = "open pages hear of it; nothing else follows yet";

/** What follows each fact, one line each: the product's loop, readable on one page. */
export const loop = makeLoop([
  nobody(patientRegistered, page),
  nobody(visitOpened, page),
  on(visitFinished, reaction("invite-to-survey", visitFinished, inviteToSurvey)),
  on(visitReopened, reaction("withdraw-invitation", visitReopened, withdrawInvitation)),
  nobody(visitVoided, page),
  nobody(importFinished, "an import is history: it asks nobody and raises nothing"),
  nobody(importUndone, page),
  on(responseReceived, reaction("raise-low-score", responseReceived, raiseLowScore, { forgets: true })),
  nobody(responseHandled, page),
  on(
    signalRaised,
    reaction("open-from-signal", signalRaised, (ctx, { id }) => openFromSignal(ctx, id)),
  ),
  nobody(signalSettled, page),
  nobody(incident.incidentReported, page),
  nobody(incident.incidentTriaged, page),
  nobody(incident.analysisStarted, page),
  nobody(incident.incidentAnalysed, page),
  nobody(incident.incidentAnswered, page),
  nobody(incident.incidentClosed, page),
  nobody(incident.incidentReopened, page),
  nobody(incident.incidentMerged, page),
  nobody(incident.incidentRejected, page),
  nobody(incident.incidentChanged, page),
  nobody(action.actionProposed, page),
  nobody(action.actionPlanned, page),
  nobody(action.actionDeclined, page),
  nobody(action.actionWithdrawn, page),
  nobody(action.actionStarted, page),
  nobody(action.actionPostponed, page),
  nobody(action.actionDone, "its flag on the chart is read from the action itself"),
  nobody(action.actionEffective, page),
  nobody(action.actionIneffective, page),
  nobody(action.actionChanged, page),
]);
