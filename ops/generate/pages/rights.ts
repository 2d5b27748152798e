import { bundles, isRight, userTypes, type UserType } from "#core/access/rights.ts";
import type { Route } from "#core/contract/route.ts";
import { folder, madeBy, table, type Pages } from "../product.ts";

const used = userTypes.filter((type) =>
  Object.values(bundles).some((held: readonly UserType[]) => held.includes(type)),
);
const doorOf = ({ method, path, outside }: Route): string => `\`${method} ${outside ? "" : "/api/c/:slug"}${path}\``;

/** Who may do what, and which doors each right opens. */
export function rightsPage(routes: readonly Route[]): Pages {
  const matrix = Object.entries(bundles).map(([right, held]: [string, readonly UserType[]]) => [
    `\`${right}\``,
    ...used.map((type) => (held.includes(type) ? "●" : "")),
  ]);
  const doors = Object.keys(bundles).map((right) => {
    const opened = routes.filter((route) => route.right === right);
    return [`\`${right}\``, opened.map(doorOf).join("<br>") || "no route of its own"];
  });
  const others = routes.filter((route) => !isRight(route.right));
  const text = `${madeBy}
# Rights

Deny by default: a user type without a mark does not hold the right. From \`core/access/rights.ts\`.

${table(["right", ...used], matrix)}

User types that hold no right yet: ${userTypes.filter((type) => !used.includes(type)).join(", ") || "none"}.

## What each right opens

${table(["right", "routes"], doors)}

## Routes without a right of the matrix

\`public\` is for everybody, within its limit; \`self\` for every person who is signed in, about own things.

${table(
  ["route", "right", "session"],
  others.map((route) => [doorOf(route), route.right, route.session ?? "bound"]),
)}
`;
  return new Map([[`${folder}/rights.md`, text]]);
}
