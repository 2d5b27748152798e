import { useLanguage } from "#web/kit/language.tsx";
import type { FieldProblem } from "#web/kit/error-summary.tsx";
import { ApiProblem, Offline } from "./api.ts";

const words = {
  uk: { offline: "Немає зв'язку. Написане збережено на пристрої.", other: "Не вдалося надіслати. Спробуйте ще раз." },
  en: { offline: "No connection. What you wrote is kept on this device.", other: "It could not be sent. Try again." },
};

/** Why the server refused, in the person's language. `leadsTo` names the part of the screen where the way out begins;
 *  `fields` are the errors of single fields, by the name of the field in the request. */
export type Refused = { code: string; text: string; leadsTo?: string; fields: readonly FieldProblem[] };

/** The refusal of the first of these requests that was refused, or undefined. */
export function useRefusal(...problems: readonly (Error | null)[]): Refused | undefined {
  const { language } = useLanguage();
  const problem = problems.find((one) => one !== null);
  if (!problem) return undefined;
  if (problem instanceof Offline) return { code: "offline", text: words[language].offline, fields: [] };
  if (!(problem instanceof ApiProblem)) return { code: "page", text: words[language].other, fields: [] };
  const { body } = problem;
  return {
    code: body.code,
    text: body[language],
    ...(body.leadsTo ? { leadsTo: body.leadsTo } : {}),
    fields: (body.errors ?? []).map((one) => ({ field: one.pointer.replace(/^\//, ""), text: one[language] })),
  };
}
