import { confirmAction, finishAction, planAction, startAction } from "#product/control/actions/move-action.ts";
import { createAction } from "#product/control/actions/use-cases.ts";
import { openFromSignal } from "#product/control/incidents/index.ts";
import { addFactor, addTimelineLine } from "#product/control/incidents/investigate.ts";
import {
  answerReporter,
  closeIncident,
  finishAnalysis,
  investigateIncident,
  triageIncident,
} from "#product/control/incidents/move-incident.ts";
import { raiseSignal } from "#product/control/signals/index.ts";
import { anonymousId } from "#platform/database/ids.ts";
import { themesOf } from "#product/feedback/surveys/index.ts";
import { act, cast, daysAgo, type Stage } from "./act.ts";
import { fixedWeeksAgo } from "./answers.ts";
import type { Ground } from "./ground.ts";

type Incident = Awaited<ReturnType<typeof triageIncident>>;
type Action = Awaited<ReturnType<typeof planAction>>;

/** The day of the wait, in days before today. */
const days = (fixedWeeksAgo + 3) * 7;

/** A woman who waited gives a low score; the case that opens by itself is found by its answer. Returns its code. */
async function tellScore(stage: Stage, ground: Ground, surveyId: string): Promise<string> {
  const us = ground.departments.get("us");
  const at = (ago: number, time: string) => daysAgo(stage, ago, time);
  const responseId = anonymousId();
  await act(stage, {
    by: "job",
    at: at(days, "11:42"),
    work: async (ctx) => {
      const text = "Чекала 50 хвилин, і ніхто нічого не пояснив";
      const comment = await ctx.keys.seal("clinic", { thing: "response", id: responseId, field: "comment" }, text);
      await ctx.db.run(
        ctx.db.insert("feedback.response").values({
          clinic_id: stage.clinicId,
          id: responseId,
          survey_id: surveyId,
          on_date: stage.today.subtract({ days }).toString(),
          score: 5,
          comment,
          themes: themesOf(text),
          department_id: us?.id ?? null,
          site_id: us?.siteId ?? null,
          service_id: us?.serviceIds[0] ?? null,
          state: "action",
        }),
      );
      const signal = await raiseSignal(ctx, {
        rule: "D17",
        severity: "amber",
        key: `response:${responseId}`,
        subjectType: "response",
        subjectId: responseId,
      });
      if (signal) await openFromSignal(ctx, signal);
    },
  });
  const found = await act(stage, {
    by: "job",
    at: at(days, "11:43"),
    work: (ctx) =>
      ctx.db.one(
        "incident.unknown",
        ctx.db.from("control.incident").select("code").where("source_id", "=", responseId),
      ),
  });
  return found.code;
}

async function tellCauses(stage: Stage, code: string, lead: string): Promise<Incident> {
  const at = (ago: number, time: string) => daysAgo(stage, ago, time);
  let incident = await act(stage, {
    by: cast.marta,
    at: at(days - 1, "09:10"),
    work: (ctx) =>
      triageIncident(ctx, code, {
        version: 1,
        type: "ADM",
        nearMiss: false,
        actualHarm: "none",
        potentialHarm: "low",
        likelihood: "likely",
        restricted: false,
        tellPatient: "n/a",
        leadId: lead,
      }),
  });
  incident = await act(stage, {
    by: cast.marta,
    at: at(days - 2, "09:30"),
    work: (ctx) =>
      investigateIncident(ctx, code, { version: incident.version, team: [stage.members.get("olena") ?? ""] }),
  });
  incident = await act(stage, {
    by: cast.marta,
    at: at(days - 3, "10:00"),
    work: (ctx) =>
      addTimelineLine(ctx, code, {
        happenedAt: at(days, "10:50").toString(),
        text: "Прийом УЗД відставав уже на 40 хвилин",
      }),
  });
  incident = await act(stage, {
    by: cast.marta,
    at: at(days - 6, "10:10"),
    work: (ctx) => addFactor(ctx, code, { text: "УЗД записували на 20 хв, триває 28", factor: "task" }),
  });
  const [first] = incident.factors;
  return act(stage, {
    by: cast.marta,
    at: at(days - 6, "10:12"),
    work: (ctx) =>
      addFactor(ctx, code, {
        text: "Реєстратура не знала про затримку",
        factor: "team",
        ...(first ? { parentId: first.id } : {}),
      }),
  });
}

async function tellPlan(stage: Stage, code: string, ownerId: string): Promise<Action> {
  const at = (ago: number, time: string) => daysAgo(stage, ago, time);
  const action = await act(stage, {
    by: cast.marta,
    at: at(days - 7, "11:00"),
    work: (ctx) =>
      createAction(ctx, {
        title: "УЗД черевної порожнини: 30 хв замість 20",
        kind: "corrective",
        source: { type: "incident", code },
      }),
  });
  return act(stage, {
    by: cast.marta,
    at: at(days - 7, "11:10"),
    work: (ctx) =>
      planAction(ctx, action.code, {
        version: action.version,
        ownerId,
        dueOn: stage.today.subtract({ days: days - 21 }).toString(),
        category: "redundancy",
        effect: { indicator: "F01", direction: "increase", checkOn: stage.today.subtract({ days: 2 }).toString() },
        noCheck: false,
      }),
  });
}

async function tellChange(stage: Stage, planned: Action): Promise<void> {
  const at = (ago: number, time: string) => daysAgo(stage, ago, time);
  let action = await act(stage, {
    by: cast.yulia,
    at: at(days - 12, "08:30"),
    work: (ctx) => startAction(ctx, planned.code, planned.version),
  });
  action = await act(stage, {
    by: cast.yulia,
    at: at(fixedWeeksAgo * 7, "09:00"),
    work: (ctx) =>
      finishAction(ctx, action.code, {
        version: action.version,
        evidence: "Новий графік УЗД: 30 хвилин на дослідження",
      }),
  });
  await act(stage, {
    by: cast.marta,
    at: at(1, "10:05"),
    work: (ctx) =>
      confirmAction(ctx, action.code, {
        version: action.version,
        note: "Позитивний досвід вищий за межі, сталий 12 тижнів",
      }),
  });
}

async function tellEnd(stage: Stage, analysed: Incident): Promise<void> {
  const at = (ago: number, time: string) => daysAgo(stage, ago, time);
  const { code } = analysed;
  const incident = await act(stage, {
    by: cast.marta,
    at: at(1, "10:06"),
    work: (ctx) =>
      answerReporter(ctx, code, {
        version: analysed.version,
        answer: "УЗД тепер триває 30 хв, про затримку кажемо самі.",
      }),
  });
  await act(stage, {
    by: cast.marta,
    at: at(1, "10:10"),
    work: (ctx) =>
      closeIncident(ctx, code, {
        version: incident.version,
        lesson: "Тривалість прийому беремо з виміряної, а не з бажаної",
      }),
  });
}

/** The one case that shows the whole loop: a low score of a woman who waited, what was found, what was changed, and that it helped. */
export async function tellTheWait(stage: Stage, ground: Ground, surveyId: string): Promise<void> {
  const yulia = stage.members.get("yulia") ?? "";
  const code = await tellScore(stage, ground, surveyId);
  const found = await tellCauses(stage, code, yulia);
  const planned = await tellPlan(stage, code, yulia);
  const analysed = await act(stage, {
    by: cast.marta,
    at: daysAgo(stage, days - 8, "11:20"),
    work: (ctx) =>
      finishAnalysis(ctx, code, {
        version: found.version,
        conclusion: "Час прийому коротший за справжню тривалість дослідження",
      }),
  });
  await tellChange(stage, planned);
  await tellEnd(stage, analysed);
}
