import { plural } from "#core/contract/words.ts";
import type { Harm } from "./harm.tsx";
import type { VisitState } from "./visit-state.tsx";
import type { Assurance, Variation } from "./variation.tsx";

type KitWords = {
  close: string;
  back: string;
  wait: string;
  more: string;
  copy: string;
  copied: string;
  retry: string;
  undo: string;
  seconds: (n: number) => string;
  goToPart: string;
  support: string;
  offline: string;
  keptHere: (n: number) => string;
  show: string;
  loading: string;
  fixErrors: (n: number) => string;
  remaining: (n: number) => string;
  selectAll: string;
  selectRow: (name: string) => string;
  sortBy: (column: string) => string;
  keys: { row: string; select: string; open: string };
  clear: string;
  remove: (name: string) => string;
  addFilter: string;
  filters: string;
  showTable: string;
  hideTable: string;
  copyLine: string;
  yours: string;
  keepMine: string;
  takeTheirs: (name: string) => string;
  mergeByHand: string;
  askAccess: string;
  accessLogged: string;
  breadcrumb: string;
  dateHint: string;
  calendar: Record<
    "nextMonth" | "previousMonth" | "nextYear" | "previousYear" | "nextDecade" | "previousDecade",
    string
  >;
  notifications: string;
  harm: Record<Harm, string>;
  visit: Record<VisitState, string>;
  variation: Record<Variation, string>;
  assurance: Record<Assurance, string>;
};

const uk: KitWords = {
  close: "Закрити",
  back: "Назад",
  wait: "Зачекайте",
  more: "Ще дії",
  copy: "Копіювати",
  copied: "Скопійовано",
  retry: "Спробувати ще раз",
  undo: "Скасувати",
  seconds: (n) => `${n}\u00a0с`,
  goToPart: "Перейти туди",
  support: "Код для підтримки",
  offline: "Немає зв’язку.",
  keptHere: (n) => `Збережено на пристрої: ${n}`,
  show: "Показати",
  loading: "Завантаження",
  fixErrors: (n) =>
    `Виправте ${plural("uk", n, { one: "# помилку", few: "# помилки", many: "# помилок", other: "# помилки" })}`,
  remaining: (n) =>
    n < 0
      ? `Зайвих: ${plural("uk", -n, { one: "# знак", few: "# знаки", many: "# знаків", other: "# знака" })}`
      : `Лишилося ${plural("uk", n, { one: "# знак", few: "# знаки", many: "# знаків", other: "# знака" })}`,
  selectAll: "Вибрати всі рядки",
  selectRow: (name) => `Вибрати: ${name}`,
  sortBy: (column) => `Упорядкувати: ${column}`,
  keys: { row: "рядок", select: "вибрати", open: "відкрити" },
  clear: "Очистити",
  remove: (name) => `Зняти фільтр «${name}»`,
  addFilter: "Фільтр",
  filters: "Фільтри",
  showTable: "Показати таблицею",
  hideTable: "Сховати таблицю",
  copyLine: "Копіювати рядок обчислення",
  yours: "Ваше",
  keepMine: "Лишити моє",
  takeTheirs: (name) => `Узяти: ${name}`,
  mergeByHand: "Об’єднати вручну",
  askAccess: "Попросити доступ",
  accessLogged: "Запит і відповідь записуються в журнал доступу.",
  breadcrumb: "Де ви",
  dateHint: "дд.мм.рррр",
  calendar: {
    nextMonth: "Наступний місяць",
    previousMonth: "Попередній місяць",
    nextYear: "Наступний рік",
    previousYear: "Попередній рік",
    nextDecade: "Наступне десятиліття",
    previousDecade: "Попереднє десятиліття",
  },
  notifications: "Сповіщення",
  harm: {
    "not-reached": "не дійшло",
    none: "без шкоди",
    low: "легка",
    moderate: "помірна",
    severe: "тяжка",
    death: "смерть",
  },
  visit: {
    planned: "заплановано",
    confirmed: "підтверджено",
    arrived: "на місці",
    "in-room": "у кабінеті",
    done: "завершено",
    "no-show": "неявка",
    cancelled: "скасовано",
    held: "утримано",
  },
  variation: {
    common: "звичайні коливання",
    "better-high": "покращення, вище",
    "better-low": "покращення, нижче",
    "worse-high": "погіршення, вище",
    "worse-low": "погіршення, нижче",
    "neutral-high": "зміна, вище",
    "neutral-low": "зміна, нижче",
  },
  assurance: { pass: "ціль досягається", fail: "ціль не досягається", mixed: "то є, то ні", none: "без цілі" },
};

const en: KitWords = {
  close: "Close",
  back: "Back",
  wait: "Please wait",
  more: "More actions",
  copy: "Copy",
  copied: "Copied",
  retry: "Try again",
  undo: "Undo",
  seconds: (n) => `${n}\u00a0s`,
  goToPart: "Go there",
  support: "Code for support",
  offline: "No connection.",
  keptHere: (n) => `Kept on this device: ${n}`,
  show: "Show",
  loading: "Loading",
  fixErrors: (n) => `Correct ${plural("en", n, { one: "# error", other: "# errors" })}`,
  remaining: (n) =>
    n < 0
      ? `${plural("en", -n, { one: "# character", other: "# characters" })} too many`
      : `${plural("en", n, { one: "# character", other: "# characters" })} left`,
  selectAll: "Select all rows",
  selectRow: (name) => `Select: ${name}`,
  sortBy: (column) => `Sort by: ${column}`,
  keys: { row: "row", select: "select", open: "open" },
  clear: "Clear",
  remove: (name) => `Lift the filter “${name}”`,
  addFilter: "Filter",
  filters: "Filters",
  showTable: "Show as table",
  hideTable: "Hide table",
  copyLine: "Copy the compute line",
  yours: "Yours",
  keepMine: "Keep mine",
  takeTheirs: (name) => `Take: ${name}`,
  mergeByHand: "Merge by hand",
  askAccess: "Ask for access",
  accessLogged: "Request and answer are written to the access log.",
  breadcrumb: "Where you are",
  dateHint: "dd.mm.yyyy",
  calendar: {
    nextMonth: "Next month",
    previousMonth: "Previous month",
    nextYear: "Next year",
    previousYear: "Previous year",
    nextDecade: "Next decade",
    previousDecade: "Previous decade",
  },
  notifications: "Notifications",
  harm: {
    "not-reached": "not reached",
    none: "no harm",
    low: "low",
    moderate: "moderate",
    severe: "severe",
    death: "death",
  },
  visit: {
    planned: "planned",
    confirmed: "confirmed",
    arrived: "arrived",
    "in-room": "in room",
    done: "done",
    "no-show": "no-show",
    cancelled: "cancelled",
    held: "on hold",
  },
  variation: {
    common: "common cause",
    "better-high": "improvement, higher",
    "better-low": "improvement, lower",
    "worse-high": "concern, higher",
    "worse-low": "concern, lower",
    "neutral-high": "change, higher",
    "neutral-low": "change, lower",
  },
  assurance: { pass: "target is met", fail: "target is not met", mixed: "hit or miss", none: "no target" },
};

export const kitWords = { uk, en };
