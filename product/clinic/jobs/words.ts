import { plural } from "#core/contract/words.ts";

const uk = {
  title: "Системні роботи",
  views: { open: "Зупинені", all: "Усі" },
  viewsLabel: "Які роботи",
  what: "Що мало статися",
  reactions: {
    "invite-to-survey": "Запросити пацієнта до опитування після візиту",
    "raise-low-score": "Підняти сигнал про низьку оцінку",
    "open-from-signal": "Відкрити подію за сигналом",
  },
  why: "Чому не сталося",
  tries: "Спроб",
  day: "Зупинено",
  sent: "Запущено знову",
  retry: "Запустити знову",
  retried: "Роботу запущено знову. Якщо вона знову не вдасться, то повернеться сюди.",
  range: (n: number) => plural("uk", n, { one: "# робота", few: "# роботи", many: "# робіт", other: "# роботи" }),
  none: "Усе, що мало статися, сталося",
  noneWhy: "Сюди потрапляє те, що не вдалося за п'ять спроб протягом години.",
  more: "Показати далі",
};

const en: typeof uk = {
  title: "System jobs",
  views: { open: "Stopped", all: "All" },
  viewsLabel: "Which jobs",
  what: "What should have happened",
  reactions: {
    "invite-to-survey": "Invite the patient to the survey after a visit",
    "raise-low-score": "Raise a signal about a low score",
    "open-from-signal": "Open an incident from a signal",
  },
  why: "Why it did not",
  tries: "Tries",
  day: "Stopped",
  sent: "Sent again",
  retry: "Send again",
  retried: "The job was sent again. If it fails once more, it comes back here.",
  range: (n: number) => plural("en", n, { one: "# job", other: "# jobs" }),
  none: "Everything that should have happened did",
  noneWhy: "What did not succeed in five tries within an hour comes here.",
  more: "Show more",
};

export const jobWords = { uk, en };
