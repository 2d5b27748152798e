import type { Language } from "#core/contract/words.ts";

const scores: Record<Language, readonly [score: number, words: string][]> = {
  uk: [
    [1, "Дуже добре"],
    [2, "Добре"],
    [3, "Ні добре, ні погано"],
    [4, "Погано"],
    [5, "Дуже погано"],
    [6, "Не знаю"],
  ],
  en: [
    [1, "Very good"],
    [2, "Good"],
    [3, "Neither good nor poor"],
    [4, "Poor"],
    [5, "Very poor"],
    [6, "Don’t know"],
  ],
};

/** Words of the answer page, both languages side by side. */
export const surveyWords = {
  uk: {
    scores: scores.uk,
    other: "English",
    otherLabel: "Switch to English",
    where: (place: string) => `Відділення: ${place}`,
    why: "Чому ви так відповіли?",
    whyHint: "Можна пропустити. До 4000 символів.",
    warn: "Не пишіть імен і хвороб. Коментар прочитає менеджер з якості.",
    wantsAnswer: "Хочу побачити відповідь: дайте мені код",
    contact: "Або залиште, як із вами зв’язатися",
    contactHint: "Телефон чи пошта, за бажанням. Тоді відповідь уже не анонімна.",
    send: "Надіслати",
    promise:
      "Відповідь не пов’язана з вашим ім’ям. Зберігаємо лише день, оцінку, ваші слова і відділення або філію, якщо туди запросили щонайменше п’ятьох. Посилання зникає разом із відповіддю.",
    honest:
      "Що лишається можливим: хто саме в цю хвилину стежить за базою даних, міг би здогадатися, звідки прийшла відповідь.",
    errorPrefix: "Помилка: ",
    errorTitle: "Відповідь ще не надіслано",
    chooseScore: "Оберіть одну з відповідей.",
    longComment: "Коментар довший за 4000 символів. Скоротіть його.",
    badComment: "Коментар містить символи, яких не можна зберегти. Приберіть їх.",
    badContact: "Контакт має бути одним рядком до 200 символів.",
    thanks: "Дякуємо",
    thanksText: "Вашу відповідь збережено. Вона допоможе нам стати кращими.",
    codeIntro: "Ваш код. Запишіть його: показуємо один раз і не можемо відновити.",
    urgent: "Якщо вам зараз зле, телефонуйте 103.",
    deadTitle: "Посилання вже не діє",
    deadText: "Воно одноразове або його час минув. Якщо хочете щось сказати, зателефонуйте до закладу.",
    closedTitle: "Опитування закрито",
    closedText: "Дякуємо за бажання відповісти.",
    busyTitle: "Не вдалося зберегти відповідь",
    busyText: "Ваше посилання ще діє. Поверніться й надішліть ще раз за хвилину.",
  },
  en: {
    scores: scores.en,
    other: "Українська",
    otherLabel: "Перейти на українську",
    where: (place: string) => `Department: ${place}`,
    why: "Why did you answer so?",
    whyHint: "You may skip this. Up to 4,000 characters.",
    warn: "Please write no names and no illnesses. The quality manager reads comments.",
    wantsAnswer: "I want to see an answer: give me a code",
    contact: "Or leave a way to reach you",
    contactHint: "Phone or e-mail, if you wish. The answer is then no longer anonymous.",
    send: "Send",
    promise:
      "The answer is not tied to your name. We keep only the day, the score, your words, and the department or site if at least five people were invited there. The link goes with the answer.",
    honest:
      "What stays possible: somebody who watches the database at this very minute could guess where the answer came from.",
    errorPrefix: "Error: ",
    errorTitle: "The answer has not been sent yet",
    chooseScore: "Choose one of the answers.",
    longComment: "The comment is over 4,000 characters. Please shorten it.",
    badComment: "The comment holds characters that cannot be kept. Please remove them.",
    badContact: "The contact must be one line of up to 200 characters.",
    thanks: "Thank you",
    thanksText: "Your answer is kept. It helps us get better.",
    codeIntro: "Your code. Write it down: it is shown once and cannot be recovered.",
    urgent: "If you feel unwell right now, call 103.",
    deadTitle: "This link no longer works",
    deadText: "It works once, or its time is over. If you want to tell us something, please call the clinic.",
    closedTitle: "The survey is closed",
    closedText: "Thank you for wanting to answer.",
    busyTitle: "The answer could not be kept",
    busyText: "Your link still works. Go back and send it again in a minute.",
  },
} satisfies Record<Language, object>;

export type SurveyWords = (typeof surveyWords)["uk"] | (typeof surveyWords)["en"];
