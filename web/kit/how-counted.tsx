import { CopyButton } from "./copy-button.tsx";
import { Facts, type Fact } from "./facts.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./page.css";

type Part = { name: string; value: string };
type HowCountedProps = {
  sentence: string;
  numerator: Part;
  /** None where nothing is divided: days between two events. */
  denominator?: Part;
  facts: readonly Fact[];
  computeLine: string;
};

/** Why this number: the definition in one sentence, the fraction with its parts, limits, source, and the line that repeats it. */
export function HowCounted({ sentence, numerator, denominator, facts, computeLine }: HowCountedProps) {
  const t = useWords(kitWords);
  return (
    <div className="q-how">
      <p>{sentence}</p>
      <div className="q-fraction">
        {[numerator, ...(denominator ? [denominator] : [])].map((part) => (
          <div key={part.name}>
            <span>{part.name}</span>
            <span className="q-strong">{part.value}</span>
          </div>
        ))}
      </div>
      <Facts rows={facts} />
      <CopyButton text={computeLine} label={t.copyLine} />
    </div>
  );
}
