import type { Language } from "#core/contract/words.ts";

/** An instant as the wire carries it (ISO 8601 with offset), or a day of the clinic's calendar (`2026-11-24`). */
export type Moment = string | Date;

const locale = { uk: "uk-UA", en: "en-GB" } as const;

// Intl writes "24 лист." and "січ."; the registers have room for three letters and no full stop.
const shortMonths = {
  uk: ["січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру"],
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
} as const;

const relative = {
  uk: { today: "сьогодні", tomorrow: "завтра", yesterday: "учора" },
  en: { today: "today", tomorrow: "tomorrow", yesterday: "yesterday" },
} as const;

/** Joins number and unit so that a line never breaks between them. */
export const nbsp = "\u00a0";
const minus = "\u2212";
const dayMs = 86_400_000;

const isDay = (moment: Moment): moment is string => typeof moment === "string" && moment.length === 10;
const asDate = (moment: Moment) => (moment instanceof Date ? moment : new Date(moment));

/** Calendar parts of a moment in a zone; a bare day has no zone and is read as it stands. */
function partsOf(moment: Moment, timeZone: string) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: isDay(moment) ? "UTC" : timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  const found = new Map(format.formatToParts(asDate(moment)).map((part) => [part.type, Number(part.value)]));
  const [year, month, day] = [found.get("year") ?? 0, found.get("month") ?? 1, found.get("day") ?? 1];
  return { year, month, day, serial: Math.round(Date.UTC(year, month - 1, day) / dayMs) };
}

/** Writers of numbers and dates for one language and zone; `now` makes relative days testable. */
export function formatter(language: Language, timeZone: string, now: () => Date = () => new Date()) {
  const zoneOf = (moment: Moment) => (isDay(moment) ? "UTC" : timeZone);
  const written = (moment: Moment, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale[language], { ...options, timeZone: zoneOf(moment) }).format(asDate(moment));

  /** "24 лис", with the year when it is not this one: "24 лис 2025". */
  const day = (moment: Moment) => {
    const parts = partsOf(moment, timeZone);
    const year = parts.year === partsOf(now(), timeZone).year ? "" : `${nbsp}${parts.year}`;
    return `${parts.day}${nbsp}${shortMonths[language][parts.month - 1] ?? ""}${year}`;
  };
  /** "14:20", always 24 hours. */
  const time = (moment: Moment) => written(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale[language], { minimumFractionDigits: digits, maximumFractionDigits: digits })
      .format(value)
      .replaceAll(/\s/g, nbsp)
      .replace("-", minus);

  return {
    day,
    time,
    number,
    /** "вівторок, 24 листопада". */
    longDay: (moment: Moment) => written(moment, { weekday: "long", day: "numeric", month: "long" }),
    /** "24 лис, 14:20". */
    dayTime: (moment: Moment) => `${day(moment)}, ${time(moment)}`,
    /** "24.11.2026", for print and forms. */
    fullDay: (moment: Moment) =>
      written(moment, { day: "2-digit", month: "2-digit", year: "numeric" }).replaceAll("/", "."),
    /** "сьогодні", "завтра", "учора", else the short day. */
    nearDay: (moment: Moment) => {
      const away = partsOf(moment, timeZone).serial - partsOf(now(), timeZone).serial;
      if (away === 0) return relative[language].today;
      if (away === 1) return relative[language].tomorrow;
      return away === -1 ? relative[language].yesterday : day(moment);
    },
    /** A share in [0, 1] as "91,9 %" (en "91.9%"). */
    percent: (share: number, digits = 1) => `${number(share * 100, digits)}${language === "uk" ? nbsp : ""}%`,
    /** A difference with its sign: "+11,3", "−2,0". */
    signed: (value: number, digits = 1) => `${value > 0 ? "+" : ""}${number(value, digits)}`,
    /** Minor units (kopiykas, cents) as "650,00 ₴". */
    money: (minor: number, sign = "₴") => `${number(minor / 100, 2)}${nbsp}${sign}`,
  };
}

export type Formatter = ReturnType<typeof formatter>;
