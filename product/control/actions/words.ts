import { plural } from "#core/contract/words.ts";
import type { Category, kinds, strengths } from "./states.ts";

type Kind = (typeof kinds)[number];
type Strength = (typeof strengths)[number];
type State = "new" | "planned" | "doing" | "checking" | "effective" | "done" | "declined" | "withdrawn";

/** Names of what an action is made of: every screen, print and export says them the same. */
const uk = {
  kinds: {
    correction: "виправлення",
    corrective: "коригувальна",
    preventive: "запобіжна",
    improvement: "поліпшення",
  } satisfies Record<Kind, string>,
  strengths: { strong: "сильна", medium: "середня", weak: "слабка" } satisfies Record<Strength, string>,
  states: {
    new: "нова",
    planned: "заплановано",
    doing: "у роботі",
    checking: "перевірка ефекту",
    effective: "подіяла",
    done: "виконано",
    declined: "відхилено",
    withdrawn: "знято",
  } satisfies Record<State, string>,
  categories: {
    premises: "змінити приміщення",
    device: "новий прилад з перевіреною зручністю",
    forcing: "зробити помилку неможливою",
    simplify: "прибрати зайві кроки",
    standard: "однакове обладнання чи процес",
    leader: "керівник бере участь сам",
    redundancy: "запасний захист",
    workload: "менше навантаження, більше людей",
    software: "змінити програму",
    distraction: "прибрати відволікання",
    checklist: "контрольний список",
    lookalike: "розвести схоже",
    readback: "повторити вголос",
    record: "кращі записи чи зв'язок",
    doublecheck: "подвійна перевірка",
    warning: "попередження, наклейка",
    policy: "новий порядок, інструкція",
    training: "навчання",
    study: "дослідити далі",
  } satisfies Record<Category, string>,
  actions: (n: number) => plural("uk", n, { one: "# дія", few: "# дії", many: "# дій", other: "# дії" }),
};
const en: typeof uk = {
  kinds: { correction: "correction", corrective: "corrective", preventive: "preventive", improvement: "improvement" },
  strengths: { strong: "strong", medium: "medium", weak: "weak" },
  states: {
    new: "new",
    planned: "planned",
    doing: "doing",
    checking: "checking effect",
    effective: "effective",
    done: "done",
    declined: "declined",
    withdrawn: "withdrawn",
  },
  categories: {
    premises: "change the premises",
    device: "new device, tested for use",
    forcing: "make the error impossible",
    simplify: "take out steps",
    standard: "same equipment or process everywhere",
    leader: "leadership takes part",
    redundancy: "a second safeguard",
    workload: "less load, more people",
    software: "change the software",
    distraction: "remove distractions",
    checklist: "checklist",
    lookalike: "set look-alikes apart",
    readback: "read back",
    record: "better records or communication",
    doublecheck: "double check",
    warning: "warning, label",
    policy: "new policy or instruction",
    training: "training",
    study: "study further",
  },
  actions: (n) => plural("en", n, { one: "# action", other: "# actions" }),
};
export const actionWords = { uk, en };
