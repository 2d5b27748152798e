import { countStep } from "#platform/database/codes.ts";
import { createAction } from "#product/control/actions/use-cases.ts";
import { planAction, startAction } from "#product/control/actions/move-action.ts";
import { addFactor, addTimelineLine } from "#product/control/incidents/investigate.ts";
import {
  answerReporter,
  closeIncident,
  finishAnalysis,
  investigateIncident,
  triageIncident,
} from "#product/control/incidents/move-incident.ts";
import { reportIncident } from "#product/control/incidents/report-incident.ts";
import type { Harm, IncidentType } from "#product/control/incidents/states.ts";
import { act, cast, daysAgo, type Stage } from "./act.ts";
import { dice, type Dice } from "./random.ts";

/** How many incidents the history tells, and how many of them the first start tells before it says that it is ready. */
const casesTotal = 210;
const casesAtOnce = 36;
const numbers = Array.from({ length: casesTotal }, (_, at) => at);
/** Numbers of the cases, the newest ones first told; the past follows, newest first. */
export const casesFirst: readonly number[] = numbers.slice(-casesAtOnce);
export const casesLater: readonly number[] = numbers.slice(0, -casesAtOnce).toReversed();

const stories: readonly { title: string; type: IncidentType; place: string; harm: Harm; nearMiss?: true }[] = [
  { title: "Не той пацієнт у направленні на аналіз", type: "IDN", place: "Процедурна", harm: "none", nearMiss: true },
  { title: "Дві ампули зі схожою етикеткою поруч", type: "MED", place: "Маніпуляційна", harm: "none", nearMiss: true },
  { title: "Пацієнт послизнувся біля входу", type: "ENV", place: "Вестибюль", harm: "low" },
  { title: "Критичний калій побачили через 74 хв", type: "DX", place: "Лабораторія", harm: "moderate" },
  { title: "Прострочений реактив у холодильнику", type: "DEV", place: "Лабораторія", harm: "none", nearMiss: true },
  { title: "Згоду підписано після процедури", type: "DOC", place: "Хірургія", harm: "none" },
  { title: "Амоксицилін попри алергію", type: "MED", place: "Терапія", harm: "moderate" },
  { title: "Запис двічі перенесли без дзвінка", type: "ADM", place: "Реєстратура", harm: "none" },
  { title: "Біоматеріал без часу забору", type: "LAB", place: "Процедурна", harm: "none" },
  { title: "Укол голкою під час утилізації", type: "INF", place: "Маніпуляційна", harm: "low" },
  { title: "Пацієнтку не покликали, чекала 95 хв", type: "ADM", place: "Гінекологія", harm: "none" },
  { title: "Апарат УЗД завис двічі за зміну", type: "DEV", place: "УЗД", harm: "none" },
  { title: "Результат надіслано не на ту пошту", type: "DAT", place: "Реєстратура", harm: "low" },
  { title: "Пропущено щеплення за графіком", type: "TRT", place: "Педіатрія", harm: "low" },
  { title: "Рахунок виставлено двічі", type: "ADM", place: "Реєстратура", harm: "none" },
  { title: "Подвійна картка пацієнта", type: "IDN", place: "Реєстратура", harm: "none" },
  { title: "Непритомність після забору крові", type: "TRT", place: "Процедурна", harm: "low" },
  { title: "Дефібрилятор без перевірки", type: "DEV", place: "Маніпуляційна", harm: "none", nearMiss: true },
];

const reporters = [cast.olena, cast.taras, cast.yulia, cast.bohdan];
const leads = ["marta", "taras", "olena"] as const;

/** How far a case of that age has come: old ones are closed, fresh ones wait. */
const stageOf = (age: number, throws: Dice): number =>
  age > 30 ? 6 : age > 12 ? 3 + throws.below(3) : age > 2 ? 1 + throws.below(3) : throws.below(2);

/** An action of a case: most are planned, with dates around today so that some are late. */
async function tellAction(
  stage: Stage,
  o: { code: string; place: string; lead: string; at: Temporal.Instant; throws: Dice; planned: boolean },
): Promise<void> {
  const { throws, lead } = o;
  const action = await act(stage, {
    by: cast.marta,
    at: o.at,
    work: (ctx) =>
      createAction(ctx, {
        title: `Змінити порядок: ${o.place.toLocaleLowerCase("uk")}`,
        kind: "corrective",
        source: { type: "incident", code: o.code },
      }),
  });
  if (!throws.chance(0.85) && !o.planned) return;
  const dueOn = stage.today.add({ days: throws.below(24) - 4 });
  const plan = {
    version: action.version,
    ownerId: lead,
    dueOn: dueOn.toString(),
    category: throws.pick(["checklist", "software", "standard", "redundancy"] as const),
    effect: { indicator: "F01", direction: "increase" as const, checkOn: dueOn.add({ days: 21 }).toString() },
    noCheck: false,
  };
  const planned = await act(stage, {
    by: cast.marta,
    at: Temporal.Instant.compare(o.at, daysAgo(stage, 5)) > 0 ? daysAgo(stage, 5) : o.at,
    work: (ctx) => planAction(ctx, action.code, plan),
  });
  const owner = Object.values(cast).find((one) => stage.members.get(one.as) === lead);
  if (owner && throws.chance(0.6))
    await act(stage, {
      by: owner,
      at: daysAgo(stage, 3),
      work: (ctx) => startAction(ctx, action.code, planned.version),
    });
}

type Incident = Awaited<ReturnType<typeof triageIncident>>;
type Case = {
  stage: Stage;
  throws: Dice;
  story: (typeof stories)[number];
  age: number;
  counted: boolean;
  /** A moment so many days ago, never after today. */
  at: (days: number, time: string) => Temporal.Instant;
};

async function tellReport({ stage, throws, story, age, at, counted }: Case): Promise<string> {
  const by = throws.pick(reporters);
  const { code } = await act(stage, {
    by,
    at: at(age, "11:20"),
    work: async (ctx) => {
      // with the report itself: a case that was cut short stays where it came to, and is not told again
      if (counted) await countStep(ctx.db, "demo cases");
      return reportIncident(ctx, {
        title: story.title,
        type: story.type,
        nearMiss: story.nearMiss ?? false,
        harm: story.harm,
        place: story.place,
        mode: throws.chance(0.4) ? "confidential" : "named",
        occurredAt: at(age, "10:40").toString(),
      });
    },
  });
  return code;
}

function tellTriage({ stage, throws, story, age, at }: Case, code: string, lead: string): Promise<Incident> {
  const likelihood = throws.pick(["rare", "possible", "possible", "likely"] as const);
  return act(stage, {
    by: cast.marta,
    at: at(age - (age > 1 ? 1 : 0), "14:05"),
    work: (ctx) =>
      triageIncident(ctx, code, {
        version: 1,
        type: story.type,
        nearMiss: story.nearMiss ?? false,
        actualHarm: story.harm,
        potentialHarm: story.nearMiss ? "moderate" : story.harm,
        likelihood,
        restricted: false,
        tellPatient: "n/a",
        leadId: lead,
      }),
  });
}

async function tellAnalysis({ stage, throws, age, at }: Case, code: string, triaged: Incident): Promise<Incident> {
  await act(stage, {
    by: cast.marta,
    at: at(age - 2, "09:30"),
    work: (ctx) =>
      investigateIncident(ctx, code, {
        version: triaged.version,
        team: [stage.members.get("hanna") ?? "", stage.members.get("bohdan") ?? ""],
      }),
  });
  for (const [time, text] of [
    ["10:20", "Почали роботу за звичайним порядком"],
    ["10:35", "Помітили розбіжність"],
    ["10:40", "Зупинили і повідомили"],
  ] as const)
    await act(stage, {
      by: cast.marta,
      at: at(age - 2, "09:40"),
      work: (ctx) => addTimelineLine(ctx, code, { happenedAt: at(age, time).toString(), text }),
    });
  return act(stage, {
    by: cast.marta,
    at: at(age - 3, "10:00"),
    work: (ctx) =>
      addFactor(ctx, code, {
        text: "Крок не записано в процедурі",
        factor: throws.pick(["task", "team", "environment", "equipment"] as const),
      }),
  });
}

async function tellPlan(o: Case, found: Incident, lead: string): Promise<Incident> {
  const { stage, throws, story, age, at } = o;
  const { code } = found;
  const red = found.level === "red";
  const withAction = throws.chance(0.3) || red;
  if (withAction)
    await tellAction(stage, { code, place: story.place, lead, at: at(age - 5, "11:00"), throws, planned: red });
  return act(stage, {
    by: cast.marta,
    at: at(age - 6, "12:00"),
    work: (ctx) =>
      finishAnalysis(ctx, code, {
        version: found.version,
        conclusion: "Порядок не передбачав цього випадку",
        ...(withAction ? {} : { noActionWhy: "Досить нагадування на п'ятихвилинці" }),
      }),
  });
}

async function tellEnd({ stage, age, at }: Case, analysed: Incident, closes: boolean): Promise<void> {
  const { code } = analysed;
  const incident = await act(stage, {
    by: cast.marta,
    at: at(age - 8, "15:00"),
    work: (ctx) =>
      answerReporter(ctx, code, { version: analysed.version, answer: "Дякуємо, що повідомили. Порядок змінено." }),
  });
  if (!closes || incident.actions.some((one) => one.state === "new")) return;
  const closer = incident.level === "red" && incident.owner?.id === stage.members.get("marta") ? undefined : cast.marta;
  if (closer)
    await act(stage, {
      by: closer,
      at: at(age - 12, "16:00"),
      work: (ctx) =>
        closeIncident(ctx, code, {
          version: incident.version,
          lesson: "Перевіряємо двічі там, де раніше покладалися на пам'ять",
        }),
    });
}

/** Days before today on which the cases happened, oldest first: about one every two days. */
const ages: readonly number[] = (() => {
  const throws = dice(210);
  return numbers
    .map((at) => Math.round(((casesTotal - at) / casesTotal) * 425) - (throws.chance(0.5) ? 0 : 1))
    .map((age) => Math.max(0, age));
})();

/** Tells a case of that number from report to where its age has brought it. */
export async function tellCase(stage: Stage, number: number): Promise<void> {
  const age = ages[number] ?? 0;
  const throws = dice(1000 + number);
  const at = (days: number, time: string) => daysAgo(stage, Math.max(0, days), time);
  const counted = !casesFirst.includes(number);
  const o: Case = { stage, throws, story: throws.pick(stories), age, at, counted };
  const code = await tellReport(o);
  const reach = stageOf(age, throws);
  if (reach < 1) return;
  const lead = stage.members.get(throws.pick(leads)) ?? "";
  const triaged = await tellTriage(o, code, lead);
  if (reach < 2) return;
  const found = await tellAnalysis(o, code, triaged);
  if (reach < 3) return;
  const analysed = await tellPlan(o, found, lead);
  if (reach < 5) return;
  await tellEnd(o, analysed, reach >= 6);
}
