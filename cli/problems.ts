import { Problem, problemBody, type Problems } from "#core/contract/problem.ts";
import type { Both } from "#core/contract/words.ts";
import { StartProblem } from "#platform/config/settings.ts";
import { platformProblems } from "#platform/http/problems.ts";
import { CommandProblem } from "./act.ts";
import { FileProblem } from "./file-problem.ts";

/** Problem lists of the capabilities, as the opened product knows them; filled when a command opens it. */
const known: { problems: Problems } = { problems: platformProblems };
export const knowProblems = (problems: Problems): void => void (known.problems = problems);

const unexpected = {
  uk: "Сталося те, чого ми не передбачили. Повторіть із QMS_LOG_LEVEL=debug і надішліть нам ці слова:",
  en: "Something we did not foresee happened. Try again with QMS_LOG_LEVEL=debug and send us these words:",
};

/** Code and sentence of whatever a command threw. */
export function failureOf(error: unknown): { code: string; text: Both } {
  if (error instanceof CommandProblem) return error;
  if (error instanceof FileProblem) return { code: error.code, text: { uk: error.uk, en: error.message } };
  if (error instanceof StartProblem) return { code: "start", text: { uk: error.message, en: error.message } };
  const definition = error instanceof Problem ? known.problems[error.code] : undefined;
  if (error instanceof Problem && definition) {
    const { uk, en, errors = [] } = problemBody(definition, error, { language: "uk" });
    const where = (language: "uk" | "en") => errors.map((one) => ` ${one.pointer}: ${one[language]}`).join("");
    return { code: error.code, text: { uk: uk + where("uk"), en: en + where("en") } };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { code: "service.unexpected", text: { uk: `${unexpected.uk} ${text}`, en: `${unexpected.en} ${text}` } };
}
