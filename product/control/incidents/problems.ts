import type { Problems } from "#core/contract/problem.ts";

/** What may stand in the way of a case, each with its way out. */
export const problems = {
  "incident.unknown": { status: 404, uk: "Такої події немає.", en: "There is no such incident." },
  "incident.moved-meanwhile": {
    status: 409,
    uk: "Подію щойно перевели в інший стан. Оновіть сторінку.",
    en: "The incident was moved meanwhile. Reload the page.",
  },
  "incident.changed-meanwhile": {
    status: 409,
    uk: "Подію змінено, поки ви писали. Порівняйте обидві версії.",
    en: "The incident changed while you were writing. Compare both versions.",
  },
  "incident.move-not-allowed": {
    status: 409,
    uk: "З цього стану так перейти не можна.",
    en: "This move is not possible from here.",
  },
  "incident.in-future": {
    status: 422,
    uk: "Подія не може статися в майбутньому.",
    en: "An incident cannot happen in the future.",
  },
  "incident.reason-needed": { status: 422, uk: "Потрібне пояснення.", en: "A reason is needed." },
  "incident.team-needed": {
    status: 409,
    uk: "Червоний рівень розбирають щонайменше двоє.",
    en: "A red incident is analysed by two people at least.",
  },
  "incident.lead-involved": {
    status: 409,
    uk: "Розбір не веде той, хто був у події.",
    en: "Somebody involved cannot lead the analysis.",
  },
  "incident.too-deep": {
    status: 422,
    uk: "Не глибше семи «чому»: зупиніться на причині, яку заклад може змінити.",
    en: "Seven whys at most: stop at a cause the clinic can change.",
  },
  "incident.causes-missing": {
    status: 409,
    leadsTo: "factors",
    uk: "Додайте щонайменше одну причину.",
    en: "Add one contributing factor at least.",
  },
  "incident.timeline-missing": {
    status: 409,
    leadsTo: "timeline",
    uk: ({ count }: { count: number }) => `Додайте до хронології щонайменше рядків: ${count}.`,
    en: ({ count }: { count: number }) => `Add at least ${count} lines to the timeline.`,
  },
  "incident.conclusion-missing": {
    status: 409,
    leadsTo: "conclusion",
    uk: "Напишіть висновок розбору.",
    en: "Write the conclusion of the analysis.",
  },
  "incident.action-missing": {
    status: 409,
    leadsTo: "actions",
    uk: "Додайте дію або поясніть, чому її немає.",
    en: "Add an action or say why there is none.",
  },
  "incident.weak-only": {
    status: 409,
    leadsTo: "actions",
    uk: "Червоний рівень потребує сильної або середньої дії.",
    en: "A red incident needs a strong or medium action.",
  },
  "incident.patient-not-told": {
    status: 409,
    leadsTo: "tell-patient",
    uk: "Спершу розкажіть пацієнту.",
    en: "Tell the patient first.",
  },
  "incident.unanswered": {
    status: 409,
    leadsTo: "answer",
    uk: "Спершу дайте відповідь тому, хто повідомив.",
    en: "Answer whoever reported it first.",
  },
  "incident.actions-open": {
    status: 409,
    leadsTo: "actions",
    uk: ({ count }: { count: number }) => `Ще не вирішено дій: ${count}. Сплануйте або відхиліть їх.`,
    en: ({ count }: { count: number }) => `Actions not decided yet: ${count}. Plan or decline them.`,
  },
  "incident.closer-is-lead": {
    status: 409,
    uk: "Червоний рівень закриває не той, хто вів розбір.",
    en: "A red incident is closed by somebody other than its lead.",
  },
  "incident.merge-into-itself": {
    status: 422,
    uk: "Подію не можна об'єднати саму з собою.",
    en: "An incident cannot be merged into itself.",
  },
  "incident.undo-late": { status: 409, uk: "Скасувати вже не можна.", en: "It is too late to undo this." },
} satisfies Problems;
