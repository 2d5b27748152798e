import { z } from "zod";

/** A part of a shape as JSON Schema says it: as much of it as choosing good and bad values needs. */
const node = z.looseObject({
  type: z.string().optional(),
  get properties() {
    return z.record(z.string(), node).optional();
  },
  get items() {
    return node.optional();
  },
  get anyOf() {
    return z.array(node).optional();
  },
  required: z.array(z.string()).optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxItems: z.number().optional(),
});
export type Node = z.output<typeof node>;
type Path = readonly (string | number)[];
/** A place in a body or query, what its shape says, and whether it may be null. */
export type Field = { path: Path; node: Node; isNullable: boolean };

/** What a request may hold, as its shape says. */
export const nodeOf = (shape: z.ZodType): Node =>
  node.parse(z.toJSONSchema(shape, { io: "input", unrepresentable: "any" }));

/** Every place of a shape, outermost first; one item stands for all of a list. */
export function fieldsOf(of: Node, path: Path = []): Field[] {
  const isNullable = (of.anyOf ?? []).some(({ type }) => type === "null");
  const inner = of.anyOf?.find(({ type }) => type !== "null") ?? of;
  const own: Field[] = path.length === 0 ? [] : [{ path, node: inner, isNullable }];
  const named = Object.entries(inner.properties ?? {}).flatMap(([name, child]) => fieldsOf(child, [...path, name]));
  return [...own, ...named, ...(inner.items ? fieldsOf(inner.items, [...path, 0]) : [])];
}

/** The JSON pointer a refusal names a place by. */
export const pointerOf = (path: Path): string => path.map((part) => `/${part}`).join("");

/** A copy of a JSON value with another value at a place. */
export function withAt(whole: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(whole)) return whole.map((one, at) => (at === first ? withAt(one, rest, value) : one));
  const before = typeof whole === "object" && whole !== null ? whole : {};
  return { ...before, [first]: withAt(Object(before)[first], rest, value) };
}

/** Texts of every form our shapes ask for; the first that fits is taken. */
const texts = [
  "Мороз",
  "ivan@patient.example",
  "2026-06-01",
  "2026-06-01T10:00:00Z",
  "2026-06",
  "00000000-0000-4000-8000-000000000000",
  "INC-999999",
  "VIS-999999",
  "F01",
  "A".repeat(43),
  "a".repeat(22),
  "a".repeat(64),
  "true",
  "UA",
  "nothing",
  "correct horse battery",
] as const;

/** A value that fits: `known` names things that exist, by the field's name. */
export function goodValue(of: Node, known: Readonly<Record<string, unknown>>, name = ""): unknown {
  const inner = of.anyOf?.find(({ type }) => type !== "null") ?? of;
  if (name in known) return known[name];
  if (inner.enum) return inner.enum[0];
  if (inner.properties)
    return Object.fromEntries(
      Object.entries(inner.properties).map(([key, child]) => [key, goodValue(child, known, key)]),
    );
  if (inner.items) return [goodValue(inner.items, known, name)];
  if (inner.type === "boolean") return false;
  if (inner.type === "number" || inner.type === "integer") return Math.max(1, inner.minimum ?? 1);
  const fits = (text: string) =>
    (inner.pattern === undefined || new RegExp(inner.pattern).test(text)) &&
    text.length <= (inner.maxLength ?? Infinity);
  return texts.find(fits) ?? "";
}

const raw = Symbol("JSON as it stands");
/** A JSON text that no JavaScript value is written as: it is put into the body as it stands. */
type Literal = { [raw]: string };
const literal = (json: string): Literal => ({ [raw]: json });
const isLiteral = (value: unknown): value is Literal => typeof value === "object" && value !== null && raw in value;

const wrongTypes: Readonly<Record<string, readonly unknown[]>> = {
  string: [42, true, {}, [], null],
  number: ["12", true, {}, [1], null],
  integer: ["12", true, {}, [1], null, 1.5],
  boolean: ["true", 1, {}, [], null],
  array: [{}, "x", 1, null],
  object: [[], "x", 1, null],
};
const wrongTexts: Readonly<Record<string, readonly string[]>> = {
  date: [
    "2026-02-30",
    "24.11.2026",
    "2026-2-3",
    "2026-11-24T10:00:00Z",
    "0000-01-01",
    "'; drop table clinic.visit; --",
  ],
  "date-time": [
    "2026-11-24T10:00:00",
    "2026-11-24",
    "2026-02-30T10:00:00Z",
    "2026-11-24T25:00:00Z",
    "2026-11-24T10:00:00+25:00",
    "2026-11-24T10:00:00+18:00",
    "0000-01-01T00:00:00Z",
    "2026-11-24T10:00:00.12345678901Z",
  ],
  uuid: ["'; drop table clinic.visit; --", "00000000-0000-4000-8000-00000000000", "1"],
};

/** Values that no field of this kind takes, whatever else its shape says. */
export function badValues({ node: of, isNullable }: Field): unknown[] {
  const bad: unknown[] = (wrongTypes[of.type ?? ""] ?? []).filter((value) => value !== null || !isNullable);
  if (of.type === "number" || of.type === "integer") bad.push(literal("1e400"), literal("-1e400"));
  if (of.type === "integer") bad.push(literal("9007199254740993"), 2 ** 31, -(2 ** 31) - 1);
  if (of.type === "array") bad.push(Array.from({ length: (of.maxItems ?? 5000) + 1 }, () => null));
  if (of.type === "string")
    bad.push(
      ...(of.enum ? ["unknown-code", ""] : []),
      ...(wrongTexts[of.format ?? ""] ?? []),
      ...(of.pattern && !of.format ? ["'; drop table clinic.visit; --", "\u202eINC-1"] : []),
      "Мор\u0000оз",
      literal('"Мор\\ud800оз"'),
      "x".repeat((of.maxLength ?? 25_000) + 1),
    );
  return bad;
}

/** JSON of a body whose literals stand as they are. */
export function jsonOf(body: unknown): string {
  const marks = new Map<string, string>();
  const text = JSON.stringify(body, (_, value: unknown) => {
    if (!isLiteral(value)) return value;
    const mark = `literal-${marks.size}-of-this-body`;
    marks.set(mark, value[raw]);
    return mark;
  });
  return [...marks].reduce((json, [mark, literal]) => json.replace(`"${mark}"`, () => literal), text);
}
