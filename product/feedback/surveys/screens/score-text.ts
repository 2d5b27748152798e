import type { surveyWords } from "../words.ts";

type Words = typeof surveyWords.uk;
/** The word of a score from 1 to 6; anything else as a number. */
export const scoreText = (t: Words, score: number): string =>
  score in t.scores ? t.scores[score as keyof Words["scores"]] : String(score); // checked by `in`
