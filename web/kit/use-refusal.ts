import type { FieldError } from "#core/contract/problem.ts";
import type { Both } from "#core/contract/words.ts";
import type { FieldProblem } from "./error-summary.tsx";
import { useLanguage } from "./language.tsx";

const words = {
  uk: { offline: "Немає зв'язку. Написане збережено на пристрої.", other: "Не вдалося надіслати. Спробуйте ще раз." },
  en: { offline: "No connection. What you wrote is kept on this device.", other: "It could not be sent. Try again." },
};

/** Why the server refused, in the person's language. `leadsTo` names the part of the screen where the way out begins;
 *  `fields` are the errors of single fields, by the name of the field in the request. */
export type Refused = { code: string; text: string; leadsTo?: string; fields: readonly FieldProblem[] };

type Answered = Both & { code: string; leadsTo?: string; errors?: readonly FieldError[] };

/** The kit does not know the client: a refusal is an error that carries the server's words as `body`. */
const hasBody = (error: Error): error is Error & { body: Answered } =>
  "body" in error &&
  typeof error.body === "object" &&
  error.body !== null &&
  "code" in error.body &&
  "uk" in error.body;

/** The refusal of the first of these requests that was refused, or undefined. */
export function useRefusal(...problems: readonly (Error | null)[]): Refused | undefined {
  const { language } = useLanguage();
  const problem = problems.find((one) => one !== null);
  if (!problem) return undefined;
  if (problem.name === "Offline") return { code: "offline", text: words[language].offline, fields: [] };
  if (!hasBody(problem)) return { code: "page", text: words[language].other, fields: [] };
  const { body } = problem;
  return {
    code: body.code,
    text: body[language],
    ...(body.leadsTo ? { leadsTo: body.leadsTo } : {}),
    fields: (body.errors ?? []).map((one) => ({ field: one.pointer.replace(/^\//, ""), text: one[language] })),
  };
}
