import type { Both } from "#core/contract/words.ts";
import { excerpt } from "#core/contract/excerpt.ts";
import type { FaultGroup } from "./contract.ts";

/** Why a line is refused: the group says what would mend it, the code what exactly is wrong, the field where. `found` only where the
 *  value says nothing of a person. */
export class RowFault extends Error {
  readonly group: FaultGroup;
  readonly code: string;
  readonly field: string;
  readonly found: string | undefined;
  constructor(group: FaultGroup, o: { code: string; field?: string; found?: string | undefined }) {
    super(o.code);
    this.name = "RowFault";
    this.group = group;
    this.code = o.code;
    this.field = o.field ?? "";
    this.found = o.found === undefined ? undefined : excerpt(o.found, foundMax);
  }
}

/** Of a value found, so much is shown: the longest code of the systems we know has 18 characters. */
const foundMax = 60;

export const groupWords: Record<FaultGroup, Both> = {
  line: {
    uk: "Рядок не прочитано: це не цілий об'єкт JSON в UTF-8, або він завеликий. Вивантажте файл заново.",
    en: "The line could not be read: no whole JSON object in UTF-8, or too large. Export the file again.",
  },
  type: {
    uk: "У файлі ресурс іншого типу. Кожен файл має містити один тип.",
    en: "A resource of another type stands in the file. Each file holds one type.",
  },
  id: {
    uk: "Ідентифікатора немає, він хибний або повторюється. Лишіть один рядок на ресурс.",
    en: "The id is missing, malformed or repeated. Keep one line a resource.",
  },
  reference: {
    uk: "Посилання веде до ресурсу, якого немає. Додайте файл, у якому він є.",
    en: "A reference leads to a resource that is not there. Add the file that holds it.",
  },
  "time-zone": {
    uk: "Час без зміщення від UTC: невідомо, коли це було. Додайте зміщення, наприклад +02:00.",
    en: "A time without its offset from UTC: nobody knows when it was. Add one, such as +02:00.",
  },
  time: {
    uk: "Такого часу бути не може: у майбутньому, до 1900 року, кінець до початку або не дата.",
    en: "Such a time cannot be: in the future, before 1900, an end before its start, or no date.",
  },
  code: {
    uk: "Невідомий код або стан, який не береться. Зіставте його з відомим.",
    en: "An unknown code, or a state that is not taken. Map it to a known one.",
  },
  missing: {
    uk: "Бракує обов'язкового поля.",
    en: "A needed field is missing.",
  },
  text: {
    uk: "Текст із невидимими або керівними символами, або задовгий.",
    en: "Text with invisible or control characters, or too long.",
  },
  "changed-here": {
    uk: "Цей запис уже змінено тут, тож лишилася ваша редакція.",
    en: "This record was changed here since, so yours was kept.",
  },
};

/** Worth knowing about lines that were taken. */
export const noteWords = {
  "name.digits": { uk: "Цифри в імені: прийнято, перевірте", en: "Digits in a name: taken, check them" },
  "name.alias": { uk: "Колишнє прізвище збережено як друге ім'я", en: "A former surname was kept as an alias" },
  "identifier.other-system": { uk: "Номери інших систем", en: "Numbers of other systems" },
  "identifier.check": { uk: "Контрольна цифра номера не сходиться", en: "A number's check digit does not hold" },
  "patient.deceased": { uk: "Померлі: їм нічого не надсилається", en: "People who have died: nothing is sent to them" },
  "patient.extensions": { uk: "Розширення збережено без тлумачення", en: "Extensions kept without being read" },
  "contact.unreadable": {
    uk: "Контакт не схожий на телефон чи пошту",
    en: "A contact that is neither phone nor e-mail",
  },
  "site.unnamed": { uk: "Філія без назви", en: "A place without a name" },
  "visit.after-death": { uk: "Візити після дати смерті", en: "Visits after the day of death" },
  "visit.long": { uk: "Візити, довші за добу", en: "Visits of over 24 hours" },
  "time.day-only": { uk: "Дата без часу: взято початок дня", en: "A day without time: its start was taken" },
  "diagnosis.outside-visit": {
    uk: "Діагнози поза часом свого візиту",
    en: "Diagnoses outside the time of their visit",
  },
  "diagnosis.finding": { uk: "Знахідки, не діагнози", en: "Findings, not diagnoses" },
  "diagnosis.social": {
    uk: "Соціальні обставини: не показуються серед діагнозів",
    en: "Social circumstances: not shown among diagnoses",
  },
  "procedure.outside-visit": {
    uk: "Процедури поза часом свого візиту",
    en: "Procedures outside the time of their visit",
  },
  "procedure.zero-length": { uk: "Процедури нульової тривалості", en: "Procedures of zero length" },
  "text.formula": {
    uk: "Текст починається як формула: збережено як текст",
    en: "Text begins as a formula: kept as text",
  },
} satisfies Record<string, Both>;
export type NoteCode = keyof typeof noteWords;
export const isNote = (code: string): code is NoteCode => code in noteWords;
