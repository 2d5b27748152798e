import { parseToken, type TokenState } from "./key-store.ts";

/** Why a session is over, from the problem code: sign in again or unlock. */
export type SessionEnd = "none" | "locked" | "ended";

const ENDS: readonly SessionEnd[] = ["none", "locked", "ended"];

/** This machine's clock, seconds since 1970. */
export const seconds = (): number => Date.now() / 1000;

/** A token out of an answer `{ct, exp, now}`, all in seconds; undefined for anything else. */
export function tokenOf(answer: unknown): TokenState | undefined {
  if (typeof answer !== "object" || answer === null || !("now" in answer) || typeof answer.now !== "number")
    return undefined;
  return parseToken({ ...answer, offset: answer.now - seconds() });
}

/** The problem code of an answer ("" for none) and its whole body. */
export async function problemOf(answer: Response): Promise<{ code: string; body: unknown }> {
  const body: unknown = await answer.json().catch(() => undefined);
  const code = typeof body === "object" && body !== null && "code" in body ? String(body.code) : "";
  return { code, body };
}

/** Whether a problem code (or the word of another tab) says that the session is over, and how. */
export const endOf = (code: unknown): SessionEnd | undefined =>
  ENDS.find((one) => code === one || code === `session.${one}`);
