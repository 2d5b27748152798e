import { z } from "zod";

/** Shapes that every contract uses. All limits of a field live here, each with its reason. */

/** A row's id (UUID; version 7 where time may be known, version 4 for rows of anonymous people). */
export const id = z.uuid();

/** Characters that hide or reorder text (bidi controls, zero-width ones, fillers, tags, the braille blank): a name with one can pass for
 *  another. The two selectors between a sign and its picture stay: they follow many emoji. */
const deceiving = /(?![\ufe0e\ufe0f])[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/u;
/** Control characters but line ends and tabs; PostgreSQL cannot even store the first of them. */
const control = /[^\P{Cc}\n\r\t]/u;
/** A lone surrogate cannot be written as UTF-8. */
const wellFormed = (text: string): boolean => text.isWellFormed();

const visible = (max: number, min: number) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine(wellFormed, { params: { code: "text.broken" } })
    .refine((text) => !control.test(text), { params: { code: "text.control-characters" } })
    .transform((text) => text.normalize("NFC"));

/** One line of a length of its own; `min` 0 where it may be left empty. */
export const lineOf = (max: number, min = 1) =>
  visible(max, min)
    .refine((text) => !/[\r\n\t]/.test(text), { params: { code: "text.one-line" } })
    .refine((text) => !deceiving.test(text), { params: { code: "text.hidden-characters" } });
/** One line: a name or a title. 200 characters hold the longest legal name of a clinic we met (143). */
export const line = lineOf(200);
/** Free text of a length of its own. */
export const proseOf = (max: number, min = 1) => visible(max, min);
/** Free text of a person. 4,000 characters are two printed pages. */
export const prose = proseOf(4000);
/** Free text that may be left empty. */
export const proseOrNothing = proseOf(4000, 0);

/** Years of people's lives and of plans about them; PostgreSQL and Temporal each refuse other years than the other. */
const year = /^(?:1[89]|2[01])\d\d-/;
/** Offsets of the world's zones, −12:00…+14:00, and no finer part of a second than a nanosecond. */
const written = /:\d\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-3]):\d\d|\+14:00)$/;
/** Instant in UTC or with an offset, ISO 8601; one without offset is refused, since nobody knows when it was. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => year.test(text) && written.test(text), { params: { code: "time.range" } });
/** Calendar day. */
export const day = z.iso.date().refine((text) => year.test(text), { params: { code: "time.range" } });

/** A whole number of the size that a column holds. */
export const whole = (min: number) => z.number().int().min(min).max(2_147_483_647);
/** The version of a row that somebody has read and now changes. */
export const version = whole(0);

export const email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((text) => text.toLowerCase());

/** Clinic's short name in addresses. */
export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/);

export const language = z.enum(["uk", "en"]);

/** Human code such as INC-0412. */
export const code = z.string().regex(/^[A-Z]{2,4}-\d{1,9}$/);

/** One page of a list: `after` is opaque, `limit` 1…200. */
export const page = z.strictObject({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type Page = z.output<typeof page>;

/** `{items, next?}` */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().optional() });

/** No body: 204. */
export const nothing = z.null();

/** A move of a lifecycle as the screen gets it: shown even when it is not allowed, with the reason. */
export const move = z.object({ name: z.string(), allowed: z.boolean(), reason: z.string().optional() });
export type Move = z.output<typeof move>;
