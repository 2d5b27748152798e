import type { Problems } from "#core/contract/problem.ts";
import type { Route } from "#core/contract/route.ts";
import { folder, madeBy, table, type Pages } from "../product.ts";

type Text = Problems[string]["uk"];

/** A text with the names of its facts in braces. One that counts needs a number: then 5 stands for every fact. */
function shown(text: Text): string {
  if (typeof text === "string") return text;
  const facts = (value: (name: string) => unknown) =>
    new Proxy({}, { get: (_, name) => (typeof name === "string" ? value(name) : undefined) });
  // the definition types its own facts; the proxy has every one of them
  const say = text as (facts: object) => string;
  try {
    const named = say(facts((name) => `{${name}}`));
    if (!named.includes("NaN") && !named.includes("undefined")) return named;
  } catch {
    // it did arithmetic on the name
  }
  return say(facts(() => 5));
}

/** Every code a person or a program may be answered with. */
export function problemsPage(problems: Problems, routes: readonly Route[]): Pages {
  const rows = Object.entries(problems)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, uk, en, leadsTo }]) => {
      const acts = routes.filter((route) => route.problems.includes(code)).map(({ act }) => `\`${act}\``);
      return [
        `<a id="${code}"></a>\`${code}\``,
        String(status),
        shown(uk),
        shown(en),
        leadsTo ?? "",
        acts.join(", ") || "the platform",
      ];
    });
  return new Map([
    [
      `${folder}/problems.md`,
      `${madeBy}\n# Problems\n\nEvery refusal has a stable code and both languages (RFC 9457, \`application/problem+json\`). The last column says which acts may answer so; those of the platform may come from any route.\n\n${table(["code", "status", "українською", "in English", "leads to", "acts"], rows)}\n`,
    ],
  ]);
}
