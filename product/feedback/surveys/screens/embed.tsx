import { useWords } from "#web/kit/words.ts";
import { surveyWords } from "../words.ts";
import { scoreText } from "./score-text.ts";

/** The word of an answer, 1 to 6, for screens that show what a patient said. */
export function useScoreText(): (score: number) => string {
  const t = useWords(surveyWords);
  return (score) => scoreText(t, score);
}
