import { sql, type RawBuilder } from "kysely";
import { problem } from "#core/contract/problem.ts";
import { day, id, instant } from "#core/contract/shapes.ts";

type Key = (string | number | null)[];

/** Opaque `after` of a list: the sort key of the last row shown. */
export const encodeAfter = (key: Key): string => Buffer.from(JSON.stringify(key)).toString("base64url");

const kinds = { instant, day, id };
/** Columns of a sort key, in order, and what each holds. */
type Columns = Readonly<Record<string, keyof typeof kinds>>;

/** Throws `request.invalid` on text that no list of ours gave out: the database would choke on a value of another kind. */
function decodeAfter(after: string, columns: Columns): string[] {
  const wanted = Object.values(columns);
  try {
    const key: unknown = JSON.parse(Buffer.from(after, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === wanted.length) return wanted.map((kind, at) => kinds[kind].parse(key[at]));
  } catch {
    // falls through to the same answer
  }
  throw problem("request.invalid");
}

/** Condition "after this row": `(a, b) > ($1, $2)`, or `<` for newest first. No `after` → true. */
export function afterKey(
  columns: Columns,
  after: string | undefined,
  direction: "asc" | "desc" = "asc",
): RawBuilder<boolean> {
  if (after === undefined) return sql<boolean>`true`;
  const key = decodeAfter(after, columns);
  const left = sql.join(Object.keys(columns).map((column) => sql.ref(column)));
  const right = sql.join(key.map((part) => sql.val(part)));
  return direction === "asc" ? sql<boolean>`(${left}) > (${right})` : sql<boolean>`(${left}) < (${right})`;
}

/** Cuts the one row too many that tells whether there is a next page. */
export function pageOfRows<Row>(rows: Row[], limit: number, keyOf: (row: Row) => Key): { items: Row[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: encodeAfter(keyOf(last)) } : { items };
}
