import type { Both, Language } from "./words.ts";

/** What may be said about a problem beside its code: plain facts, never text a person typed. */
export type Facts = Record<string, string | number | boolean | null | readonly string[]>;

type Text = string | ((facts: never) => string);
/** One entry of a capability's problem list. `leadsTo` names the part of the screen where the way out begins. */
export type ProblemDefinition = { status: number; uk: Text; en: Text; leadsTo?: string };
export type Problems = Record<string, ProblemDefinition>;

/** An error beside a field: `pointer` is a JSON pointer into the body, or `/query/name`, `/path/name`. */
export type FieldError = Both & { pointer: string; code: string };

/** RFC 9457 body, as it goes over the wire. */
export type ProblemBody = Both & {
  type: string;
  code: string;
  status: number;
  title: string;
  request?: string;
  leadsTo?: string;
  errors?: FieldError[];
  [fact: string]: unknown;
};

/** The only error thrown on purpose. `code` is listed in the throwing route's contract. */
export class Problem extends Error {
  readonly code: string;
  readonly facts: Facts;
  readonly errors: FieldError[];
  constructor(code: string, facts: Facts = {}, errors: FieldError[] = []) {
    super(code);
    this.name = "Problem";
    this.code = code;
    this.facts = facts;
    this.errors = errors;
  }
}

/** A problem to throw: `throw problem("incident.unanswered")`. */
export const problem = (code: string, facts: Facts = {}): Problem => new Problem(code, facts);

const said = (text: Text, facts: Facts): string =>
  // the definition types its own facts; here they arrive as they were thrown
  typeof text === "string" ? text : (text as (facts: Facts) => string)(facts);

/** The wire form of a problem in both languages. `request` is the reference a person can give to support. */
export function problemBody(
  definition: ProblemDefinition,
  thrown: Problem,
  to: { language: Language; request?: string },
): ProblemBody {
  const uk = said(definition.uk, thrown.facts);
  const en = said(definition.en, thrown.facts);
  return {
    type: `/docs/problems/${thrown.code}`,
    code: thrown.code,
    status: definition.status,
    title: to.language === "uk" ? uk : en,
    uk,
    en,
    ...(to.request ? { request: to.request } : {}),
    ...(definition.leadsTo ? { leadsTo: definition.leadsTo } : {}),
    ...(thrown.errors.length > 0 ? { errors: thrown.errors } : {}),
    ...thrown.facts,
  };
}
