import type { Part } from "#platform/http/registry.ts";
import type { App } from "#platform/start/app.ts";
import type { Product } from "#platform/start/start.ts";
import { clinicFacts, createClinic } from "./clinic/clinics/index.ts";
import * as services from "./clinic/services/routes.ts";
import * as sites from "./clinic/sites/routes.ts";
import * as visits from "./clinic/visits/routes.ts";
import { problems as visitProblems } from "./clinic/visits/contract.ts";
import * as imports from "./clinic/imports/routes.ts";
import { problems as importProblems } from "./clinic/imports/contract.ts";
import * as patients from "./clinic/patients/routes.ts";
import { problems as patientProblems } from "./clinic/patients/contract.ts";
import * as jobs from "./clinic/jobs/routes.ts";
import { problems as jobProblems } from "./clinic/jobs/contract.ts";
import * as ledger from "./clinic/ledger/routes.ts";
import { problems as ledgerProblems } from "./clinic/ledger/contract.ts";
import * as members from "./clinic/members/routes.ts";
import { problems as memberProblems } from "./clinic/members/contract.ts";
import { problems as actionProblems } from "./control/actions/contract.ts";
import * as actions from "./control/actions/routes.ts";
import * as home from "./control/home/routes.ts";
import { problems as incidentProblems } from "./control/incidents/problems.ts";
import { seersOfIncidents } from "./control/incidents/index.ts";
import * as incidents from "./control/incidents/routes.ts";
import { problems as indicatorProblems } from "./control/indicators/contract.ts";
import * as indicators from "./control/indicators/routes.ts";
import * as path from "./control/path/routes.ts";
import { problems as signalProblems } from "./control/signals/contract.ts";
import * as signals from "./control/signals/routes.ts";
import * as tasks from "./control/tasks/routes.ts";
import * as signIn from "./identity/sign-in/routes.ts";
import { problems as signInProblems } from "./identity/sign-in/contract.ts";
import { problems as surveyProblems } from "./feedback/surveys/contract.ts";
import { closeAnswered, closingHour, makeDefaultSurvey, sendDueInvitations } from "./feedback/surveys/index.ts";
import * as surveys from "./feedback/surveys/routes.ts";
import { demoPerson } from "./demo/people.ts";
import { loop } from "./loop.ts";

/** The doors of all capabilities, in pillar order. */
const parts = (app: () => App): Part[] => [
  {
    routes: signIn.routesOf({
      makeClinic: async (door, { personId, ownerName, clinic }) => {
        const { clinicId } = await createClinic(door.database, { clinic, personId, ownerName });
        await door.database.transaction({ clinic: clinicId }, (db) => makeDefaultSurvey({ db }));
      },
      enterDemo: (door, as) => demoPerson(door, as),
    }),
    problems: signInProblems,
  },
  { routes: sites.routes },
  {
    routes: members.routesOf(() => {
      const { database, vault, sessions, settings } = app();
      return { database, vault, sessions, origin: settings.origin };
    }),
    problems: memberProblems,
  },
  { routes: ledger.routesOf(() => app().ledger), problems: ledgerProblems },
  { routes: services.routes },
  { routes: jobs.routes, problems: jobProblems },
  { routes: patients.routes, problems: patientProblems },
  { routes: visits.routes, problems: visitProblems },
  { routes: imports.routes, problems: importProblems },
  { routes: signals.routes, problems: signalProblems },
  { routes: indicators.routes, problems: indicatorProblems },
  { routes: actions.routes, problems: actionProblems },
  { routes: incidents.routes, problems: incidentProblems },
  { routes: path.routes },
  { routes: tasks.routes },
  { routes: home.routes },
  { routes: surveys.routes, problems: surveyProblems },
];

/** Constraint names that a person may meet, and what they mean. */
const constraints = new Map<string, string>([["clinic_route_slug_key", "clinic.slug-taken"]]);

export const product: Product = {
  parts,
  loop,
  ticks: (app) => [
    {
      name: "send-due-invitations",
      everyMinutes: 1,
      run: async (ctx) => void (await sendDueInvitations(ctx, app().settings.origin)),
    },
    {
      name: "close-answered",
      everyMinutes: 30,
      run: async (ctx) => {
        if (ctx.now.toZonedDateTimeISO(ctx.clinic.zone).hour === closingHour) await closeAnswered(ctx);
      },
    },
  ],
  constraints,
  liveRights: new Map([["response", "response:read"]]),
  liveNarrowing: new Map([["incident", seersOfIncidents]]),
  clinicFacts,
};
