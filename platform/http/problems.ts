import type { Problems } from "#core/contract/problem.ts";

const seconds = ({ seconds }: { seconds: number }) => seconds;

/** What the platform itself may answer. A capability lists its own beside its contract. */
export const platformProblems = {
  "session.none": { status: 401, uk: "Увійдіть, щоб продовжити.", en: "Sign in to continue." },
  "session.locked": {
    status: 401,
    uk: "Сеанс заблоковано. Розблокуйте його.",
    en: "The session is locked. Unlock it.",
  },
  "session.ended": { status: 401, uk: "Сеанс завершено. Увійдіть знову.", en: "The session has ended. Sign in again." },
  "session.proof": {
    status: 401,
    uk: "Запит не підписано ключем цього сеансу.",
    en: "The request is not signed by this session's key.",
  },
  "session.replay": { status: 401, uk: "Цей запит уже виконано раніше.", en: "This request was already used." },
  "session.token-stale": {
    status: 401,
    uk: "Тимчасовий ключ застарів, його буде оновлено.",
    en: "The temporary token is stale and will be renewed.",
  },
  "session.refresh-late": {
    status: 401,
    uk: "Запит на оновлення ключа запізнився.",
    en: "The request to renew the token came too late.",
  },
  "session.clock": {
    status: 401,
    uk: "Годинник пристрою розходиться з годинником сервера.",
    en: "The device's clock differs from the server's.",
  },
  "session.site": { status: 403, uk: "Запит надійшов з іншого сайту.", en: "The request came from another site." },
  "right.missing": {
    status: 403,
    uk: "У вас немає цього права. Його може надати власник закладу.",
    en: "You do not hold this right. The clinic's owner can grant it.",
  },
  "right.step-up": { status: 403, uk: "Підтвердьте дію ще раз.", en: "Confirm this act once more." },
  "clinic.unknown": { status: 404, uk: "Такого закладу немає.", en: "There is no such clinic." },
  "route.unknown": { status: 404, uk: "Такої адреси немає.", en: "There is no such address." },
  "link.dead": { status: 410, uk: "Посилання вже не діє.", en: "This link no longer works." },
  "request.malformed": { status: 400, uk: "Запит не вдалося прочитати.", en: "The request could not be read." },
  "request.method": {
    status: 405,
    uk: "Ця адреса не приймає такий метод.",
    en: "This address does not take that method.",
  },
  "request.slow": { status: 408, uk: "Запит надходив надто повільно.", en: "The request arrived too slowly." },
  "request.too-large": {
    status: 413,
    uk: "Запит завеликий: найбільше 1 МБ.",
    en: "The request is too large: 1 MB at most.",
  },
  "request.type": { status: 415, uk: "Очікується application/json.", en: "application/json is expected." },
  "request.host": {
    status: 421,
    uk: "Сервер не відповідає під цим іменем.",
    en: "The server does not answer to this name.",
  },
  "request.headers": { status: 431, uk: "Заголовки запиту завеликі.", en: "The request's headers are too large." },
  "request.invalid": { status: 422, uk: "Виправте позначені поля.", en: "Correct the marked fields." },
  "request.key-reused": {
    status: 422,
    uk: "Цей ключ повтору вже використано для іншого запиту.",
    en: "This idempotency key was used for another request.",
  },
  "request.in-progress": {
    status: 409,
    uk: "Такий самий запит ще виконується.",
    en: "The same request is still in progress.",
  },
  "request.too-many": {
    status: 429,
    uk: "Забагато запитів. Спробуйте за хвилину.",
    en: "Too many requests. Try again in a minute.",
  },
  "service.busy": {
    status: 503,
    uk: (f: { seconds: number }) => `Сервер зайнятий. Спробуйте за ${seconds(f)} с.`,
    en: (f: { seconds: number }) => `The server is busy. Try again in ${seconds(f)} s.`,
  },
  "service.database-away": {
    status: 503,
    uk: "База даних недоступна. Нічого не втрачено, спробуйте ще раз.",
    en: "The database is away. Nothing is lost; try again.",
  },
  "service.read-only": {
    status: 503,
    uk: "Сервер тимчасово лише для читання.",
    en: "The server is read-only for now.",
  },
  "service.unexpected": {
    status: 500,
    uk: "Сталася неочікувана помилка. Назвіть підтримці код запиту.",
    en: "Something unexpected happened. Give support the request code.",
  },
} satisfies Problems;
