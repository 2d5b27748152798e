import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./marks.css";

export type Harm = "not-reached" | "none" | "low" | "moderate" | "severe" | "death";

const bars: Record<Harm, number> = { "not-reached": 0, none: 1, low: 2, moderate: 3, severe: 4, death: 5 };

/** Five bars and the word, always both: grey up to low, amber moderate, red above. */
export function HarmMeter({ harm }: { harm: Harm }) {
  const word = useWords(kitWords).harm[harm];
  return (
    <span className="q-harm" data-harm={harm}>
      <svg width="20" height="12" viewBox="0 0 20 12" aria-hidden>
        {[0, 1, 2, 3, 4].map((at) => (
          <rect
            key={at}
            x={at * 4}
            y={8 - at * 2}
            width="3"
            height={4 + at * 2}
            rx="0.5"
            data-on={at < bars[harm] || undefined}
          />
        ))}
      </svg>
      {word}
    </span>
  );
}
