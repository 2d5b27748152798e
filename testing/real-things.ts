import { createAction } from "#product/control/actions/contract.ts";
import { reportIncident } from "#product/control/incidents/contract.ts";
import { listSignals } from "#product/control/signals/contract.ts";
import { beginImport } from "#product/clinic/imports/contract.ts";
import {
  answerSurvey,
  beginFeedbackImport,
  finishFeedbackImport,
  listComments,
} from "#product/feedback/surveys/contract.ts";
import { eventually } from "./clinic.ts";
import { manyLinks, surveyStory, visitOf, type SurveyStory } from "./surveys.ts";

const nobody = "00000000-0000-4000-8000-000000000000";

/** A clinic in which one of everything exists: requests get past "unknown" to what they would really do. */
export type RealThings = SurveyStory & {
  /** Path parameter of a thing, by the first word of an act. */
  keys: Readonly<Record<string, string>>;
  /** Values of fields that name something, by the field's name. */
  known: Readonly<Record<string, unknown>>;
};

export async function realThings(): Promise<RealThings> {
  const story = await surveyStory();
  const { marta, olena, clinic, ground } = story;
  const [answered = "", open = ""] = await manyLinks(story, 2);
  const visit = await visitOf(story, await ground.patient({ email: null }));
  await olena.client.call(answerSurvey, {
    slug: clinic.slug,
    params: { token: answered.slice(3) },
    body: { score: 5, comment: "Чекали дві години", language: "uk" },
  });
  const signal = await eventually(async () => (await marta.send(listSignals, { query: {} })).items[0]);
  const comment = await eventually(async () => (await marta.send(listComments, { query: { state: "all" } })).items[0]);
  const incident = await olena.send(reportIncident, { body: { title: "Манжета не того розміру" } });
  const action = await marta.send(createAction, { body: { title: "Дві манжети", source: { type: "own" } } });
  const table = await marta.send(beginFeedbackImport, { body: { fileName: "table.csv", source: "csv" } });
  await marta.send(finishFeedbackImport, { params: { id: table.id }, body: {} });
  const fhir = await marta.send(beginImport, { body: { fileName: "fhir", source: "fhir" } });
  return {
    ...story,
    keys: {
      visit,
      incident: incident.code,
      path: incident.code,
      action: action.code,
      indicator: "F01",
      survey: story.surveyId,
      signal: signal.id,
      response: comment.id,
      import: fhir.id,
      "feedback-import": table.id,
      member: olena.memberId,
      invitation: open.slice(3),
      me: nobody,
      job: nobody,
    },
    known: {
      patientId: await ground.patient({ email: null }),
      memberId: story.taras.memberId,
      leadId: marta.memberId,
      ownerId: olena.memberId,
      serviceId: ground.serviceId,
      siteId: ground.siteId,
      team: [olena.memberId],
      indicator: "F01",
      zone: "Europe/Kyiv",
      email: "nova@clinic.example",
      emails: ["ivan@patient.example"],
      phones: ["+380501234567"],
      slug: "lypa-second",
      into: "INC-999999",
      subtype: "allergy",
      rnokpp: "1759013776",
      password: "зелений чайник на балконі",
      version: 1,
    },
  };
}
